public import Simulation

/// Fetch a passenger and bring them where they want to go: Dietterich, "Hierarchical reinforcement learning with the MAXQ
/// value function decomposition" (2000), as in Gymnasium's Taxi-v4.
public struct Taxi: TabularEnvironment {
    /// What a state's number stands for.
    public struct Situation: Sendable, Equatable {
        public var row: Int
        public var column: Int
        /// The landmark that the passenger waits at, or 4 in the taxi.
        public var passenger: Int
        /// The landmark that the passenger wants to go to.
        public var destination: Int

        init(row: Int, column: Int, passenger: Int, destination: Int) {
            self.row = row
            self.column = column
            self.passenger = passenger
            self.destination = destination
        }

        public init(state: Int) {
            self.init(
                row: state / 100, column: state / 20 % 5, passenger: state / 4 % 5, destination: state % 4)
        }

        public var state: Int { ((row * 5 + column) * 5 + passenger) * 4 + destination }

        var place: [Int] { [row, column] }
    }

    static let inTaxi = 4
    /// Row and column of R, G, Y and B.
    static let landmarks = [[0, 0], [0, 4], [4, 0], [4, 3]]
    /// By row, the columns that have a wall on their right.
    static let walls: [Set<Int>] = [[1], [1], [], [0, 2], [0, 2]]

    public let process: FiniteDecisionProcess
    public var state = TabularState(0)

    public init() {
        let starts = (0..<500).map { Situation(state: $0) }
            .map { $0.passenger != Self.inTaxi && $0.passenger != $0.destination }
        let count = Double(starts.filter { $0 }.count)
        process = FiniteDecisionProcess(
            stateCount: 500, actionCount: 6, start: starts.map { $0 ? 1 / count : 0 }
        ) { state, action in [Self.outcome(of: action, in: Situation(state: state))] }
    }

    /// 0 south, 1 north, 2 east, 3 west, 4 pick up, 5 drop off.
    private static func outcome(of action: Int, in situation: Situation) -> FiniteDecisionProcess.Outcome {
        var next = situation
        var (reward, isDelivered) = (-1.0, false)
        let landmark = landmarks.firstIndex(of: situation.place)
        switch action {
        case 0: next.row = min(situation.row + 1, 4)
        case 1: next.row = max(situation.row - 1, 0)
        case 2: if !walls[situation.row].contains(situation.column) { next.column = min(situation.column + 1, 4) }
        case 3: if !walls[situation.row].contains(situation.column - 1) { next.column = max(situation.column - 1, 0) }
        case 4:
            if situation.passenger == landmark { next.passenger = inTaxi } else { reward = -10 }
        default:
            if situation.passenger == inTaxi, let landmark {
                // Elsewhere than where they want to go the passenger may get off too, and waits there.
                next.passenger = landmark
                isDelivered = landmark == situation.destination
                if isDelivered { reward = 20 }
            } else {
                reward = -10
            }
        }
        return .init(1, state: next.state, reward: reward, isTerminal: isDelivered)
    }

    /// Which actions change something, or deliver: what Gymnasium calls the action mask. All actions may be taken.
    public var usefulActions: [Bool] {
        (0..<6).map { action in
            process.outcomes(min(state.index, 499), action).contains { $0.state != state.index || $0.isTerminal }
        }
    }
}

extension Taxi: HeuristicEnvironment {
    /// The optimal action, by value iteration.
    public func heuristicAction() -> Int { Self.optimum.action(in: state.index) }

    private static let optimum = OptimalActions(of: Taxi().process)
}

extension Taxi {
    static let specification = EnvironmentSpecification(
        id: "taxi", gymnasiumID: "Taxi-v4", aliases: ["Taxi-v3"],
        summary: "fetch a passenger and bring them where they want to go", stepLimit: 200, solvedReturn: 8,
        randomReturn: -771, bestReturn: 7.93,
        actionNames: ["south", "north", "east", "west", "pick up", "drop off"], task: Taxi())
}
