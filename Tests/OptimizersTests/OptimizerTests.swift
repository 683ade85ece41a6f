import Autodiff
import FileFormats
import LinearAlgebra
import NeuralNetworks
import Optimizers
import Randomness
import Testing

@Suite struct OptimizerTests {
    private static func gradientDescent(
        _ layout: ParameterLayout, _ change: (inout GradientDescent.Settings) -> Void
    ) -> any Optimizer {
        var settings = GradientDescent.Settings()
        change(&settings)
        return GradientDescent(layout: layout, settings: settings)
    }

    private static func adam(
        _ layout: ParameterLayout, _ change: (inout Adam.Settings) -> Void
    ) -> any Optimizer {
        var settings = Adam.Settings()
        change(&settings)
        return Adam(layout: layout, settings: settings)
    }

    struct Rule: Sendable, CustomTestStringConvertible {
        /// As the golden names it, where it has it.
        var name: String
        var learningRate: Float
        var make: @Sendable (ParameterLayout) -> any Optimizer
        var testDescription: String { name }
    }

    /// The optimizers that PyTorch has.
    static let goldenRules: [Rule] = [
        Rule(name: "sgd", learningRate: 0.1) { gradientDescent($0) { _ in } },
        Rule(name: "sgd_momentum", learningRate: 0.1) { gradientDescent($0) { $0.momentum = 0.9 } },
        Rule(name: "sgd_nesterov", learningRate: 0.1) {
            gradientDescent($0) {
                $0.momentum = 0.9
                $0.nesterov = true
            }
        },
        Rule(name: "sgd_nesterov_wd0.01", learningRate: 0.1) {
            gradientDescent($0) {
                $0.momentum = 0.9
                $0.nesterov = true
                $0.weightDecay = 0.01
            }
        },
        Rule(name: "adam", learningRate: 0.01) { adam($0) { _ in } },
        Rule(name: "adam_wd0.01", learningRate: 0.01) { adam($0) { $0.weightDecay = 0.01 } },
        Rule(name: "adam_eps1e-5", learningRate: 0.01) { adam($0) { $0.epsilon = 1e-5 } },
        Rule(name: "adam_amsgrad", learningRate: 0.01) { adam($0) { $0.keepsLargestMoment = true } },
        Rule(name: "adamw_wd0.01", learningRate: 0.01) {
            adam($0) {
                $0.weightDecay = 0.01
                $0.decouplesWeightDecay = true
            }
        },
        Rule(name: "adagrad", learningRate: 0.01) { Adagrad(layout: $0) },
        Rule(name: "rmsprop", learningRate: 0.01) { RMSprop(layout: $0) },
        Rule(name: "rmsprop_centered_momentum", learningRate: 0.01) {
            var settings = RMSprop.Settings()
            settings.isCentered = true
            settings.momentum = 0.9
            return RMSprop(layout: $0, settings: settings)
        },
    ]

    /// All kinds of optimizers, with weight decay.
    static let decayingRules: [Rule] = [
        Rule(name: "sgd", learningRate: 0.1) { gradientDescent($0) { $0.weightDecay = 0.1 } },
        Rule(name: "nesterov", learningRate: 0.1) {
            gradientDescent($0) {
                $0.momentum = 0.9
                $0.nesterov = true
                $0.weightDecay = 0.1
            }
        },
        Rule(name: "adam", learningRate: 0.01) { adam($0) { $0.weightDecay = 0.1 } },
        Rule(name: "amsgrad, decoupled", learningRate: 0.01) {
            adam($0) {
                $0.keepsLargestMoment = true
                $0.decouplesWeightDecay = true
                $0.weightDecay = 0.1
            }
        },
        Rule(name: "adagrad", learningRate: 0.01) {
            var settings = Adagrad.Settings()
            settings.weightDecay = 0.1
            return Adagrad(layout: $0, settings: settings)
        },
        Rule(name: "rmsprop", learningRate: 0.01) {
            var settings = RMSprop.Settings()
            settings.isCentered = true
            settings.momentum = 0.9
            settings.weightDecay = 0.1
            return RMSprop(layout: $0, settings: settings)
        },
        Rule(name: "lion", learningRate: 0.01) {
            var settings = Lion.Settings()
            settings.weightDecay = 0.1
            return Lion(layout: $0, settings: settings)
        },
        Rule(name: "muon", learningRate: 0.02) {
            var settings = Muon.Settings()
            settings.weightDecay = 0.1
            return Muon(layout: $0, settings: settings)
        },
        Rule(name: "schedule-free", learningRate: 0.05) {
            var settings = ScheduleFreeAdam.Settings()
            settings.weightDecay = 0.1
            return ScheduleFreeAdam(layout: $0, settings: settings)
        },
    ]

