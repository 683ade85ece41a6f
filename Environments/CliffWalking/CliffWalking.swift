public import Simulation

/// Walk along a cliff from one end to the other: Sutton and Barto (2018), example 6.6, as in Gymnasium's CliffWalking-v1.
public struct CliffWalking: TabularEnvironment {
    static let (rows, columns) = (4, 12)
    static let start = 36
    static let goal = 47
    static let cliff = 37...46

    public let process: FiniteDecisionProcess
    private let optimum: OptimalActions
    public var state = TabularState(CliffWalking.start)

    /// - Parameter isSlippery: whether one goes to either side as often as where one means to.
    public init(isSlippery: Bool = false) {
        process = FiniteDecisionProcess(
            stateCount: Self.rows * Self.columns, actionCount: 4,
            start: (0..<Self.rows * Self.columns).map { $0 == Self.start ? 1 : 0 }
        ) { cell, action in
            let directions = isSlippery ? [(action + 3) % 4, action, (action + 1) % 4] : [action]
            return directions.map { direction in
                let next = Self.arrival(from: cell, direction)
                let probability = 1 / Double(directions.count)
                // A fall costs much, and begins anew; the episode goes on.
                if Self.cliff.contains(next) { return .init(probability, state: Self.start, reward: -100) }
                return .init(probability, state: next, reward: -1, isTerminal: next == Self.goal)
            }
        }
        optimum = OptimalActions(of: process)
    }

    /// 0 up, 1 right, 2 down, 3 left: another order than on the frozen lake.
    private static func arrival(from cell: Int, _ direction: Int) -> Int {
        let (row, column) = cell.quotientAndRemainder(dividingBy: columns)
        return switch direction {
        case 0: max(row - 1, 0) * columns + column
        case 1: row * columns + min(column + 1, columns - 1)
        case 2: min(row + 1, rows - 1) * columns + column
        default: row * columns + max(column - 1, 0)
        }
    }
}

extension CliffWalking: HeuristicEnvironment {
    /// The optimal action, by value iteration: along the edge where it is firm.
    public func heuristicAction() -> Int { optimum.action(in: state.index) }
}

extension CliffWalking {
    private static let actionNames = ["up", "right", "down", "left"]

    /// Gymnasium sets no limit, and a bad policy never arrives; ours is far beyond what any learner needs.
    static let specification = EnvironmentSpecification(
        id: "cliff-walking", gymnasiumID: "CliffWalking-v1", summary: "walk along a cliff without falling",
        stepLimit: 1000, randomReturn: -9512, bestReturn: -13, actionNames: actionNames, task: CliffWalking())

    static let slipperySpecification = EnvironmentSpecification(
        id: "cliff-walking-slippery", gymnasiumID: "CliffWalkingSlippery-v1",
        summary: "walk along a slippery cliff without falling", stepLimit: 1000, randomReturn: -9512, bestReturn: -64.7,
        actionNames: actionNames, task: CliffWalking(isSlippery: true))
}
