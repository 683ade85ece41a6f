public import Randomness
public import Simulation

/// Noughts and crosses on 3 × 3 cells, for two players who move by turns: three in a row win.
public struct TicTacToe: Environment {
    /// Which cells each player has taken, cell 0 in the lowest bit; row by row from the top left.
    public struct State: Equatable, Hashable, Sendable {
        /// Of the player who begins.
        public private(set) var crosses: UInt16
        public private(set) var noughts: UInt16

        /// The empty board.
        public init() { (crosses, noughts) = (0, 0) }

        /// Whose turn it is.
        public var player: Int { (crosses | noughts).nonzeroBitCount % 2 }

        public func cells(of player: Int) -> UInt16 { player == 0 ? crosses : noughts }

        mutating func take(_ cell: Int) {
            if player == 0 { crosses |= 1 << cell } else { noughts |= 1 << cell }
        }

        /// Bits of the cells that nobody has taken.
        public var free: UInt16 { ~(crosses | noughts) & 0x1FF }

        func hasWon(_ player: Int) -> Bool {
            TicTacToe.isLine(cells(of: player))
        }
    }

    /// Rows, columns and diagonals.
    static let lines: [UInt16] = [0o007, 0o070, 0o700, 0o111, 0o222, 0o444, 0o421, 0o124]

    static func isLine(_ cells: UInt16) -> Bool { lines.contains { cells & $0 == $0 } }

    public static var playerCount: Int { 2 }
    public static var hasActionMask: Bool { true }

    public var state = State()

    public init() {}

    public var player: Int { state.player }

    /// Of each cell, whether the player who moves has it, and whether the other one does.
    public var observationSpace: Space { .binary(shape: [3, 3, 2]) }

    /// The cell to take.
    public var actionSpace: Space { .discrete(9) }

    public mutating func reset(using random: inout RandomStream) { state = State() }

    public mutating func step(_ action: Int, using random: inout RandomStream) -> Transition {
        precondition(
            (0..<9).contains(action) && state.free >> action & 1 == 1, "cell \(action) cannot be taken in \(state)")
        let mover = player
        state.take(action)
        if state.hasWon(mover) { return Transition(reward: 1, outcome: .terminated) }
        return Transition(reward: 0, outcome: state.free == 0 ? .terminated : .running)
    }

    public func observe(into row: inout MutableSpan<Float>) {
        let (own, other) = (state.cells(of: player), state.cells(of: 1 - player))
        for cell in 0..<9 {
            row[2 * cell] = Float(own >> cell & 1)
            row[2 * cell + 1] = Float(other >> cell & 1)
        }
    }

    public func writeActionMask(into row: inout MutableSpan<Bool>) {
        for cell in 0..<9 { row[cell] = state.free >> cell & 1 == 1 }
    }
}

extension TicTacToe.State: Codable {
    public init(from decoder: any Decoder) throws {
        let taken = try [UInt16](from: decoder)
        let isBoard =
            taken.count == 2 && taken[0] & taken[1] == 0 && (taken[0] | taken[1]) < 1 << 9
            && (0...1).contains(taken[0].nonzeroBitCount - taken[1].nonzeroBitCount)
        guard isBoard else { throw EnvironmentError("\(taken) is no board of tic-tac-toe") }
        (crosses, noughts) = (taken[0], taken[1])
    }

    public func encode(to encoder: any Encoder) throws { try [crosses, noughts].encode(to: encoder) }
}

extension TicTacToe: HeuristicEnvironment {
    /// A move that is best against perfect play.
    public func heuristicAction() -> Int { TicTacToeMinimax.shared.bestMove(in: state) ?? 0 }
}

extension TicTacToe {
    private static let actionNames = (0..<9).map {
        "\(["top", "middle", "bottom"][$0 / 3]) \(["left", "middle", "right"][$0 % 3])"
    }

    static let specification = EnvironmentSpecification(
        id: "tic-tac-toe", summary: "three in a row, for two players", stepLimit: nil, randomReturn: 0.297,
        bestReturn: 0, actionNames: actionNames, task: TicTacToe())

    static let againstRandom = EnvironmentSpecification(
        id: "tic-tac-toe-random", summary: "three in a row against random moves", stepLimit: nil, solvedReturn: 0.9,
        randomReturn: 0, bestReturn: 0.949, actionNames: actionNames,
        task: AgainstOpponent(TicTacToe(), opponent: .random))
}
