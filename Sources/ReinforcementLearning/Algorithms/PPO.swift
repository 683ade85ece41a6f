public import Autodiff
public import FileFormats
public import LinearAlgebra
import NeuralNetworks
import Optimizers
import Randomness
public import Simulation
public import SupervisedLearning

/// Proximal policy optimization: Schulman, Wolski, Dhariwal, Radford and Klimov (2017), algorithm 1 with the clipped
/// objective of eq. 7, and the value loss and entropy bonus of eq. 9.
///
/// An update lets the policy act for T steps in N environments, estimates the advantages (Schulman et al., 2016), and then
/// goes K times through the steps in random minibatches. An episode that was cut off by a time limit goes on in the value
/// of its final observation; one that ended does not.
public final class PPO: Learner, @unchecked Sendable {
    public let settings: PPOSettings
    public let environmentSpecification: EnvironmentSpecification
    /// The networks' present parameters.
    public let parameters: ParameterStore
    private var kept: KeptAgent
    private var evaluation: Evaluation

    private let pool: WorkerPool
    private let network: ActorCritic
    private let actor: Actor
    private let critic: TensorFunction
    private let gradientStep: GradientStep

    private var environment: any VectorizedEnvironment
    private var rollout: Rollout
    private var minibatch: PPOMinibatch
    private var observationNormalizer: ObservationNormalizer?
    private var returnNormalizer: ReturnNormalizer?
    private var actionRandom: RandomStream
    private var shuffleRandom: RandomStream
    private var completedSteps = 0

    /// - Throws: `InvalidSetting`, `EnvironmentError` for a game of two players, or `ShapeError` if the environment's spaces do not fit.
    public init(
        _ settings: PPOSettings, environment specification: EnvironmentSpecification, seed: UInt64,
        pool: WorkerPool = .shared
    ) throws {
        try settings.validate()
        guard specification.playerCount == 1 else {
            throw EnvironmentError(
                "\(specification.id) is a game of two players, which PPO does not learn by itself: train against an "
                    + "opponent, as in \(specification.id)-random")
        }
        self.settings = settings
        self.pool = pool
        environmentSpecification = specification
        environment = specification.make(count: settings.environments, seed: seed)
        evaluation = Evaluation(
            episodes: Self.evaluationEpisodes, in: specification, seed: seed, purpose: "evaluation in training")
        actionRandom = RandomStream(seed: seed, purpose: "actions")
        shuffleRandom = RandomStream(seed: seed, purpose: "shuffle")

        var layout = ParameterLayout()
        let network = ActorCritic(
            observationSpace: environment.observationSpace, actionSpace: environment.actionSpace,
            hasActionMask: environment.hasActionMask, hiddenSizes: settings.hiddenSizes,
            activation: settings.activation,
            initialLogStandardDeviation: settings.initialLogStandardDeviation, in: &layout)
        self.network = network
        var weights = RandomStream(seed: seed, purpose: "weights")
        parameters = ParameterStore(layout, using: &weights)
        actor = try Actor(network, parameters: parameters, pool: pool)
        critic = try Self.critic(of: network, parameters, pool)
        var adam = Adam.Settings()
        adam.epsilon = settings.adamEpsilon
        gradientStep = try GradientStep(
            parameters: parameters, optimizer: Adam(parameterCount: layout.count, settings: adam),
            maximumGradientNorm: settings.maximumGradientNorm, pool: pool
        ) { trace in Self.loss(of: network, settings, in: &trace) }

        observationNormalizer =
            settings.normalizeObservations ? ObservationNormalizer(size: network.observationSize) : nil
        kept = KeptAgent(parameters, normalizer: observationNormalizer)
        returnNormalizer =
            settings.normalizeReturns
            ? ReturnNormalizer(laneCount: settings.environments, discount: settings.discount) : nil
        rollout = environment.makeRollout(steps: settings.stepsPerRollout)
        minibatch = PPOMinibatch(rollout, size: settings.minibatchSize)
        environment.observe(into: &rollout)
        normalizeObservations(row: 0)
    }

    /// V of the input `observations`, as the output `value`.
    private static func critic(
        of network: ActorCritic, _ parameters: ParameterStore, _ pool: WorkerPool
    ) throws -> TensorFunction {
        try TensorFunction(parameters: parameters, pool: pool) { trace in
            trace.output("value", network.value(trace.input("observations", network.observationSize)))
        }
    }

