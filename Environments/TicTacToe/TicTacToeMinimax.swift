/// The exact value of every position of tic-tac-toe under perfect play: minimax (von Neumann, 1928), as negamax.
public struct TicTacToeMinimax: Sendable {
    public static let shared = TicTacToeMinimax()

    /// By position, what the player who moves gets: 1 a win, 0 a draw, −1 a loss.
    private let values: [TicTacToe.State: Int]
    /// How many games there are, all in all, that end with a win of the first player, of the second, or drawn.
    public let gameCounts: (first: Int, second: Int, drawn: Int)

    private init() {
        var values: [TicTacToe.State: Int] = [:]
        var games = (first: 0, second: 0, drawn: 0)
        var counts: [TicTacToe.State: (first: Int, second: Int, drawn: Int)] = [:]
        /// The value for the player who moves, and how many games follow.
        func visit(_ state: TicTacToe.State) -> Int {
            if let known = values[state] { return known }
            var best = -1
            var following = (first: 0, second: 0, drawn: 0)
            let hasLost = state.hasWon(1 - state.player)
            if hasLost || state.free == 0 {
                best = hasLost ? -1 : 0
                following = hasLost ? (state.player == 1 ? (1, 0, 0) : (0, 1, 0)) : (0, 0, 1)
            } else {
                for cell in 0..<9 where state.free >> cell & 1 == 1 {
                    var next = state
                    next.take(cell)
                    best = max(best, -visit(next))
                    if let more = counts[next] {
                        following.first += more.first
                        following.second += more.second
                        following.drawn += more.drawn
                    }
                }
            }
            values[state] = best
            counts[state] = following
            return best
        }
        _ = visit(TicTacToe.State())
        if let all = counts[TicTacToe.State()] { games = all }
        self.values = values
        gameCounts = games
    }

    /// How many positions can come about.
    public var positionCount: Int { values.count }

    /// What the player who moves gets: 1, 0 or −1; nil for a position that cannot come about.
    public func value(of state: TicTacToe.State) -> Int? { values[state] }

    /// A move that keeps the value; the first of several. nil where the game is over.
    public func bestMove(in state: TicTacToe.State) -> Int? {
        guard let value = values[state] else { return (0..<9).first { state.free >> $0 & 1 == 1 } }
        return (0..<9).first { cell in
            guard state.free >> cell & 1 == 1, !state.hasWon(1 - state.player) else { return false }
            var next = state
            next.take(cell)
            return values[next] == -value
        }
    }
}
