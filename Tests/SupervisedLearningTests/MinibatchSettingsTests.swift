import Autodiff
import CAllocationCounter
import FileFormats
import LinearAlgebra
import NeuralNetworks
import Optimizers
import Randomness
import SupervisedLearning
import Testing

/// The settings of a fit, all of them variable.
private struct AllSettings: MinibatchSettings {
    var hiddenSizes = [8]
    var activation = Activation.gelu
    var batchSize = 10
    var epochs = 2
    var optimizer = OptimizerRule.adam
    var learningRate = 0.01
    var learningRateSchedule = Schedule.constant
    var learningRateWarmup = 0.0
    var learningRateDrops = 2
    var learningRateDropFactor = 0.1
    var learningRateFinalFactor = 0.01
    var learningRatePatience = 5
    var weightDecay = 0.0
    var l1 = 0.0
    var l2 = 0.0
    var maximumGradientNorm = 0.0
    var maximumGradientValue = 0.0
    var weightAveraging = 0.0
    var validationFraction = 0.0
    var earlyStoppingPatience = 0
}

@Suite struct MinibatchSettingsTests {
    @Test func `new settings that make no sense are named`() throws {
        let changes: [(String, (inout AllSettings) -> Void)] = [
            ("learningRateWarmup", { $0.learningRateWarmup = 1 }), ("learningRateDrops", { $0.learningRateDrops = 0 }),
            ("learningRateDropFactor", { $0.learningRateDropFactor = 1 }),
            ("learningRateFinalFactor", { $0.learningRateFinalFactor = 0 }),
            ("learningRatePatience", { $0.learningRatePatience = -1 }), ("l1", { $0.l1 = -1 }),
            ("l2", { $0.l2 = .nan }),
            ("maximumGradientValue", { $0.maximumGradientValue = .infinity }),
            ("weightAveraging", { $0.weightAveraging = 1 }),
            (
                "weightAveraging",
                {
                    $0.weightAveraging = 0.9
                    $0.optimizer = .scheduleFree
                }
            ),
            ("learningRateSchedule", { $0.learningRateSchedule = .plateau }),
        ]
        try AllSettings().validateMinibatches()
        for (name, change) in changes {
            var settings = AllSettings()
            change(&settings)
            let error = #expect(throws: InvalidSetting.self) { try settings.validateMinibatches() }
            #expect(error?.name == name)
        }
    }

    @Test func `the learning rate follows its schedule with the settings' shape`() {
        var settings = AllSettings()
        settings.learningRateSchedule = .step
        settings.learningRateWarmup = 0.5
        settings.learningRateDrops = 1
        settings.learningRateDropFactor = 0.25
        let rates = [0, 0.25, 0.5, 0.7, 0.76, 1].map { settings.learningRate(progress: $0) }
        for (rate, want) in zip(rates, [0.0001, 0.00505, 0.01, 0.01, 0.0025, 0.0025]) {
            #expect(abs(rate - want) < 1e-15)
        }
        #expect(settings.makePlateauSchedule() == nil)
        settings.learningRateSchedule = .plateau
        #expect(settings.makePlateauSchedule() == PlateauSchedule(dropFactor: 0.25, patience: 5))
        #expect(settings.learningRate(progress: 0.9) == 0.01)
    }

    /// A perceptron on fixed data, stepped by what the settings say.
    private func makeStep(
        _ settings: AllSettings, pool: WorkerPool = .shared
    ) throws -> (step: GradientStep, program: Program) {
        var layout = ParameterLayout()
        let initializer = VarianceScaling.heUniform
        let network = MultilayerPerceptron(
            "network", sizes: [4, 8, 8, 1], activation: settings.activation, hidden: initializer, output: initializer,
            in: &layout)
        var random = RandomStream(seed: 1, purpose: "weights")
        let step = try GradientStep(
            parameters: ParameterStore(layout, using: &random), settings: settings, pool: pool
        ) { trace in
            meanSquaredError(network(trace.input("x", 4)), trace.input("y", 1))
        }
        let program = step.program(batch: 10)
        for label in ["x", "y"] {
            for index in 0..<program.input(label).count { program.input(label)[index] = Float(random.normal()) }
        }
        return (step, program)
    }

    /// A rule with every penalty, bound and average.
    private func everything(_ rule: OptimizerRule) -> AllSettings {
        var settings = AllSettings()
        settings.optimizer = rule
        settings.weightDecay = 0.01
        settings.l1 = 1e-4
        settings.l2 = 1e-3
        settings.maximumGradientNorm = 0.5
        settings.maximumGradientValue = 0.1
        settings.weightAveraging = rule == .scheduleFree ? 0 : 0.9
        return settings
    }

    @Test(arguments: OptimizerRule.allCases) func `steps allocate nothing`(_ rule: OptimizerRule) throws {
        let (step, program) = try makeStep(everything(rule), pool: WorkerPool(threads: 1))
        try step.run(program, learningRate: 0.01)
        ac_start()
        for _ in 0..<3 { try step.run(program, learningRate: 0.01) }
        let count = ac_stop()
        #expect(count == 0)
    }

    private func archive(_ step: GradientStep) throws -> Archive {
        var archive = Archive()
        try step.save(into: &archive)
        return archive
    }

    @Test(arguments: OptimizerRule.allCases)
    func `steps by every rule that are saved and restored go on with the same bytes`(_ rule: OptimizerRule) throws {
        let settings = everything(rule)
        let (whole, program) = try makeStep(settings)
        for _ in 0..<4 { try whole.run(program, learningRate: 0.01) }
        let saved = try archive(whole).encoded()
        for step in 0..<4 {
            // Looking at the average in between leaves no trace.
            if step == 2 {
                whole.showAveraged()
                program.run()
                whole.showTraining()
            }
            try whole.run(program, learningRate: 0.01)
        }
        let (second, sameProgram) = try makeStep(settings)
        try second.restore(from: Archive(decoding: saved, name: "checkpoint"))
        for _ in 0..<4 { try second.run(sameProgram, learningRate: 0.01) }
        let isSame = try archive(second).encoded() == archive(whole).encoded()
        #expect(isSame)

        // And what is shown is the same, and something else where there is an average.
        let training = whole.parameters.values.values(0..<whole.parameters.values.count)
        whole.showAveraged()
        second.showAveraged()
        let shown = whole.parameters.values.values(0..<whole.parameters.values.count)
        let isSameShown = second.parameters.values.values(0..<shown.count) == shown
        let differs = shown != training
        #expect(isSameShown && differs)
    }
}