    /// −(clipped surrogate) + c₁ · value loss − c₂ · entropy: the paper's eq. 9, negated.
    private static func loss(of network: ActorCritic, _ settings: PPOSettings, in trace: inout Trace) -> Tensor {
        let observations = trace.input("observations", network.observationSize)
        let advantages = trace.input("advantages")
        let clip = trace.scalar("clipRange")

        let policy = network.policy(observations, in: trace)
        let logRatio = policy.logProbability(ofInput: "actions", in: trace) - trace.input("logProbabilities")
        let ratio = exp(logRatio)
        let clippedRatio = maximum(minimum(ratio, 1 + clip), 1 - clip)
        let policyLoss = -minimum(ratio * advantages, clippedRatio * advantages).mean()

        let value = network.value(observations)
        let returns = trace.input("returns")
        var squaredError = (value - returns).squared()
        if settings.clipValueLoss {
            let oldValue = trace.input("values")
            let clippedValue = oldValue + maximum(minimum(value - oldValue, clip), -clip)
            squaredError = maximum(squaredError, (clippedValue - returns).squared())
        }
        let valueLoss = Float(settings.halveValueLoss ? 0.5 : 1) * squaredError.mean()
        let entropy = policy.meanEntropy

        trace.output("policyLoss", policyLoss)
        trace.output("valueLoss", valueLoss)
        trace.output("entropy", entropy)
        trace.output("approximateKL", ((ratio - 1) - logRatio).mean())
        trace.output("unclippedFraction", (abs(ratio - 1) <= clip).mean())
        return policyLoss + Float(settings.valueCoefficient) * valueLoss
            - Float(settings.entropyCoefficient) * entropy
    }

    // MARK: Learning

    public static let unit = "steps"

    public func advance() throws -> Progress? {
        let remaining = settings.totalSteps - completedSteps
        guard remaining > 0 else { return nil }
        if remaining < settings.stepsPerRollout * settings.environments { shortenRollout(toHold: remaining) }
        let used = min(remaining, rollout.stepCount * rollout.laneCount)

        collectRollout()
        estimateAdvantages(used: used)
        completedSteps += used
        try update(used: used)
        evaluateAtIntervals(after: used)
        rollout.continueFromLastRow()
        return Progress(completed: completedSteps, of: settings.totalSteps)
    }

    /// How often, over a whole training, the agent is evaluated, and over how many episodes.
    private static let (evaluations, evaluationEpisodes) = (10, 16)

    /// After each tenth of the training: is the present agent the best so far?
    private func evaluateAtIntervals(after used: Int) {
        metrics[10] = .nan
        let tenths = { (steps: Int) in steps * Self.evaluations / self.settings.totalSteps }
        guard tenths(completedSteps) > tenths(completedSteps - used) else { return }
        evaluation.run(actor, normalizer: observationNormalizer)
        metrics[10] = evaluation.meanReturn
        kept.consider(
            parameters, normalizer: observationNormalizer, valueScale: returnNormalizer?.deviation ?? 1,
            meanReturn: evaluation.meanReturn)
    }

    /// Lets the policy act for T steps in every environment.
    private func collectRollout() {
        for step in 0..<rollout.stepCount {
            actor.draw(step, of: &rollout, logProbabilities: &minibatch.logProbabilities, using: &actionRandom)
            environment.step(step, of: &rollout)
            normalizeObservations(row: step + 1)
            returnNormalizer?.scale(
                rollout.rewards, outcomes: rollout.outcomes, step: step, into: &minibatch.scaledRewards)
        }
        observationNormalizer?.normalize(&rollout.finalObservations, rows: 0..<rollout.endedEpisodes.count)
    }

    private func normalizeObservations(row: Int) {
        let rows = row * rollout.laneCount..<(row + 1) * rollout.laneCount
        observationNormalizer?.update(with: rollout.observations, rows: rows)
        observationNormalizer?.normalize(&rollout.observations, rows: rows)
    }

    /// Values of all observations at once, then advantages and returns of the first `used` steps.
    private func estimateAdvantages(used: Int) {
        let rows = (rollout.stepCount + 1) * rollout.laneCount
        value(of: rollout.observations, rows: 0..<rows, batch: rows, into: &minibatch.values)
        // The number of ended episodes differs from rollout to rollout: their values come in batches of fixed size.
        let ended = rollout.endedEpisodes.count
        for first in stride(from: 0, to: ended, by: rollout.laneCount)
        where rollout.endedEpisodes[first..<min(first + rollout.laneCount, ended)].contains(where: {
            $0.outcome == .truncated
        }) {
            value(
                of: rollout.finalObservations, rows: first..<min(first + rollout.laneCount, ended),
                batch: rollout.laneCount, into: &minibatch.finalValues)
        }
        minibatch.estimateAdvantages(
            of: rollout, used: used,
            AdvantageEstimation(discount: Float(settings.discount), lambda: Float(settings.lambda)),
            scalesRewards: returnNormalizer != nil)
    }

