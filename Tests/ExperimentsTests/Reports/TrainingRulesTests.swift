import Fledge
import Testing

struct TrainingRulesTests {
    private let updates = 40

    /// A healthy training, with some metrics replaced.
    private func findings(
        _ changes: [UInt64: [String: [Double]]] = [1: [:]], returns: [UInt64: Double] = [:], solvedReturn: Double? = 475
    ) throws -> [Finding] {
        let ramp = (0..<updates).map { Double($0) / Double(updates - 1) }
        let healthy: [(name: String, values: [Double])] = [
            ("episodeReturn", ramp.map { min(500, 20 + 1000 * $0) }), ("entropy", ramp.map { 0.69 - 0.4 * $0 }),
            ("approximateKL", ramp.map { _ in 0.01 }), ("clipFraction", ramp.map { _ in 0.1 }),
            ("explainedVariance", ramp), ("valueLoss", ramp.map { 10 - 9 * $0 }),
            ("evaluationReturn", ramp.map { min(500, 20 + 1000 * $0) }),
        ]
        var drawings: [UInt64: Archive] = [:]
        for seed in changes.keys {
            var drawing = Archive()
            drawing.set("evaluationReturns", Array(repeating: returns[seed] ?? 500, count: 100))
            try [Baseline("random actions", .meanReturn, 22, lower: 20, upper: 24)].save(into: &drawing)
            drawings[seed] = drawing
        }
        let experiment = ScriptedExperiment(
            verb: "train", algorithm: "ppo",
            subject: .init(id: "cart-pole", title: "CartPole-v1", solvedReturn: solvedReturn),
            metrics: changes.mapValues { changed in healthy.map { ($0.name, changed[$0.name] ?? $0.values) } },
            drawings: drawings,
            settings: ["learningRate": .number(0.0003), "entropyCoefficient": .integer(0), "epochs": .integer(10)])
        return Diagnostics.findings(in: try experiment.stored(in: TemporaryFolder()))
    }

    @Test func `a healthy training has nothing suspicious`() throws {
        #expect(try findings() == [])
        #expect(try findings([1: [:], 2: [:], 3: [:]]) == [])
    }

    /// At update 5, of 40: before half of the training.
    @Test func `a collapsed entropy is found with its step while the task is not solved`() throws {
        let entropy = (0..<updates).map { $0 < 5 ? 0.69 : 0.01 }
        let found = try findings([1: ["entropy": entropy]], returns: [1: 100])
        let finding = try #require(found.first { $0.title.contains("entropy") })
        #expect(finding.weight == .warning)
        #expect(finding.observation.contains("6,000"))
        #expect(finding.command == "fledge train cart-pole --steps 100 --set entropyCoefficient=0.01")
        #expect(!(try findings([1: ["entropy": entropy]])).contains { $0.title.contains("entropy") })
    }

    @Test func `an entropy of continuous actions may fall below zero`() throws {
        let entropy = (0..<updates).map { 1.4 - 0.1 * Double($0) }
        #expect(!(try findings([1: ["entropy": entropy]], returns: [1: 100])).contains { $0.title.contains("entropy") })
    }

    @Test func `large steps and frequent clipping count from a tenth of the updates on`() throws {
        let often = (0..<updates).map { $0 % 5 == 0 ? 0.5 : 0.01 }
        let seldom = (0..<updates).map { $0 == 3 ? 0.5 : 0.01 }
        let found = try findings([1: ["approximateKL": often, "clipFraction": often]])
        #expect(found.contains { $0.title.hasPrefix("The policy moves too far") && $0.observation.contains("20 %") })
        #expect(found.contains { $0.title.hasPrefix("Most of the gradient is clipped") })
        #expect(found.compactMap(\.command).contains { $0.hasSuffix("--set learningRate=0.00015") })
        #expect(try findings([1: ["approximateKL": seldom, "clipFraction": seldom]]) == [])
    }

    @Test func `a value function that explains nothing is found, and one that explodes`() throws {
        let useless = Array(repeating: -0.1, count: updates)
        let found = try findings([1: ["explainedVariance": useless]], returns: [1: 100])
        #expect(found.map(\.title) == ["The value function explains nothing."])
        #expect(try findings([1: ["explainedVariance": useless]]) == [], "returns that are all 500 need no explanation")
        let exploding = (0..<updates).map { $0 < 32 ? 1.0 : 1000 }
        #expect(try findings([1: ["valueLoss": exploding]]).map(\.title) == ["The value loss explodes."])
    }

    @Test func `an agent that collapsed after its best is named by its seed`() throws {
        let collapsing = (0..<updates).map { $0 == 20 ? 500.0 : 100 }
        let found = try findings([1: [:], 2: ["evaluationReturn": collapsing]])
        #expect(found.map(\.title) == ["The agent collapsed after its best, in seed 2."])
        #expect(found[0].observation.contains("21,000"))
    }

    @Test func `seeds in two groups are found, seeds that spread evenly are not`() throws {
        let seeds: [UInt64: [String: [Double]]] = [1: [:], 2: [:], 3: [:], 4: [:]]
        let split = try findings(seeds, returns: [1: 500, 2: 490, 3: 60, 4: 50], solvedReturn: nil)
        #expect(split.map(\.title) == ["The seeds disagree."])
        #expect(split[0].observation.contains("2 seeds of 4 (4, 3)"))
        #expect(try findings(seeds, returns: [1: 500, 2: 400, 3: 300, 4: 200], solvedReturn: nil) == [])
    }

    @Test func `an agent like random actions has learned nothing`() throws {
        #expect(
            try findings(returns: [1: 23], solvedReturn: nil).contains { $0.title == "The agent has learned nothing." })
    }

    @Test func `a return that rises to the end asks for more steps`() throws {
        let rising = (0..<updates).map { 20 + 10 * Double($0) }
        let found = try findings([1: ["episodeReturn": rising]], returns: [1: 400])
        #expect(found.map(\.weight) == [.note])
        #expect(found[0].command == "fledge train cart-pole --steps 80000")
    }
}
