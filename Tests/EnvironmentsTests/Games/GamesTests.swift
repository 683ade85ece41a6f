import Environments
import Foundation
import Randomness
import Simulation
import Testing

/// How many different positions can come about after so many moves.
private func positions<Task: Environment>(of task: Task, plies: Int) -> Int
where Task.Action == Int, Task.State: Hashable {
    var random = RandomStream(seed: 0, purpose: "test")
    var level: Set<Task.State> = [task.state]
    for _ in 0..<plies {
        var next: Set<Task.State> = []
        for state in level {
            var task = task
            task.state = state
            for action in allowedActions(of: task) {
                var moved = task
                _ = moved.step(action, using: &random)
                next.insert(moved.state)
            }
        }
        level = next
    }
    return level.count
}

private func allowedActions(of task: some Environment) -> [Int] {
    var mask = [Bool](repeating: false, count: task.actionSpace.size)
    var span = mask.mutableSpan
    task.writeActionMask(into: &span)
    return mask.indices.filter { mask[$0] }
}

@Suite struct `Tic-tac-toe` {
    /// The counts are known: 5,478 positions; 255,168 games, of which 131,184, 77,904 and 46,080 are won, lost and drawn.
    @Test func `has a draw for its exact value, and as many games as are known`() {
        let minimax = TicTacToeMinimax.shared
        #expect(minimax.value(of: .init()) == 0)
        #expect(minimax.positionCount == 5478)
        #expect(minimax.gameCounts == (131_184, 77_904, 46_080))
    }

    private func play(seed: UInt64, first: Bool, _ other: (TicTacToe, inout RandomStream) -> Int) -> Double {
        var (game, random) = (TicTacToe(), RandomStream(seed: seed, purpose: "test"))
        while true {
            let isOurs = (game.player == 0) == first
            let action = isOurs ? game.heuristicAction() : other(game, &random)
            let transition = game.step(action, using: &random)
            if transition.outcome != .running { return isOurs ? transition.reward : -transition.reward }
        }
    }

    @Test func `is never lost by perfect play, and drawn between perfect players`() {
        for seed in 0..<300 as Range<UInt64> {
            let result = play(seed: seed, first: seed % 2 == 0) { game, random in
                let allowed = allowedActions(of: game)
                return allowed[random.index(below: allowed.count)]
            }
            #expect(result >= 0)
        }
        #expect(play(seed: 0, first: true) { game, _ in game.heuristicAction() } == 0)
    }

    /// Of all games by random moves 58.5 % are won by the first player and 28.8 % by the second.
    @Test func `at random is won by the first player as often as computed`() throws {
        var batch = try Environments.named("tic-tac-toe").make(count: 64, seed: 3)
        var rollout = batch.makeRollout(steps: 1)
        var actions = RandomStream(seed: 1, purpose: "actions")
        batch.observe(into: &rollout)
        var returns: [Double] = []
        while returns.count < 20_000 {
            rollout.drawActions(step: 0, using: &actions)
            batch.step(0, of: &rollout)
            returns += rollout.endedEpisodes.map(\.return)
            rollout.continueFromLastRow()
        }
        let mean = returns.reduce(0, +) / Double(returns.count)
        #expect(abs(mean - (0.585 - 0.288)) < 0.03)
        #expect(Set(returns) == [-1, 0, 1])
    }

    @Test func `shows the board from the side of who moves`() {
        var (game, random) = (TicTacToe(), RandomStream(seed: 0, purpose: "test"))
        _ = game.step(4, using: &random)
        let seen = observation(of: game)
        #expect(seen.enumerated().filter { $0.element == 1 }.map(\.offset) == [9])
        #expect(game.player == 1)
    }

    @Test(arguments: ["[3,3]", "[1,6]", "[1023,0]", "[1]", "[7,0]"])
    func `refuses a board that cannot be`(json: String) {
        #expect(throws: (any Error).self) { try JSONDecoder().decode(TicTacToe.State.self, from: Data(json.utf8)) }
    }
}