    /// Writes V of the rows `rows` of `observations` to the same rows of `values`; the critic runs on `batch` rows.
    private func value(of observations: [Float], rows: Range<Int>, batch: Int, into values: inout [Float]) {
        let program = critic.program(batch: batch)
        let size = network.observationSize
        program.input("observations").copy(
            from: observations, at: rows.lowerBound * size, count: rows.count * size)
        program.run()
        program.rows("value").read(0..<rows.count) { result in
            for row in 0..<rows.count { values[rows.lowerBound + row] = result[row] }
        }
    }

    /// K epochs of minibatches over the first `used` steps of the rollout.
    private func update(used: Int) throws {
        let progress = Double(completedSteps) / Double(settings.totalSteps)
        let learningRate = settings.learningRate * settings.learningRateDecay.factor(progress: progress)
        let clipRange = settings.clipRange * settings.clipRangeDecay.factor(progress: progress)
        var losses = PPOLosses()
        for _ in 0..<settings.epochs {
            minibatch.shuffle(used, using: &shuffleRandom)
            for range in minibatch.ranges(of: used) {
                let program = gradientStep.program(batch: range.count)
                minibatch.fill(
                    program, range, from: rollout, normalizesAdvantages: settings.normalizeAdvantages,
                    usesOldValues: settings.clipValueLoss)
                program.setScalar("clipRange", Float(clipRange))
                try gradientStep.run(program, learningRate: learningRate)
                losses.add(program, gradientNorm: gradientStep.gradientNorm)
            }
        }
        measure(losses, learningRate: learningRate, used: used)
    }

    /// The last rollout is as short as what remains; its last step may be used in a part of the environments only.
    private func shortenRollout(toHold steps: Int) {
        let stepCount = (steps + rollout.laneCount - 1) / rollout.laneCount
        guard stepCount < rollout.stepCount else { return }
        let firstRow = rollout.observations.prefix(rollout.laneCount * rollout.observationSize)
        let firstMasks = rollout.actionMasks.prefix(rollout.laneCount * rollout.actionSpace.size)
        rollout = environment.makeRollout(steps: stepCount)
        rollout.observations.replaceSubrange(0..<firstRow.count, with: firstRow)
        rollout.actionMasks.replaceSubrange(0..<firstMasks.count, with: firstMasks)
        minibatch = PPOMinibatch(rollout, size: settings.minibatchSize)
    }

    // MARK: Measurements

    public let metricNames = [
        "episodeReturn", "episodeLength", "policyLoss", "valueLoss", "entropy", "approximateKL", "clipFraction",
        "explainedVariance", "gradientNorm", "learningRate", "evaluationReturn", "episodes",
        "successRate",
    ]
    public private(set) var metrics = [Double](repeating: .nan, count: 13)

    private func measure(_ losses: PPOLosses, learningRate: Double, used: Int) {
        var (returns, length, count, successes) = (0.0, 0.0, 0.0, 0.0)
        let solvedReturn = environmentSpecification.solvedReturn
        for episode in rollout.endedEpisodes where episode.step * rollout.laneCount + episode.lane < used {
            returns += episode.return
            length += Double(episode.length)
            count += 1
            if let solvedReturn, episode.return >= solvedReturn { successes += 1 }
        }
        metrics[0] = returns / count  // NaN where no episode ended
        metrics[1] = length / count
        metrics[2] = losses.policy / losses.count
        metrics[3] = losses.value / losses.count
        metrics[4] = losses.entropy / losses.count
        metrics[5] = losses.approximateKL / losses.count
        metrics[6] = 1 - losses.unclippedFraction / losses.count
        metrics[7] = minibatch.explainedVariance(used)
        metrics[8] = losses.gradientNorm / losses.count
        metrics[9] = learningRate
        metrics[11] = count
        metrics[12] = solvedReturn == nil ? .nan : successes / count
    }

    /// The returns of `episodes` episodes in fresh environments, as the environment gives them: each action is the
    /// likeliest of the agent that is kept, whose normalizer is frozen.
    ///
    /// The agent that is kept is the best of ten that are evaluated in the course of the training, the latest of equals.
    public func evaluate(episodes: Int, seed: UInt64) throws -> [Double] {
        var evaluation = Evaluation(episodes: episodes, in: environmentSpecification, seed: seed)
        evaluation.run(
            try Actor(network, parameters: kept.parameters, pool: pool), normalizer: kept.normalizer)
        return evaluation.returns
    }

    /// The agent that is kept, as a policy: each action is its likeliest.
    public func trainedPolicy() throws -> TrainedPolicy {
        TrainedPolicy(
            actor: try Actor(network, parameters: kept.parameters, pool: pool), normalizer: kept.normalizer)
    }

