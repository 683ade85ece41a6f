import Fledge
import Testing

struct BaselineTests {
    private func driver(in folder: TemporaryFolder) -> ExperimentDriver {
        var options = ExperimentDriver.Options(name: "run", command: ["fledge", "test"])
        options.root = folder.path + "/runs"
        return ExperimentDriver(options)
    }

    private func baselines(in folder: TemporaryFolder) throws -> [Baseline] {
        try StoredRun(reading: RunFolder(existing: "run", in: folder.path + "/runs")).seeds[0].baselines
    }

    /// Random actions hold a pole for 22 steps (Gymnasium's documentation: 20 to 25).
    @Test func `random actions balance a pole for about 22 steps`() throws {
        let folder = try TemporaryFolder()
        let environment = try Environments.named("cart-pole")
        _ = try TrainingAlgorithm.named("ppo").run(
            .init(environment: environment, seeds: [1], steps: 600), with: driver(in: folder))
        let baseline = try #require(try baselines(in: folder).first)
        #expect(baseline.measure == .meanReturn && baseline.name == "random actions")
        #expect((18...27).contains(baseline.value))
        let (lower, upper) = (try #require(baseline.lower), try #require(baseline.upper))
        #expect(lower < baseline.value && baseline.value < upper && upper - lower < 8)
    }

    @Test func `random groups explain (k − 1) of (n − 1) parts`() throws {
        let folder = try TemporaryFolder()
        _ = try driver(in: folder).run(
            try ClusterExperiment(
                try DataSubject(named: "digits", target: .automatic), seed: 1, settings: [GivenSetting("clusters", "5")]
            ))
        let baselines = try baselines(in: folder)
        #expect(baselines.map(\.value) == [0, 4.0 / 1796])
    }

    /// The digits are nearly balanced: the largest class of the training rows has about a tenth of the test rows.
    @Test func `the most frequent class is right for a tenth of the digits`() throws {
        let folder = try TemporaryFolder()
        _ = try driver(in: folder).run(
            try FitExperiment(
                try FitSubject(named: "digits"), seed: 1, settings: [GivenSetting("epochs", "1")]))
        let accuracy = try #require(try baselines(in: folder).first { $0.measure == .accuracy })
        #expect((0.07...0.13).contains(accuracy.value))
    }

    @Test func `a code's principal components stand beside the autoencoder`() throws {
        let folder = try TemporaryFolder()
        _ = try driver(in: folder).run(
            try EncodeExperiment(
                try DataSubject(named: "digits", target: .automatic), seed: 1,
                settings: [GivenSetting("epochs", "1"), GivenSetting("codeSize", "8")]))
        let baselines = try baselines(in: folder)
        #expect(baselines.map(\.name) == ["the mean row", "8 principal components"])
        // Eight components keep two thirds of the digits' variance.
        #expect((0.25...0.4).contains(baselines[1].value / baselines[0].value))
    }
}