@Suite struct `Connect four` {
    /// Positions after so many moves: OEIS A212693.
    @Test func `has as many positions as are known`() {
        let counts = (0...6).map { positions(of: ConnectFour(), plies: $0) }
        #expect(counts == [1, 7, 49, 238, 1120, 4263, 16_422])
    }

    @Test func `is won by four in a row, a column and both diagonals, and not around the edge`() {
        func result(_ columns: [Int]) -> Transition {
            var (game, random) = (ConnectFour(), RandomStream(seed: 0, purpose: "test"))
            var last = Transition(reward: 0)
            for column in columns {
                #expect(last.outcome == .running)
                last = game.step(column, using: &random)
            }
            return last
        }
        let won = Transition(reward: 1, outcome: .terminated)
        #expect(result([0, 0, 1, 1, 2, 2, 3]) == won)
        #expect(result([3, 0, 3, 0, 3, 0, 3]) == won)
        #expect(result([0, 1, 1, 2, 2, 3, 2, 3, 3, 6, 3]) == won)
        #expect(result([6, 5, 5, 4, 4, 3, 4, 3, 3, 0, 3]) == won)
        // The first player has the top three of column 0 and the lowest of column 1: no line.
        #expect(result([1, 0, 6, 0, 6, 0, 0, 5, 0, 5, 0]).outcome == .running)
    }

    @Test func `fills up to a draw or a win, never beyond six discs a column`() throws {
        var batch = try Environments.named("connect-four").make(count: 16, seed: 3)
        var rollout = batch.makeRollout(steps: 400)
        var actions = RandomStream(seed: 1, purpose: "actions")
        batch.observe(into: &rollout)
        for step in 0..<400 {
            rollout.drawActions(step: step, using: &actions)
            batch.step(step, of: &rollout)
        }
        #expect(rollout.endedEpisodes.count > 200)
        #expect(rollout.endedEpisodes.allSatisfy { (7...42).contains($0.length) && abs($0.return) <= 1 })
        #expect(Set(rollout.players) == [0, 1])
    }

    @Test func `is won by its heuristic against random moves, whoever begins`() throws {
        let game = AgainstOpponent(ConnectFour(), opponent: .random)
        let returns = try (1...100).map { try heuristicReturn(of: game, limit: nil, seed: $0) }
        #expect(returns.filter { $0 == 1 }.count >= 95)
    }

    @Test(arguments: ["[2,0]", "[1,1]", "[64,0]", "[5,0]", "[9223372036854775808,0]", "[0]"])
    func `refuses a board that cannot be`(json: String) {
        #expect(throws: (any Error).self) { try JSONDecoder().decode(ConnectFour.State.self, from: Data(json.utf8)) }
    }
}

@Suite struct `A game against an opponent` {
    @Test func `is a task of one player who begins in half of the episodes`() throws {
        var (game, random) = (AgainstOpponent(TicTacToe(), opponent: .random), RandomStream(seed: 1, purpose: "test"))
        var begun = 0
        for _ in 0..<400 {
            game.reset(using: &random)
            #expect(game.task.player == game.side && game.player == 0)
            begun += game.side == 0 ? 1 : 0
        }
        #expect((150...250).contains(begun))
        #expect(type(of: game).playerCount == 1)
    }

    @Test func `costs what the opponent wins`() {
        var (game, random) = (
            AgainstOpponent(TicTacToe(), opponent: .heuristic), RandomStream(seed: 1, purpose: "test")
        )
        game.reset(using: &random)
        // Bad moves on purpose, the last allowed cell each: perfect play never loses to them.
        var total = 0.0
        var outcome = Outcome.running
        while outcome == .running {
            let transition = game.step(allowedActions(of: game).last!, using: &random)
            total += transition.reward
            outcome = transition.outcome
        }
        #expect(total <= 0)
    }
}