    /// The same episodes, with what the agent that is kept did and what its critic expected in them.
    public func study(episodes: Int, seed: UInt64) throws -> AgentStudy {
        var evaluation = Evaluation(episodes: episodes, in: environmentSpecification, seed: seed)
        let critic = try Self.critic(of: network, kept.parameters, pool)
        return evaluation.study(
            try Actor(network, parameters: kept.parameters, pool: pool), normalizer: kept.normalizer,
            discount: settings.discount
        ) { keptValues(of: $0, critic) }
    }

    /// What the agent that is kept does and expects at observations `[n, d]`, as the environment gives them.
    public func probe(_ observations: [Float]) throws -> AgentProbe {
        let rows = observations.count / network.observationSize
        var seen = observations
        kept.normalizer?.normalize(&seen, rows: 0..<rows)
        let actor = try Actor(network, parameters: kept.parameters, pool: pool)
        return AgentProbe(
            policy: actor.policy(at: seen, rows: rows),
            values: keptValues(of: seen, try Self.critic(of: network, kept.parameters, pool)))
    }

    /// V of observations `[n, d]` as the networks see them, in units of the rewards.
    private func keptValues(of observations: [Float], _ critic: TensorFunction) -> [Float] {
        let rows = observations.count / network.observationSize
        guard rows > 0 else { return [] }
        let program = critic.program(batch: rows)
        program.input("observations").copy(from: observations, at: 0, count: observations.count)
        program.run()
        return program.rows("value").read(0..<rows) { values in
            values.indices.map { values[$0] * Float(kept.valueScale) }
        }
    }

    /// Writes the agent that is kept as it is used: networks and, where there is one, the observation normalizer.
    public func saveTrained(into archive: inout Archive) { kept.saveAgent(into: &archive) }

    /// Begins with an agent that `saveTrained` wrote instead of a fresh one; optimizer and schedules begin anew.
    ///
    /// - Precondition: no update has been done.
    /// - Throws: `FileFormatError` if its networks are of other sizes, or it lacks a normalizer that the settings ask for.
    public func start(from trained: Archive) throws {
        precondition(completedSteps == 0, "the training has done \(completedSteps) steps; it cannot start again")
        try kept.restoreAgent(from: trained)
        parameters.values.copy(from: kept.parameters.values)
        observationNormalizer = kept.normalizer
        // It is kept until another does at least as well.
        evaluation.run(actor, normalizer: observationNormalizer)
        kept.consider(parameters, normalizer: observationNormalizer, meanReturn: evaluation.meanReturn)
        environment.observe(into: &rollout)
        normalizeObservations(row: 0)
    }

    // MARK: Saving

    public func save(into archive: inout Archive) throws {
        try gradientStep.save(into: &archive)
        var state = Archive()
        try environment.save(into: &state)
        archive.add("environment", state)
        archive.set("observations", Array(rollout.observations.prefix(rollout.laneCount * rollout.observationSize)))
        if let observationNormalizer {
            var moments = Archive()
            observationNormalizer.save(into: &moments)
            archive.add("observationNormalizer", moments)
        }
        var agent = Archive()
        kept.save(into: &agent)
        archive.add("kept", agent)
        if let returnNormalizer {
            var moments = Archive()
            returnNormalizer.save(into: &moments)
            archive.add("returnNormalizer", moments)
        }
        archive.set("randomPositions", [actionRandom.position, shuffleRandom.position])
        archive.set("metrics", metrics)
        try archive.encode("completedSteps", completedSteps)
    }

    /// Parameters, what the environments show, and how far the random streams have come.
    public func hash(into hash: inout StateHash) {
        hash.combine(completedSteps)
        hash.combine(actionRandom.position)
        hash.combine(shuffleRandom.position)
        hash.combine(rollout.observations.span.extracting(first: rollout.laneCount * rollout.observationSize))
        parameters.hash(into: &hash)
    }

    public func restore(from archive: Archive) throws {
        try gradientStep.restore(from: archive)
        try environment.restore(from: archive.part("environment"))
        environment.observe(into: &rollout)
        let row = rollout.laneCount * rollout.observationSize
        rollout.observations.replaceSubrange(0..<row, with: try archive.floats("observations", shape: [row]))
        rollout.endedEpisodes.removeAll(keepingCapacity: true)
        try observationNormalizer?.restore(from: archive.part("observationNormalizer"))
        try returnNormalizer?.restore(from: archive.part("returnNormalizer"))
        try kept.restore(from: archive.part("kept"))
        let positions = try archive.uint64s("randomPositions", shape: [2])
        (actionRandom.position, shuffleRandom.position) = (positions[0], positions[1])
        metrics = try archive.doubles("metrics", shape: [metrics.count])
        completedSteps = try archive.decode("completedSteps", as: Int.self)
    }
}
