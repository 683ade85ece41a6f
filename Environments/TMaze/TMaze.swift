public import Randomness
public import Simulation

/// Remember at the end of a corridor what was shown at its beginning: Bakker, "Reinforcement learning with long short-term
/// memory" (2002), section 4.1.
///
/// A signal in the first cell tells which way to turn at the junction. On the way all cells look alike, so a policy
/// without memory can do no better than guess.
public struct TMaze: ParameterizedEnvironment {
    public struct State: Codable, Equatable, Sendable {
        /// 0 is the start; the junction lies at the corridor's length.
        public var cell: Int
        public var goalIsUp: Bool
        /// How many cells the corridor of this episode has.
        public var length: Int

        public init(cell: Int, goalIsUp: Bool, length: Int) {
            self.cell = cell
            self.goalIsUp = goalIsUp
            self.length = length
        }
    }

    public struct Parameters: EnvironmentParameters {
        /// In cells from the start to the junction; rounded down.
        public var length = 10.0

        public init() {}

        public static let fields: [EnvironmentParameter<Self>] = [
            .init("length", unit: "cells", in: 1...10_000, \.length)
        ]
    }

    public var state = State(cell: 0, goalIsUp: true, length: 10)
    public var parameters = Parameters()

    public init() {}

    /// Signal up, signal down, corridor, junction: at the start one of the first two, else one of the others.
    public var observationSpace: Space { .discrete(4) }

    /// 0 forward, 1 up, 2 down.
    public var actionSpace: Space { .discrete(3) }

    public mutating func reset(using random: inout RandomStream) {
        state = State(cell: 0, goalIsUp: random.index(below: 2) == 0, length: max(1, Int(parameters.length)))
    }

    /// Standing still, against a wall, costs 0.1. At the junction the right way pays 4, the wrong one costs 0.1.
    public mutating func step(_ action: Int, using random: inout RandomStream) -> Transition {
        precondition((0..<3).contains(action), "the maze has the actions 0, 1 and 2, not \(action)")
        guard state.cell >= state.length else {
            guard action == 0 else { return Transition(reward: -0.1) }
            state.cell += 1
            return Transition(reward: 0)
        }
        guard action != 0 else { return Transition(reward: -0.1) }
        let isRight = (action == 1) == state.goalIsUp
        return Transition(reward: isRight ? 4 : -0.1, outcome: .terminated)
    }

    public func observe(into row: inout MutableSpan<Float>) {
        row.update(repeating: 0)
        let shown = state.cell == 0 ? (state.goalIsUp ? 0 : 1) : state.cell >= state.length ? 3 : 2
        row[shown] = 1
    }
}

extension TMaze: HeuristicEnvironment {
    /// Knows the way, as one who remembers.
    public func heuristicAction() -> Int { state.cell < state.length ? 0 : state.goalIsUp ? 1 : 2 }
}

extension TMaze {
    static let specification = EnvironmentSpecification(
        id: "t-maze", summary: "remember at a junction what was shown at the start", stepLimit: 100, solvedReturn: 3.9,
        randomReturn: -0.1, bestReturn: 4, actionNames: ["forward", "up", "down"], task: TMaze())
}
