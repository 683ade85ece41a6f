import FileFormats
import Foundation
import Testing

struct WatchTests {
    @Test func `a film and a strip of an episode are written, and the returns told`() throws {
        let command = try Command()
        let outcome = try command.run(
            "watch", "cart-pole", "--policy", "random", "--seed", "3", "--strip", "strip.png", "--width", "200")
        #expect(outcome.code == 0, "\(outcome.messages)")
        let lines = outcome.output.split(separator: "\n")
        #expect(lines.count == 3 && lines[0].hasPrefix("episode 1 by random actions: "))
        #expect(lines[1...] == ["cart-pole.png", "strip.png"])
        let film = try PNG.decode([UInt8](command.read("cart-pole.png")), name: "film")
        #expect(film.width == 200)
        #expect(film.text.contains { $0.keyword == "Command" && $0.text.contains("watch") })
        #expect(try PNG.decode([UInt8](command.read("strip.png")), name: "strip").width > 800)
    }

    @Test func `two films of the same seed are the same, byte for byte`() throws {
        let command = try Command()
        for name in ["a.png", "b.png"] {
            let outcome = try command.run("watch", "frozen-lake", "--policy", "random", "-o", name)
            #expect(outcome.code == 0)
        }
        // They differ in the name that their text tells of.
        let (a, b) = try (command.read("a.png"), command.read("b.png"))
        #expect(a.count == b.count)
    }

    @Test(arguments: [
        (["watch", "cart-pole", "--policy", "none"], "none"), (["watch", "cart-pole", "-o", "film.gif"], "film.gif"),
        (["watch", "breakout", "--policy", "heuristic"], "knows no policy"), (["watch", "carpole"], "cart-pole"),
        (["watch", "cart-pole:mass=1"], "poleMass"), (["watch", "cart-pole", "--episodes", "0"], "--episodes"),
    ])
    func `what cannot be filmed is told`(arguments: [String], word: String) throws {
        let command = try Command()
        let outcome = try command.finish(command.start(arguments))
        #expect([64, 66].contains(outcome.code) && outcome.messages.contains(word), "\(outcome.messages)")
    }
}

struct RolloutTests {
    private func rows(_ text: String) -> [[Substring]] {
        text.split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    }

    @Test func `every transition is a row, with the state where it is asked for`() throws {
        let command = try Command()
        try Data("1\n0\n1\n".utf8).write(to: command.url("actions.txt"))
        let outcome = try command.run(
            "rollout", "cart-pole", "--start", "0.1,0,-0.05,0.2", "--actions", "actions.txt", "--state")
        #expect(outcome.code == 0, "\(outcome.messages)")
        let table = rows(outcome.output)
        #expect(
            table[0].joined(separator: ",")
                == "episode,step,observation_0,observation_1,observation_2,observation_3,action_0,reward,terminated,"
                + "truncated,state_0,state_1,state_2,state_3")
        #expect(table.count == 4 && table[1...].map { $0[6] } == ["1", "0", "1"])
        // Explicit Euler moves the cart with its old velocity, and the pole with its own: 0.2 · 0.02 = 0.004.
        #expect(Double(table[1][10]) == 0.1 && abs(Double(table[1][12])! + 0.046) < 1e-15)
        #expect(table[1][7...9] == ["1", "0", "0"])
        for row in table[1...] { #expect(Float(row[2]) == Float(Double(row[10])!)) }
    }

    @Test func `episodes follow each other to their ends`() throws {
        let command = try Command()
        let outcome = try command.run(
            "rollout", "Pendulum-v1", "--policy", "random", "--episodes", "2", "-o", "out.csv")
        #expect(outcome.code == 0 && outcome.output == "out.csv\n")
        let table = rows(String(decoding: try command.read("out.csv"), as: UTF8.self))
        #expect(table.count == 401)
        #expect(
            table[200].suffix(2) == ["0", "1"] && table[200][0] == "1" && table[201][0] == "2" && table[201][1] == "1")
        #expect(table[1...].allSatisfy { abs(Double($0[5])!) <= 2 })
    }

    @Test(arguments: [
        ("1\nx\n", "line 2: 'x' is no number", 65), ("1\n\n0\n", "line 2: no action", 65),
        ("1\n5\n", "action 2: 5.0 is none of the choices", 65), ("", "holds no action", 65),
    ])
    func `a script that does not fit is told by its line`(script: String, words: String, code: Int32) throws {
        let command = try Command()
        try Data(script.utf8).write(to: command.url("actions.txt"))
        let outcome = try command.run("rollout", "cart-pole", "--actions", "actions.txt")
        #expect(outcome.code == code && outcome.messages.contains(words), "\(outcome.messages)")
        #expect(outcome.output.isEmpty)
    }

    @Test(arguments: [
        (["--start", "1,2"], "a state of 2 numbers was given; it has 4", Int32(64)),
        (["--start", "a,0,0,0"], "'a' in --start", 64), (["--actions", "nowhere.txt"], "nowhere.txt", 66),
        (["-o", "no/such/folder/out.csv"], "no/such/folder", 73),
    ])
    func `what cannot be played is told`(flags: [String], words: String, code: Int32) throws {
        let command = try Command()
        let outcome = try command.finish(command.start(["rollout", "cart-pole"] + flags))
        #expect(outcome.code == code && outcome.messages.contains(words), "\(outcome.code) \(outcome.messages)")
    }

    @Test func `a state that is no list of numbers is told`() throws {
        let outcome = try Command().run("rollout", "lunar-lander", "--state")
        #expect(outcome.code == 64 && outcome.messages.contains("no list of numbers"))
    }
}

struct EnvironmentsCommandTests {
    @Test func `JSON lists all with names, spaces, limits and thresholds`() throws {
        let json = try Command().run("environments", "--json").json
        let entries = try #require(json["environments"] as? [[String: Any]])
        let ids = entries.compactMap { $0["gymnasiumID"] as? String }
        for id in [
            "CartPole-v1", "MountainCar-v0", "MountainCarContinuous-v0", "Acrobot-v1", "Pendulum-v1", "FrozenLake-v1",
            "FrozenLake8x8-v1", "CliffWalking-v1", "Taxi-v4", "Blackjack-v1", "LunarLander-v3",
            "LunarLanderContinuous-v3", "BipedalWalker-v3", "MinAtar/Breakout-v1", "MinAtar/Seaquest-v1",
        ] { #expect(ids.contains(id)) }
        let pole = try #require(entries.first { $0["name"] as? String == "cart-pole" })
        #expect(pole["limit"] as? Int == 500 && pole["threshold"] as? Double == 475)
        #expect((pole["actionSpace"] as? [String: Any])?["kind"] as? String == "discrete")
        #expect((pole["parameters"] as? [Any])?.count == 6)
    }

    @Test func `one is told in full`() throws {
        let outcome = try Command().run("environments", "LunarLander-v3")
        #expect(outcome.code == 0)
        for word in ["windPower", "main engine", "1,000 steps", "lunar-lander"] {
            #expect(outcome.output.contains(word))
        }
    }
}

extension Command {
    fileprivate func url(_ name: String) -> URL { URL(filePath: folder).appending(path: name) }
    fileprivate func read(_ name: String) throws -> Data { try Data(contentsOf: url(name)) }
}
