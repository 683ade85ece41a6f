import Fledge
import Testing

/// Losses of epochs of two updates each, and what is said of them.
struct LearningRulesTests {
    private func findings(
        training: [Double], validation: [Double], loss: Double = 0.1, confusion: [Int64] = [9, 1, 1, 9],
        accuracy: Double = 0.9, trainingAccuracy: Double = 0.9
    ) throws -> [Finding] {
        let updates = 2 * training.count
        let drawing = try FittingDrawingFixture.archive(
            loss: loss, accuracy: accuracy, confusion: confusion, baseline: 0.69)
        let experiment = ScriptedExperiment(
            verb: "fit", algorithm: "multilayer-perceptron",
            metrics: [
                1: [
                    ("epoch", (1...updates).map { Double($0) / 2 }),
                    ("trainingLoss", (0..<updates).map { training[$0 / 2] }),
                    ("validationLoss", (0..<updates).map { $0 % 2 == 1 ? validation[$0 / 2] : .nan }),
                    ("trainingAccuracy", Array(repeating: trainingAccuracy, count: updates)),
                ]
            ], drawings: [1: drawing], settings: ["epochs": .integer(5), "learningRate": .number(0.001)])
        return Diagnostics.findings(in: try experiment.stored(in: TemporaryFolder()))
    }

    @Test func `losses that settle are not suspicious`() throws {
        #expect(try findings(training: [1, 0.5, 0.3, 0.29, 0.29], validation: [1, 0.6, 0.4, 0.395, 0.394]) == [])
    }

    @Test func `a validation loss that rises while the training loss falls is overfitting`() throws {
        let found = try findings(training: [1, 0.5, 0.3, 0.2, 0.1], validation: [1, 0.6, 0.5, 0.6, 0.7])
        #expect(found.map(\.title) == ["The network overfits."])
        #expect(found[0].observation.contains("after epoch 3"))
        #expect(found[0].command?.hasSuffix("--set earlyStoppingPatience=3") == true)
        // Both rise: that is no overfitting.
        #expect(
            !(try findings(training: [1, 0.5, 0.3, 0.6, 0.7], validation: [1, 0.6, 0.5, 0.6, 0.7]))
                .contains { $0.title.contains("overfits") })
    }

    @Test func `a loss that falls in the last epoch asks for more of them`() throws {
        let found = try findings(training: [1, 0.8, 0.6, 0.5, 0.4], validation: [1, 0.8, 0.6, 0.5, 0.4])
        #expect(found.map(\.title) == ["The loss still falls at the end."])
        #expect(found[0].command?.hasSuffix("--set epochs=10") == true)
    }

    @Test func `leaps of the training loss are found after the first ten updates`() throws {
        var training = Array(repeating: 0.3, count: 10)
        training[7] = 0.9
        let found = try findings(training: training, validation: Array(repeating: 0.3, count: 10))
        #expect(found.map(\.title) == ["The loss leaps."])
        #expect(found[0].observation.contains("epoch 8"))
    }

    @Test func `a network that is no better than a constant has learned nothing`() throws {
        let flat = Array(repeating: 0.7, count: 5)
        let found = try findings(training: flat, validation: flat, loss: 0.7)
        #expect(found.map(\.title) == ["The network has learned nothing."])
    }

    @Test func `a class that is never predicted is named`() throws {
        let flat = Array(repeating: 0.3, count: 5)
        let found = try findings(training: flat, validation: flat, confusion: [18, 0, 2, 0], accuracy: 0.7)
        #expect(found.first?.observation.contains("“beta”") == true)
    }

    @Test func `a weak class behind a good accuracy is named, with its share`() throws {
        let flat = Array(repeating: 0.3, count: 5)
        let found = try findings(training: flat, validation: flat, confusion: [90, 0, 6, 4], accuracy: 0.94)
        #expect(found.map(\.weight) == [.note])
        #expect(found[0].observation.contains("40 %"))
    }

    @Test func `a gap between training and test is told`() throws {
        let flat = Array(repeating: 0.3, count: 5)
        let found = try findings(training: flat, validation: flat, accuracy: 0.7, trainingAccuracy: 0.95)
        #expect(found.map(\.title) == ["The network knows the training rows far better than others."])
    }
}

/// The drawing of a fit of two classes, "alpha" and "beta".
enum FittingDrawingFixture {
    struct Summary: Codable {
        var accuracy: Double
        var loss: Double
        var trainingCount = 80
        var testCount = 20
        var classNames = ["alpha", "beta"]
    }

    static func archive(loss: Double, accuracy: Double, confusion: [Int64], baseline: Double) throws -> Archive {
        var archive = Archive()
        try archive.encode("summary", Summary(accuracy: accuracy, loss: loss))
        archive.set("confusion", confusion)
        archive.set("mistakes", [Float]())
        archive.set("mistakeClasses", [Int32]())
        archive.set("mistakePredictions", [Int32]())
        archive.set("mistakeProbabilities", [Float]())
        archive.set("values", [Float]())
        archive.set("predictions", [Float]())
        try [Baseline("the shares of the classes", .loss, baseline)].save(into: &archive)
        return archive
    }
}

struct ClusteringRulesTests {
    private func run(_ rows: String, clusters: Int, settings: [GivenSetting] = []) throws -> [Finding] {
        let folder = try TemporaryFolder()
        let path = folder.path + "/points.csv"
        try writeFile(Array(rows.utf8), to: path)
        var options = ExperimentDriver.Options(
            name: "run", command: ["fledge", "cluster", path, "--clusters", "\(clusters)"])
        options.root = folder.path + "/runs"
        _ = try ExperimentDriver(options).run(
            try ClusterExperiment(
                try DataSubject(named: path, target: .absent), seed: 1,
                settings: [GivenSetting("clusters", "\(clusters)")] + settings))
        return Diagnostics.findings(in: try StoredRun(reading: RunFolder(existing: "run", in: options.root)))
    }

    @Test func `two clear groups are not suspicious`() throws {
        let rows = (0..<20).map { "\(Double($0 % 10) / 10 + ($0 < 10 ? 0 : 100)),\(Double($0 % 3))" }
        #expect(try run("x,y\n" + rows.joined(separator: "\n"), clusters: 2) == [])
    }

    @Test func `an outlier makes a tiny cluster, and the rest dominate`() throws {
        let rows = (0..<99).map { "\(Double($0 % 10) / 10),\(Double($0 % 7) / 10)" } + ["10000,10000"]
        let titles = try run("x,y\n" + rows.joined(separator: "\n"), clusters: 2).map(\.title)
        #expect(titles == ["A cluster is tiny.", "One cluster holds nearly everything."])
    }

    @Test func `iterations that are used up are told`() throws {
        let rows = (0..<200).map { "\(Double(($0 * 37) % 200)),\(Double(($0 * 91) % 173))" }
        let found = try run(
            "x,y\n" + rows.joined(separator: "\n"), clusters: 8,
            settings: [GivenSetting("maximumIterations", "2"), GivenSetting("tolerance", "0")])
        #expect(found.contains { $0.title == "k-means did not converge." })
    }
}
