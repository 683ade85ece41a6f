public import Autodiff
import Glibc
public import LinearAlgebra
import NeuralNetworks
public import Randomness
public import Simulation

/// A policy at work: draws actions, or takes the likeliest ones, for rows of observations.
public final class Actor: @unchecked Sendable {
    private let network: ActorCritic
    private let function: TensorFunction
    private let parameters: ParameterStore
    /// The alternatives of each component of a whole-numbered action.
    private let choiceCounts: [Int]

    /// - Throws: `ShapeError` if the network does not fit its parameters.
    public init(_ network: ActorCritic, parameters: ParameterStore, pool: WorkerPool) throws {
        self.network = network
        self.parameters = parameters
        choiceCounts = network.actionSpace.choiceCounts
        function = try TensorFunction(parameters: parameters, pool: pool) { trace in
            let policy = network.policy(trace.input("observations", network.observationSize), in: trace)
            trace.output("policy", policy.description)
        }
    }

    /// Draws an action for each lane at step `step` of `rollout` and writes it there; its log-probability goes to the
    /// same row of `logProbabilities` `[T, N]`.
    public func draw(
        _ step: Int, of rollout: inout Rollout, logProbabilities: inout [Float], using random: inout RandomStream
    ) {
        let program = run(rollout.observations, masks: rollout.actionMasks, step: step, lanes: rollout.laneCount)
        let first = step * rollout.laneCount
        let size = network.actionSpace.size
        program.rows("policy").read(0..<rollout.laneCount * size) { policy in
            for lane in 0..<rollout.laneCount {
                var logProbability: Float = 0
                switch network.actionSpace {
                case .discrete, .multiDiscrete:
                    var start = lane * size
                    for (component, count) in choiceCounts.enumerated() {
                        // Inverse of the cumulative distribution; rounding may leave its end short of 1.
                        var rest = random.uniformFloat()
                        var choice = 0
                        while choice < count - 1 {
                            rest -= expf(policy[start + choice])
                            if rest < 0 { break }
                            choice += 1
                        }
                        // Nor may it fall on a forbidden choice at the end.
                        while choice > 0, policy[start + choice] < -1e7 { choice -= 1 }
                        rollout.discreteActions[(first + lane) * choiceCounts.count + component] = Int32(choice)
                        logProbability += policy[start + choice]
                        start += count
                    }
                case .binary:
                    for component in 0..<size {
                        let probability = policy[lane * size + component]
                        let isOne = random.uniformFloat() < probability
                        rollout.discreteActions[(first + lane) * size + component] = isOne ? 1 : 0
                        logProbability += logf(max(isOne ? probability : 1 - probability, .leastNormalMagnitude))
                    }
                case .box:
                    guard let slice = network.logStandardDeviation else { return }
                    for dimension in 0..<size {
                        let logDeviation = parameters.values[slice.offset + dimension]
                        let noise = Float(random.normal())
                        let place = lane * size + dimension
                        rollout.continuousActions[first * size + place] = policy[place] + expf(logDeviation) * noise
                        logProbability -= 0.5 * noise * noise + logDeviation + 0.918_938_5
                    }
                }
                logProbabilities[first + lane] = logProbability
            }
        }
    }

    /// Writes the likeliest action of each lane at step `step` of `rollout`.
    public func takeLikeliest(_ step: Int, of rollout: inout Rollout) {
        let program = run(rollout.observations, masks: rollout.actionMasks, step: step, lanes: rollout.laneCount)
        let first = step * rollout.laneCount
        let size = network.actionSpace.size
        program.rows("policy").read(0..<rollout.laneCount * size) { policy in
            switch network.actionSpace {
            case .discrete, .multiDiscrete:
                for lane in 0..<rollout.laneCount {
                    var start = lane * size
                    for (component, count) in choiceCounts.enumerated() {
                        var best = 0
                        for choice in 1..<max(count, 1) where policy[start + choice] > policy[start + best] {
                            best = choice
                        }
                        rollout.discreteActions[(first + lane) * choiceCounts.count + component] = Int32(best)
                        start += count
                    }
                }
            case .binary:
                for place in 0..<rollout.laneCount * size {
                    rollout.discreteActions[first * size + place] = policy[place] > 0.5 ? 1 : 0
                }
            case .box:
                for place in 0..<rollout.laneCount * size {
                    rollout.continuousActions[first * size + place] = policy[place]
                }
            }
        }
    }

    /// The probability of each choice, or of each 1, or the mean action, `[rows, size]`, at each of `rows` observations as
    /// the network sees them, `[rows, d]`, where nothing is forbidden.
    public func policy(at observations: [Float], rows: Int) -> [Float] {
        let program = run(observations, masks: [], step: 0, lanes: rows)
        let isLogarithm =
            switch network.actionSpace {
            case .discrete, .multiDiscrete: true
            case .binary, .box: false
            }
        return program.rows("policy").read(0..<rows * network.actionSpace.size) { policy in
            policy.indices.map { isLogarithm ? expf(policy[$0]) : policy[$0] }
        }
    }

    /// Runs the network on row `step` of `observations` `[any, lanes, d]`.
    ///
    /// - Parameter masks: [any, lanes, size]; empty if nothing is forbidden.
    private func run(_ observations: [Float], masks: [Bool], step: Int, lanes: Int) -> Program {
        let program = function.program(batch: lanes)
        let width = lanes * network.observationSize
        program.input("observations").copy(from: observations, at: step * width, count: width)
        if network.hasActionMask {
            let count = lanes * network.actionSpace.size
            program.input("masks").write(0..<count) { row in
                for place in 0..<count {
                    row[place] = masks.isEmpty || masks[step * count + place] ? 1 : 0
                }
            }
        }
        program.run()
        return program
    }
}
