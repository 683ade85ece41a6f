import Fledge
import Testing

/// Runs of the same command are equal byte for byte.
struct SameBytesTests {
    private func driver(in folder: TemporaryFolder) -> ExperimentDriver {
        var options = ExperimentDriver.Options(name: "run", command: ["test"])
        options.root = folder.path + "/runs"
        return ExperimentDriver(options)
    }

    @Test func `training the same seed alone or beside others leaves the same bytes`() throws {
        let environment = try Environments.named("cart-pole")
        let (alone, together) = (try TemporaryFolder(), try TemporaryFolder())
        for (folder, seeds) in [(alone, [2]), (together, [1, 2, 3])] as [(TemporaryFolder, [UInt64])] {
            let request = TrainingAlgorithm.Request(
                environment: environment, seeds: seeds, steps: 1500, recipe: try Recipe(named: "zoo", for: environment))
            _ = try TrainingAlgorithm.named("ppo").run(request, with: driver(in: folder))
        }
        for file in ["parameters.safetensors", "metrics.csv", "drawing.safetensors"] {
            let path = "runs/run/seeds/2/" + file
            #expect(try alone.bytes(path) == together.bytes(path), "\(file)")
        }
    }

    @Test func `exactly the steps asked for are done`() throws {
        let environment = try Environments.named("pendulum")
        let folder = try TemporaryFolder()
        let request = TrainingAlgorithm.Request(
            environment: environment, seeds: [1], steps: 1001, recipe: try Recipe(named: "zoo", for: environment))
        _ = try TrainingAlgorithm.named("PPO").run(request, with: driver(in: folder))
        #expect(try folder.text("runs/run/seeds/1/metrics.csv").split(separator: "\n").last?.hasPrefix("1001,") == true)
    }
}
