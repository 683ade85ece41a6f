public import Randomness

/// An episode that a step of a `Rollout` ended.
public struct EndedEpisode: Sendable, Equatable {
    /// The step of the rollout that ended it, 0 ..< stepCount.
    public var step: Int
    public var lane: Int
    /// `.terminated` or `.truncated`.
    public var outcome: Outcome
    /// The undiscounted sum of the rewards as the environment gave them, from the episode's start, which may lie in
    /// an earlier rollout.
    public var `return`: Double
    /// In steps.
    public var length: Int

    public init(step: Int, lane: Int, outcome: Outcome, return: Double, length: Int) {
        self.step = step
        self.lane = lane
        self.outcome = outcome
        self.return = `return`
        self.length = length
    }
}

/// What a batch of N environments ("lanes") lived through in T steps: the buffers that an algorithm writes its actions
/// into and a `VectorizedEnvironment` everything else. They are made once and used again for every rollout.
public struct Rollout: Sendable {
    /// T
    public let stepCount: Int
    /// N
    public let laneCount: Int
    /// d
    public let observationSize: Int
    public let actionSpace: Space

    /// [T + 1, N, d]: row t is what the lanes showed before step t, the last row what they show now. Where step t ended
    /// an episode, row t + 1 is the first observation of the next one.
    public var observations: [Float]
    /// [T, N] for a discrete action space, else empty.
    public var discreteActions: [Int32]
    /// [T, N, actionSpace.size] for a box, else empty. An environment gets an action clamped to the box; here it stays
    /// as the policy drew it.
    public var continuousActions: [Float]
    /// [T, N]
    public var rewards: [Float]
    /// [T, N]
    public var outcomes: [Outcome]

    /// The episodes that ended in this rollout, in the order of (step, lane).
    public var endedEpisodes: [EndedEpisode]
    /// [T · N, d], of which the first endedEpisodes.count rows count: row i is the observation with which ended
    /// episode i ended.
    public var finalObservations: [Float]

    public init(stepCount: Int, laneCount: Int, observationSpace: Space, actionSpace: Space) {
        precondition(stepCount > 0 && laneCount > 0, "a rollout of \(stepCount) steps in \(laneCount) lanes is empty")
        self.stepCount = stepCount
        self.laneCount = laneCount
        self.observationSize = observationSpace.size
        self.actionSpace = actionSpace
        let count = stepCount * laneCount
        observations = [Float](repeating: 0, count: (count + laneCount) * observationSize)
        switch actionSpace {
        case .discrete:
            discreteActions = [Int32](repeating: 0, count: count)
            continuousActions = []
        case .box:
            discreteActions = []
            continuousActions = [Float](repeating: 0, count: count * actionSpace.size)
        }
        rewards = [Float](repeating: 0, count: count)
        outcomes = [Outcome](repeating: .running, count: count)
        endedEpisodes = []
        endedEpisodes.reserveCapacity(count)
        finalObservations = [Float](repeating: 0, count: count * observationSize)
    }

    /// Prepares the next rollout: the last row of observations becomes the first, the ended episodes are forgotten.
    public mutating func continueFromLastRow() {
        let width = laneCount * observationSize
        let last = stepCount * width
        for index in 0..<width { observations[index] = observations[last + index] }
        endedEpisodes.removeAll(keepingCapacity: true)
    }

    /// Writes actions of a uniformly random policy for step `step`; along an unbounded dimension of a box they are
    /// normal with variance 1.
    public mutating func drawActions(step: Int, using random: inout RandomStream) {
        for lane in 0..<laneCount {
            actionSpace.drawAction(
                row: step * laneCount + lane, discrete: &discreteActions, continuous: &continuousActions,
                using: &random)
        }
    }
}

extension Rollout {
    /// The action of row step · N + lane.
    @inlinable
    func action<Action: EnvironmentAction>(row: Int) -> Action {
        Action(row: row, discrete: discreteActions.span, continuous: continuousActions.span)
    }

    /// Writes what `task` shows into row step · N + lane of the observations.
    @inlinable
    mutating func write(observationOf task: some Environment, row: Int) {
        let range = row * observationSize..<(row + 1) * observationSize
        var span = observations.mutableSpan
        // The public name of this method, `extracting`, is deprecated without a successor in Swift 6.3.
        var place = span._mutatingExtracting(range)
        task.observe(into: &place)
    }

    /// Writes what `task` shows into the row of the final observations that the next ended episode gets.
    @inlinable
    mutating func write(finalObservationOf task: some Environment) {
        let row = endedEpisodes.count
        let range = row * observationSize..<(row + 1) * observationSize
        var span = finalObservations.mutableSpan
        var place = span._mutatingExtracting(range)
        task.observe(into: &place)
    }
}

extension Space {
    /// Writes a random action into row `row` of the buffer that holds actions of this space.
    func drawAction(
        row: Int, discrete: inout [Int32], continuous: inout [Float], using random: inout RandomStream
    ) {
        switch self {
        case .discrete(let count):
            discrete[row] = Int32(random.index(below: count))
        case .box(let low, let high):
            for index in low.indices {
                let bounded = low[index].isFinite && high[index].isFinite
                let drawn =
                    bounded
                    ? Float(random.uniform(in: Double(low[index])...Double(high[index]))) : Float(random.normal())
                continuous[row * low.count + index] = min(max(drawn, low[index]), high[index])
            }
        }
    }
}
