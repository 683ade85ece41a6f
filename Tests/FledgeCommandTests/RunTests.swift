import Foundation
import Testing

struct RunTests {
    @Test func `training says its result as one JSON object`() throws {
        let command = try Command()
        let outcome = try command.run(
            "train", "CartPole-v1", "--steps", "3000", "--seeds", "2", "--seed", "7", "--json")
        #expect(outcome.code == 0, "\(outcome.messages)")
        #expect(outcome.output.split(separator: "\n").count == 1)
        let json = try outcome.json
        #expect(json["run"] as? String == "runs/cart-pole-ppo-1")
        for figure in try #require(json["figures"] as? [String]) { #expect(command.has(figure)) }
        let seeds = try #require(json["seeds"] as? [[String: Any]])
        #expect(seeds.map { $0["seed"] as? Int } == [7, 8])
        #expect(seeds.map { $0["steps"] as? Int } == [3000, 3000])
        for seed in seeds {
            #expect(try #require(seed["seconds"] as? Double) > 0)
            let evaluation = try #require(seed["evaluationReturn"] as? [String: Any])
            #expect(evaluation["episodes"] as? Int == 100)
            #expect(try #require(evaluation["mean"] as? Double) >= 8)
            #expect(evaluation["standardDeviation"] as? Double != nil)
        }
        for file in ["metrics.csv", "timing.csv", "parameters.safetensors"] {
            #expect(command.has("runs/cart-pole-ppo-1/seeds/8/" + file))
        }
        #expect(command.has("runs/cart-pole-ppo-1/run.json"))
    }

    @Test func `clustering leaves assignments and centroids`() throws {
        let command = try Command()
        let outcome = try command.run("cluster", "digits", "--clusters", "10", "--restarts", "3", "--json")
        let json = try outcome.json
        // scikit-learn's best of ten starts reaches 1,165,189.
        let inertia = try #require(json["inertia"] as? Double)
        #expect(inertia > 1_165_000 && inertia < 1_230_000)
        #expect(try #require(json["iterations"] as? Int) >= 2)
        #expect(json["seconds"] as? Double != nil)
        let run = try #require(json["run"] as? String)
        #expect(try command.bytes(run + "/seeds/1/assignments.npy").starts(with: [0x93] + "NUMPY".utf8))
        #expect(command.has(run + "/seeds/1/centroids.npy"))
        #expect(command.has(run + "/figures/clusters.png"))
    }

    @Test func `encoding leaves a code for each row and says its error on the test rows`() throws {
        let command = try Command()
        let json = try command.run("encode", "digits", "--code", "8", "--epochs", "10", "--json").json
        let test = try #require(json["test"] as? [String: Any])
        // Predicting each pixel's mean has an error of 0.073.
        #expect(try #require(test["meanSquaredError"] as? Double) < 0.06)
        let run = try #require(json["run"] as? String)
        #expect(try command.bytes(run + "/seeds/1/codes.npy").count > 1797 * 8 * 4)
        #expect(command.has(run + "/seeds/1/parameters.safetensors"))
    }

    @Test func `fitting says what it reached on the test rows`() throws {
        let command = try Command()
        let json = try command.run("fit", "digits", "--epochs", "15", "--json").json
        let test = try #require(json["test"] as? [String: Any])
        #expect(try #require(test["accuracy"] as? Double) > 0.9)
        #expect(try #require(test["loss"] as? Double) < 0.5)
    }

    @Test func `a table by its path is clustered, and its named column predicted`() throws {
        let command = try Command()
        let rows = (0..<60).map { "\($0 % 2 * 10 + $0 % 3),\($0 % 5),\($0 % 2 * 3 + 1)" }
        try command.write((["width,height,price"] + rows).joined(separator: "\n"), to: "table.csv")
        #expect(try command.run("cluster", "table.csv", "--clusters", "2", "--quiet").code == 0)
        let json = try command.run("fit", "table.csv", "--target", "width", "--epochs", "2", "--json").json
        #expect((json["test"] as? [String: Any])?["loss"] as? Double != nil)
        let wrong = try command.run("fit", "table.csv", "--target", "prise")
        #expect(wrong.code == 65 && wrong.messages.contains("\"price\""))
    }

    @Test func `runs are listed and drawn together`() throws {
        let command = try Command()
        #expect(try command.run("runs").messages.contains("no runs"))
        _ = try command.run("cluster", "digits", "--clusters", "10", "--name", "first")
        _ = try command.run("train", "cart-pole", "--steps", "600", "--name", "second")
        let runs = try #require(try command.run("runs", "--json").json["runs"] as? [[String: Any]])
        #expect(Set(runs.compactMap { $0["run"] as? String }) == ["runs/first", "runs/second"])
        #expect(runs.allSatisfy { $0["state"] as? String == "finished" })
        #expect(try command.run("overview", "first", "runs/second", "-o", "both.png").code == 0)
        #expect(command.has("both.png"))
    }

    @Test func `lists are JSON on demand`() throws {
        let command = try Command()
        let environments = try #require(
            try command.run("environments", "--json").json["environments"] as? [[String: Any]])
        #expect(environments.contains { $0["id"] as? String == "cart-pole" })
        let datasets = try #require(try command.run("datasets", "--json").json["datasets"] as? [[String: Any]])
        #expect(datasets.contains { $0["name"] as? String == "digits" && $0["rows"] as? Int == 1797 })
    }

    @Test func `help and version go to standard output`() throws {
        let command = try Command()
        for arguments in [[], ["--help"], ["train", "--help"], ["cluster", "--help"], ["help", "fit"]] {
            let outcome = try command.finish(command.start(arguments))
            #expect(outcome.code == 0 && outcome.output.contains("fledge") && outcome.messages.isEmpty)
        }
        #expect(try command.run("--version").output == "0.1.0\n")
    }
}
