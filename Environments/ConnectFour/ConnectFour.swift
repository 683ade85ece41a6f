public import Randomness
public import Simulation

/// Drop discs into seven columns of six cells, for two players who move by turns: four in a row win (Wexler, 1974; solved by
/// Allis, 1988: the first player wins).
public struct ConnectFour: Environment {
    static let (rows, columns) = (6, 7)
    /// Bits of a column on the board: its six cells and an empty one above, so that lines do not run on.
    static let height = 7

    /// Which cells each player has taken: column by column from the left, each from the bottom, seven bits a column.
    public struct State: Equatable, Hashable, Sendable {
        /// Of the player who begins.
        public private(set) var first: UInt64
        public private(set) var second: UInt64

        /// The empty board.
        public init() { (first, second) = (0, 0) }

        public var occupied: UInt64 { first | second }
        public var player: Int { occupied.nonzeroBitCount % 2 }

        public func cells(of player: Int) -> UInt64 { player == 0 ? first : second }

        /// How many discs lie in a column.
        func depth(_ column: Int) -> Int { (occupied >> (column * ConnectFour.height) & 0x3F).nonzeroBitCount }

        /// The bit of the cell that a disc falls to.
        private func cell(_ column: Int) -> UInt64 { 1 << (column * ConnectFour.height + depth(column)) }

        mutating func drop(_ column: Int) {
            let cell = cell(column)
            if player == 0 { first |= cell } else { second |= cell }
        }

        func hasWon(_ player: Int) -> Bool { ConnectFour.hasFour(cells(of: player)) }

        /// Whether `player` would win with a disc there, were it their turn.
        func wouldWin(_ player: Int, with column: Int) -> Bool {
            depth(column) < ConnectFour.rows && ConnectFour.hasFour(cells(of: player) | cell(column))
        }
    }

    /// Four in a column, a row or a diagonal.
    static func hasFour(_ discs: UInt64) -> Bool {
        func hasLine(_ step: Int) -> Bool {
            let pairs = discs & discs >> step
            return pairs & pairs >> (2 * step) != 0
        }
        return hasLine(1) || hasLine(height) || hasLine(height - 1) || hasLine(height + 1)
    }

    public static var playerCount: Int { 2 }
    public static var hasActionMask: Bool { true }

    public var state = State()

    public init() {}

    public var player: Int { state.player }

    /// Of each cell, from the top row, whether the player who moves has it, and whether the other one does.
    public var observationSpace: Space { .binary(shape: [Self.rows, Self.columns, 2]) }

    /// The column to drop a disc into.
    public var actionSpace: Space { .discrete(Self.columns) }

    public mutating func reset(using random: inout RandomStream) { state = State() }

    public mutating func step(_ action: Int, using random: inout RandomStream) -> Transition {
        precondition(
            (0..<Self.columns).contains(action) && state.depth(action) < Self.rows,
            "column \(action) takes no disc in \(state)")
        let mover = player
        state.drop(action)
        if state.hasWon(mover) { return Transition(reward: 1, outcome: .terminated) }
        let isFull = state.occupied.nonzeroBitCount == Self.rows * Self.columns
        return Transition(reward: 0, outcome: isFull ? .terminated : .running)
    }

    public func observe(into row: inout MutableSpan<Float>) {
        let (own, other) = (state.cells(of: player), state.cells(of: 1 - player))
        for cell in 0..<Self.rows * Self.columns {
            let place = cell % Self.columns * Self.height + (Self.rows - 1 - cell / Self.columns)
            row[2 * cell] = Float(own >> place & 1)
            row[2 * cell + 1] = Float(other >> place & 1)
        }
    }

    public func writeActionMask(into row: inout MutableSpan<Bool>) {
        for column in 0..<Self.columns { row[column] = state.depth(column) < Self.rows }
    }
}

extension ConnectFour.State: Codable {
    public init(from decoder: any Decoder) throws {
        let taken = try [UInt64](from: decoder)
        guard taken.count == 2, taken[0] & taken[1] == 0,
            (0...1).contains(taken[0].nonzeroBitCount - taken[1].nonzeroBitCount)
        else { throw EnvironmentError("\(taken) is no board of connect four") }
        let all = taken[0] | taken[1]
        var rest = all
        for column in 0..<ConnectFour.columns {
            // The discs of a column lie one on the other.
            let discs = all >> (column * ConnectFour.height) & 0x7F
            guard discs & (discs + 1) == 0, discs < 0x40 else {
                throw EnvironmentError(
                    "\(taken) is no board of connect four: column \(column) has a gap or is too high")
            }
            rest &= ~(0x7F << (column * ConnectFour.height))
        }
        guard rest == 0 else { throw EnvironmentError("\(taken) is no board of connect four") }
        (first, second) = (taken[0], taken[1])
    }

    public func encode(to encoder: any Encoder) throws { try [first, second].encode(to: encoder) }
}

extension ConnectFour: HeuristicEnvironment {
    /// Wins where it can, else keeps the other from winning, else drops where the other cannot win on top, near the middle.
    public func heuristicAction() -> Int {
        /// The first open column from the middle outwards that `isGood`.
        func first(where isGood: (Int) -> Bool) -> Int? {
            for place in 0..<Self.columns {
                // 3, 2, 4, 1, 5, 0, 6
                let column = 3 + (place % 2 == 1 ? -(place + 1) / 2 : place / 2)
                if state.depth(column) < Self.rows && isGood(column) { return column }
            }
            return nil
        }
        if let win = first(where: { state.wouldWin(player, with: $0) }) { return win }
        if let block = first(where: { state.wouldWin(1 - player, with: $0) }) { return block }
        let safe = first { column in
            var next = state
            next.drop(column)
            return !next.wouldWin(next.player, with: column)
        }
        return safe ?? first { _ in true } ?? 0
    }
}

extension ConnectFour {
    private static let actionNames = (1...columns).map { "column \($0)" }

    static let specification = EnvironmentSpecification(
        id: "connect-four", summary: "four in a row, for two players", stepLimit: nil, randomReturn: 0.11,
        bestReturn: 1, actionNames: actionNames, task: ConnectFour())

    static let againstRandom = EnvironmentSpecification(
        id: "connect-four-random", summary: "four in a row against random moves", stepLimit: nil, solvedReturn: 0.9,
        randomReturn: 0, bestReturn: 1, actionNames: actionNames,
        task: AgainstOpponent(ConnectFour(), opponent: .random))

    static let againstHeuristic = EnvironmentSpecification(
        id: "connect-four-heuristic", summary: "four in a row against a careful opponent", stepLimit: nil,
        solvedReturn: 0.5, randomReturn: -0.99, bestReturn: 1, actionNames: actionNames,
        task: AgainstOpponent(ConnectFour(), opponent: .heuristic))
}
