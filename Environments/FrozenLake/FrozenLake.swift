public import Simulation

/// Walk over a frozen lake to a present without falling into a hole, on ice that may carry one aside, as in Gymnasium's
/// FrozenLake-v1.
public struct FrozenLake: TabularEnvironment {
    /// What a lake looks like from above, row by row: S where one starts, F ice, H hole, G the goal.
    public struct Map: Sendable, Equatable {
        public let rows: [String]
        /// `[rows · columns]`
        let cells: [Character]
        public var columnCount: Int { rows[0].count }

        /// - Throws: if the rows are not equally long, hold another letter than S, F, H and G, or lack a start or a goal.
        public init(_ rows: [String]) throws(EnvironmentError) {
            guard let first = rows.first, !first.isEmpty, rows.allSatisfy({ $0.count == first.count }) else {
                throw EnvironmentError("a lake's rows have \(rows.map(\.count)) cells; give equally many, at least one")
            }
            let cells = rows.flatMap { Array($0) }
            if let stranger = cells.first(where: { !"SFHG".contains($0) }) {
                throw EnvironmentError("a lake has the cell '\(stranger)'; it can have S, F, H and G")
            }
            guard cells.contains("S"), cells.contains("G") else {
                throw EnvironmentError("a lake needs a cell S where one starts, and a goal G")
            }
            guard cells.count <= 4096 else {
                throw EnvironmentError("a lake of \(cells.count) cells; it can have 4,096")
            }
            self.rows = rows
            self.cells = cells
        }

        /// One that is known to be right.
        private init(known rows: [String]) {
            self.rows = rows
            cells = rows.flatMap { Array($0) }
        }

        public static let fourByFour = Map(known: ["SFFF", "FHFH", "FFFH", "HFFG"])
        public static let eightByEight = Map(known: [
            "SFFFFFFF", "FFFFFFFF", "FFFHFFFF", "FFFFFHFF", "FFFHFFFF", "FHHFFFHF", "FHFFHFHF", "FFFHFFFG",
        ])
    }

    public let map: Map
    public let process: FiniteDecisionProcess
    private let optimum: OptimalActions
    public var state = TabularState(0)

    /// - Parameters:
    ///   - isSlippery: whether one may slip to either side.
    ///   - successRate: of going where one means to, on slippery ice.
    public init(_ map: Map = .fourByFour, isSlippery: Bool = true, successRate: Double = 1.0 / 3) {
        precondition((0...1).contains(successRate), "a success rate of \(successRate)")
        self.map = map
        let (rows, columns, cells) = (map.rows.count, map.columnCount, map.cells)
        let starts = cells.filter { $0 == "S" }.count
        let slipRate = (1 - successRate) / 2

        /// 0 left, 1 down, 2 right, 3 up.
        func arrival(from cell: Int, _ direction: Int) -> Int {
            let (row, column) = cell.quotientAndRemainder(dividingBy: columns)
            return switch direction {
            case 0: row * columns + max(column - 1, 0)
            case 1: min(row + 1, rows - 1) * columns + column
            case 2: row * columns + min(column + 1, columns - 1)
            default: max(row - 1, 0) * columns + column
            }
        }
        process = FiniteDecisionProcess(
            stateCount: cells.count, actionCount: 4, start: cells.map { $0 == "S" ? 1 / Double(starts) : 0 }
        ) { cell, action in
            func outcome(_ probability: Double, _ direction: Int) -> FiniteDecisionProcess.Outcome {
                let next = arrival(from: cell, direction)
                return .init(
                    probability, state: next, reward: cells[next] == "G" ? 1 : 0,
                    isTerminal: cells[next] == "G" || cells[next] == "H")
            }
            if cells[cell] == "G" || cells[cell] == "H" {
                return [.init(1, state: cell, reward: 0, isTerminal: true)]
            }
            guard isSlippery else { return [outcome(1, action)] }
            return [
                outcome(slipRate, (action + 3) % 4), outcome(successRate, action), outcome(slipRate, (action + 1) % 4),
            ]
        }
        optimum = OptimalActions(of: process)
    }
}

extension FrozenLake: HeuristicEnvironment {
    /// The optimal action, by value iteration.
    public func heuristicAction() -> Int { optimum.action(in: state.index) }
}

extension FrozenLake {
    private static let actionNames = ["left", "down", "right", "up"]

    static let specification = EnvironmentSpecification(
        id: "frozen-lake", gymnasiumID: "FrozenLake-v1", summary: "cross slippery ice without falling into a hole",
        stepLimit: 100, solvedReturn: 0.7, randomReturn: 0.014, bestReturn: 0.744, actionNames: actionNames,
        task: FrozenLake())

    static let largeSpecification = EnvironmentSpecification(
        id: "frozen-lake-8x8", gymnasiumID: "FrozenLake8x8-v1", summary: "cross a larger lake of slippery ice",
        stepLimit: 200, solvedReturn: 0.85, randomReturn: 0.002, bestReturn: 0.913, actionNames: actionNames,
        task: FrozenLake(.eightByEight))

    static let calmSpecification = EnvironmentSpecification(
        id: "frozen-lake-calm", summary: "cross a lake whose ice is not slippery", stepLimit: 100, solvedReturn: 0.99,
        randomReturn: 0.014, bestReturn: 1, actionNames: actionNames, task: FrozenLake(isSlippery: false))
}
