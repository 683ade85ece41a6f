internal import LinearAlgebra
public import Randomness

/// An episode that a step of a `Rollout` ended.
public struct EndedEpisode: Sendable, Equatable {
    /// The step of the rollout that ended it, 0 ..< stepCount.
    public var step: Int
    public var lane: Int
    /// `.terminated` or `.truncated`.
    public var outcome: Outcome
    /// The undiscounted sum of the rewards as the environment gave them, from the episode's start, which may lie in
    /// an earlier rollout. In a game of two players it is the first one's.
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
    /// [T, N, actionSpace.componentCount] for whole-numbered actions, else empty.
    public var discreteActions: [Int32]
    /// [T, N, actionSpace.size] for a box, else empty. An environment gets an action clamped to the box; here it stays
    /// as the policy drew it.
    public var continuousActions: [Float]
    /// [T + 1, N, actionSpace.size], which choices may be taken, row by row as the observations; empty for tasks that
    /// allow everything.
    public var actionMasks: [Bool]
    /// [T + 1, N], whose turn it is, row by row as the observations; empty for tasks of one player.
    public var players: [UInt8]
    /// [T, N]
    public var rewards: [Float]
    /// [T, N]
    public var outcomes: [Outcome]

    /// The episodes that ended in this rollout, in the order of (step, lane).
    public var endedEpisodes: [EndedEpisode]
    /// [T · N, d], of which the first endedEpisodes.count rows count: row i is the observation with which ended
    /// episode i ended.
    public var finalObservations: [Float]

    public init(
        stepCount: Int, laneCount: Int, observationSpace: Space, actionSpace: Space, hasActionMask: Bool = false,
        playerCount: Int = 1
    ) {
        precondition(stepCount > 0 && laneCount > 0, "a rollout of \(stepCount) steps in \(laneCount) lanes is empty")
        self.stepCount = stepCount
        self.laneCount = laneCount
        self.observationSize = observationSpace.size
        self.actionSpace = actionSpace
        let count = stepCount * laneCount
        observations = [Float](repeating: 0, count: (count + laneCount) * observationSize)
        let components = count * actionSpace.componentCount
        discreteActions = actionSpace.isDiscrete ? [Int32](repeating: 0, count: components) : []
        continuousActions = actionSpace.isDiscrete ? [] : [Float](repeating: 0, count: components)
        actionMasks = hasActionMask ? [Bool](repeating: true, count: (count + laneCount) * actionSpace.size) : []
        players = playerCount > 1 ? [UInt8](repeating: 0, count: count + laneCount) : []
        rewards = [Float](repeating: 0, count: count)
        outcomes = [Outcome](repeating: .running, count: count)
        endedEpisodes = []
        endedEpisodes.reserveCapacity(count)
        finalObservations = [Float](repeating: 0, count: count * observationSize)
    }

    /// Whether the tasks can forbid actions.
    public var hasActionMask: Bool { !actionMasks.isEmpty }

    /// Prepares the next rollout: the last row of observations becomes the first, the ended episodes are forgotten.
    public mutating func continueFromLastRow() {
        Self.moveLastRow(of: &observations, width: laneCount * observationSize)
        if hasActionMask { Self.moveLastRow(of: &actionMasks, width: laneCount * actionSpace.size) }
        if !players.isEmpty { Self.moveLastRow(of: &players, width: laneCount) }
        endedEpisodes.removeAll(keepingCapacity: true)
    }

    private static func moveLastRow<Element>(of rows: inout [Element], width: Int) {
        rows.withUnsafeMutableBufferPointer { rows in
            _ = rows.extracting(..<width).update(fromContentsOf: rows.extracting((rows.count - width)...))
        }
    }

    /// Writes actions of a uniformly random policy for step `step`, of those that the masks allow; along an unbounded
    /// dimension of a box they are normal with variance 1.
    public mutating func drawActions(step: Int, using random: inout RandomStream) {
        for lane in 0..<laneCount {
            let row = step * laneCount + lane
            actionSpace.drawAction(
                row: row, discrete: &discreteActions, continuous: &continuousActions, masks: actionMasks,
                using: &random)
        }
    }
}

extension Space {
    /// Writes a random action into row `row` of the buffer that holds actions of this space.
    ///
    /// - Parameter masks: [rows, size], which choices may be taken; empty if all may.
    package func drawAction(
        row: Int, discrete: inout [Int32], continuous: inout [Float], masks: [Bool] = [],
        using random: inout RandomStream
    ) {
        switch self {
        case .discrete(let count):
            discrete[row] = Int32(Self.drawChoice(of: count, masks, at: row * count, using: &random))
        case .multiDiscrete(let counts):
            var start = masks.isEmpty ? 0 : row * size
            for (component, count) in counts.enumerated() {
                discrete[row * counts.count + component] = Int32(
                    Self.drawChoice(of: count, masks, at: start, using: &random))
                start += count
            }
        case .binary:
            for component in 0..<size { discrete[row * size + component] = Int32(random.index(below: 2)) }
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

    private static func drawChoice(
        of count: Int, _ masks: [Bool], at start: Int, using random: inout RandomStream
    ) -> Int {
        guard !masks.isEmpty else { return random.index(below: count) }
        var allowed = 0
        for choice in 0..<count where masks[start + choice] { allowed += 1 }
        precondition(allowed > 0, "the mask forbids all \(count) choices")
        var rank = random.index(below: allowed)
        for choice in 0..<count where masks[start + choice] {
            if rank == 0 { return choice }
            rank -= 1
        }
        return 0
    }
}
