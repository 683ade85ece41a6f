import Environments
import Foundation
import Randomness
import Simulation
import Testing

/// A game of the Python package, with the chances that were drawn in it.
private struct PlayedGame: Decodable {
    var game: String
    var stickiness: Double
    var ramping: Double
    /// A digit each.
    var moves: String
    var rewards: String
    var isOver: Bool
    var chances: [Double]
    /// Eight hexadecimal digits each: before the first step, and after each.
    var observations: String

    static func all(of game: String) throws -> [PlayedGame] {
        struct Fixture: Decodable { var games: [PlayedGame] }
        let fixture = try JSONDecoder().decode(Fixture.self, from: Data(PackageResources.minatar_json))
        return fixture.games.filter { $0.game == game }
    }
}

/// Chances that were drawn elsewhere, one after the other.
private struct RecordedChance: MinAtarChance {
    var rest: ArraySlice<Double>

    mutating func happens(_ probability: Double) -> Bool { rest.removeFirst() < probability }
    mutating func number(below bound: Int) -> Int {
        let number = Int(rest.removeFirst())
        precondition((0..<bound).contains(number), "\(number) was drawn where \(bound) is the bound")
        return number
    }
}

/// The FNV-1a hash of an observation's bits, eight to a byte, the first the highest.
private func hash(of task: some Environment) -> String {
    let bits = observation(of: task).map { UInt8($0) }
    var hash: UInt32 = 0x811C_9DC5
    for start in stride(from: 0, to: bits.count, by: 8) {
        var byte: UInt8 = 0
        for place in 0..<8 where start + place < bits.count { byte |= bits[start + place] << (7 - place) }
        hash = (hash ^ UInt32(byte)) &* 0x0100_0193
    }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
}

@Suite struct `The games of MinAtar` {
    /// In the package's order.
    private static let moves: [MinAtarMove] = [.nothing, .left, .up, .right, .down, .fire]

    private func replay<Game: MinAtarGame>(_ type: Game.Type, _ name: String) throws {
        let games = try PlayedGame.all(of: name)
        #expect(games.reduce(0) { $0 + $1.moves.count } > 500)
        #expect(games.contains { $0.rewards.contains { $0 != "0" } })
        for played in games {
            var task = MinAtar<Game>(moves: Self.moves)
            task.parameters.stickiness = played.stickiness
            task.parameters.ramping = played.ramping
            var chance = RecordedChance(rest: played.chances[...])
            let hashes = Array(played.observations)
            task.begin(&chance)
            #expect(hash(of: task) == String(hashes[0..<8]))
            var outcome = Outcome.running
            for (step, (move, reward)) in zip(played.moves, played.rewards).enumerated() {
                let transition = task.step(Self.moves[move.wholeNumberValue!], &chance)
                outcome = transition.outcome
                let isSame =
                    hash(of: task) == String(hashes[8 * (step + 1)..<8 * (step + 2)])
                    && transition.reward == Double(reward.asciiValue! - 48)
                #expect(isSame, "step \(step) of a game of \(name)")
                if !isSame { break }
            }
            #expect((outcome == .terminated) == played.isOver)
            #expect(chance.rest.isEmpty)
        }
    }

    @Test func `go, cell for cell, as the Python package plays them with the same chances`() throws {
        try replay(Breakout.self, "breakout")
        try replay(Freeway.self, "freeway")
        try replay(Asterix.self, "asterix")
        try replay(Seaquest.self, "seaquest")
        try replay(SpaceInvaders.self, "space-invaders")
    }

    /// The package's mean return of random minimal moves over 2,000 games (300 of Freeway), and its standard error.
    @Test(arguments: [
        ("breakout", 2000), ("asterix", 2000), ("seaquest", 2000), ("space-invaders", 2000), ("freeway", 100),
    ])
    func `yield at random what the package's yield`(name: String, episodes: Int) throws {
        let known = [
            "breakout": (0.385, 0.0141), "asterix": (0.481, 0.0193), "seaquest": (0.089, 0.0081),
            "space-invaders": (3.996, 0.0745), "freeway": (0.380, 0.0354),
        ]
        let ours = try returns(of: name, policy: "random", episodes: episodes, seed: 4)
        let mean = ours.reduce(0, +) / Double(episodes)
        let variance = ours.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(episodes - 1)
        let error = (variance / Double(episodes)).squareRoot()
        let (theirs, theirError) = try #require(known[name])
        #expect(try Environments.named(name).randomReturn == (theirs * 100).rounded() / 100)
        #expect(abs(mean - theirs) <= 3 * (error * error + theirError * theirError).squareRoot(), "\(mean)")
    }

    @Test(arguments: [
        #"{"game":{"paddle":12},"latest":"nothing"}"#, #"{"game":{},"latest":"jump"}"#,
    ])
    func `refuse a state that cannot come about`(json: String) {
        #expect(throws: (any Error).self) {
            try JSONDecoder().decode(MinAtar<Breakout>.State.self, from: Data(json.utf8))
        }
    }

    @Test func `refuse numbers outside of the board`() throws {
        let task = MinAtar<Breakout>()
        let json = String(decoding: try JSONEncoder().encode(task.state), as: UTF8.self)
        #expect(throws: EnvironmentError.self) {
            try JSONDecoder().decode(
                MinAtar<Breakout>.State.self,
                from: Data(json.replacingOccurrences(of: #""paddle":4"#, with: #""paddle":40"#).utf8))
        }
    }

    /// Puts other numbers and truths into states of play, one at a time.
    private func playDamagedStates<Game: MinAtarGame>(of type: Game.Type) throws {
        var (accepted, refused) = (0, 0)
        var (task, random) = (MinAtar<Game>(), RandomStream(seed: 3, purpose: "test"))
        for _ in 0..<4 {
            task.reset(using: &random)
            for _ in 0..<25 where task.step(random.index(below: Game.moves.count), using: &random).outcome == .running {
            }
            let json = String(decoding: try JSONEncoder().encode(task.state), as: UTF8.self)
            for place in json.ranges(of: /-?[0-9]+|true|false/) {
                let isTruth = json[place].first?.isLetter == true
                let others =
                    isTruth ? ["true", "false"] : ["-128", "-1", "0", "5", "9", "10", "127", "1023", "\(Int.max)"]
                for other in others {
                    let damaged = json.replacingCharacters(in: place, with: other)
                    guard
                        let state = try? JSONDecoder().decode(MinAtar<Game>.State.self, from: Data(damaged.utf8))
                    else {
                        refused += 1
                        continue
                    }
                    accepted += 1
                    var game = task
                    game.state = state
                    for _ in 0..<60 {
                        _ = game.step(random.index(below: Game.moves.count), using: &random)
                        _ = observation(of: game)
                    }
                    // What play leads to is a state that can be restored.
                    let played = try JSONEncoder().encode(game.state)
                    #expect(try JSONDecoder().decode(MinAtar<Game>.State.self, from: played) == game.state)
                }
            }
        }
        #expect(accepted > 100)
        #expect(refused > 100)
    }

    @Test func `play on from each state that they accept`() throws {
        try playDamagedStates(of: Breakout.self)
        try playDamagedStates(of: Asterix.self)
        try playDamagedStates(of: Freeway.self)
        try playDamagedStates(of: Seaquest.self)
        try playDamagedStates(of: SpaceInvaders.self)
    }
}