    @Test(arguments: goldenRules) func `five steps equal PyTorch's`(_ rule: Rule) throws {
        let golden = try PyTorchOptimizers.load()
        let run = try #require(golden.optimizers[rule.name])
        let function = try golden.function()
        let program = golden.program(of: function)
        let optimizer = rule.make(function.parameters.layout)
        for step in 1...5 {
            program.run()
            // Single against double precision: inputs rounded to 6e-8, some tens of roundings on the way to the loss.
            #expect(abs(Double(program.scalar("loss")) - run.losses[step - 1]) < 2e-6)
            optimizer.step(
                function.parameters.values, gradients: function.gradients, gradientScale: 1,
                learningRate: rule.learningRate, on: .shared)
            guard let expected = step == 1 ? run.afterStep1 : step == 5 ? run.afterStep5 : nil else { continue }
            for slice in function.parameters.layout.slices {
                let wanted = try #require(expected[slice.name]?.values)
                for (got, want) in zip(function.parameters[slice], wanted) {
                    // Adam divides by the gradient's own size, so that a relative error of 1e-5 in a small gradient
                    // becomes one of 1e-5 in a step of 0.01.
                    #expect(abs(Double(got) - want) < 2e-6, "\(slice.name) after step \(step)")
                }
            }
        }
    }

    @Test(arguments: goldenRules + decayingRules)
    func `an optimizer that is saved and restored goes on with the same bytes`(_ rule: Rule) throws {
        let golden = try PyTorchOptimizers.load()
        let function = try golden.function()
        let program = golden.program(of: function)
        let parameters = function.parameters.values
        func step(_ optimizer: any Optimizer) {
            program.run()
            optimizer.step(
                parameters, gradients: function.gradients, gradientScale: 0.5, learningRate: rule.learningRate,
                on: .shared)
        }
        let first = rule.make(function.parameters.layout)
        for _ in 0..<3 { step(first) }
        let middle = parameters.values(0..<parameters.count)
        var archive = Archive()
        try first.save(into: &archive)
        for _ in 0..<3 { step(first) }
        let end = parameters.values(0..<parameters.count)

        let second = rule.make(function.parameters.layout)
        try second.restore(from: Archive(decoding: archive.encoded(), name: "optimizer"))
        parameters.replace(at: 0, with: middle)
        for _ in 0..<3 { step(second) }
        let isSame = parameters.values(0..<parameters.count) == end
        #expect(isSame)
    }

    @Test(arguments: decayingRules)
    func `what is not trainable is not stepped, and what does not decay is not pulled`(_ rule: Rule) throws {
        var layout = ParameterLayout()
        let decaying = ["hidden.weight", "output.weight"].map {
            layout.declare($0, shape: [4, 6], initializer: Constant(0.5))
        }
        let bias = layout.declare("bias", shape: [5], initializer: Constant(0.5), decays: false)
        let statistics = layout.declare("statistics", shape: [17], initializer: Constant(0.5), isTrainable: false)
        let embedding = layout.declare("embedding.weight", shape: [3, 2], initializer: Constant(0.5))
        var random = RandomStream(seed: 1, purpose: "weights")
        let store = ParameterStore(layout, using: &random)
        let gradients = FloatBuffer(count: layout.count)
        gradients.replace(at: statistics.offset, with: Array(repeating: 1, count: 17))
        let optimizer = rule.make(layout)
        for _ in 0..<3 {
            optimizer.step(
                store.values, gradients: gradients, gradientScale: 1, learningRate: rule.learningRate, on: .shared)
        }
        for slice in [bias, statistics] { #expect(store[slice].allSatisfy { $0 == 0.5 }, "\(slice.name)") }
        for slice in decaying + [embedding] {
            #expect(store[slice].allSatisfy { $0 < 0.5 && $0 > 0 }, "\(slice.name): \(store[slice])")
        }
    }

    @Test(arguments: decayingRules) func `every rule learns`(_ rule: Rule) throws {
        let golden = try PyTorchOptimizers.load()
        let function = try golden.function()
        let program = golden.program(of: function)
        let optimizer = rule.make(function.parameters.layout)
        program.run()
        let before = program.scalar("loss")
        for _ in 0..<150 {
            program.run()
            optimizer.step(
                function.parameters.values, gradients: function.gradients, gradientScale: 1,
                learningRate: rule.learningRate, on: .shared)
        }
        optimizer.showAveraged(in: function.parameters.values)
        program.run()
        // Weight decay 0.1 keeps the loss above 0.
        #expect(program.scalar("loss") < 0.75 * before, "\(before) became \(program.scalar("loss"))")
    }

    @Test func `any number of threads gives the same bytes`() {
        // More than one piece of 16,384, and an odd end.
        let count = 40_001
        func parameters(threads: Int) -> [Float] {
            let pool = WorkerPool(threads: threads)
            let (values, gradients) = (FloatBuffer(count: count), FloatBuffer(count: count))
            for index in 0..<count {
                values[index] = Float(index % 17) - 8
                gradients[index] = Float(index % 101) / 50 - 1
            }
            let optimizer = Adam(parameterCount: count)
            let norm = GradientNorm(parameterCount: count)
            for _ in 0..<3 {
                let scale = GradientNorm.clippingFactor(norm: norm(gradients, on: pool), maximum: 0.5)
                optimizer.step(values, gradients: gradients, gradientScale: scale, learningRate: 0.01, on: pool)
            }
            return values.values(0..<count)
        }
        let expected = parameters(threads: 1)
        for threads in [2, 5] {
            let isSame = parameters(threads: threads) == expected
            #expect(isSame, "\(threads) threads")
        }
    }
}
