import Autodiff
import FileFormats
import LinearAlgebra
import Optimizers
import Testing

@Suite struct OptimizerTests {
    private static func gradientDescent(_ change: (inout GradientDescent.Settings) -> Void) -> any Optimizer {
        var settings = GradientDescent.Settings()
        change(&settings)
        return GradientDescent(parameterCount: parameterCount, settings: settings)
    }

    private static func adam(_ change: (inout Adam.Settings) -> Void) -> any Optimizer {
        var settings = Adam.Settings()
        change(&settings)
        return Adam(parameterCount: parameterCount, settings: settings)
    }

    /// The flat buffer's length: slices of 20, 5, 15 and 3 elements begin at multiples of 16.
    private static let parameterCount = 32 + 16 + 16 + 16

    /// The optimizers as the golden names them, with their learning rates.
    private static let rules: [(name: String, learningRate: Float, make: @Sendable () -> any Optimizer)] = [
        ("sgd", 0.1, { gradientDescent { _ in } }),
        ("sgd_momentum", 0.1, { gradientDescent { $0.momentum = 0.9 } }),
        (
            "sgd_nesterov", 0.1,
            {
                gradientDescent {
                    $0.momentum = 0.9
                    $0.nesterov = true
                }
            }
        ),
        (
            "sgd_nesterov_wd0.01", 0.1,
            {
                gradientDescent {
                    $0.momentum = 0.9
                    $0.nesterov = true
                    $0.weightDecay = 0.01
                }
            }
        ),
        ("adam", 0.01, { adam { _ in } }),
        ("adam_wd0.01", 0.01, { adam { $0.weightDecay = 0.01 } }),
        ("adam_eps1e-5", 0.01, { adam { $0.epsilon = 1e-5 } }),
        (
            "adamw_wd0.01", 0.01,
            {
                adam {
                    $0.weightDecay = 0.01
                    $0.decouplesWeightDecay = true
                }
            }
        ),
    ]

    @Test(arguments: rules.map(\.name)) func `five steps equal PyTorch's`(_ name: String) throws {
        let golden = try PyTorchOptimizers.load()
        let run = try #require(golden.optimizers[name])
        let rule = try #require(Self.rules.first { $0.name == name })
        let function = try golden.function()
        let program = golden.program(of: function)
        let optimizer = rule.make()
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

    @Test(arguments: rules.map(\.name)) func `an optimizer that is saved and restored goes on with the same bytes`(
        _ name: String
    ) throws {
        let golden = try PyTorchOptimizers.load()
        let rule = try #require(Self.rules.first { $0.name == name })
        let function = try golden.function()
        let program = golden.program(of: function)
        let parameters = function.parameters.values
        func step(_ optimizer: any Optimizer) {
            program.run()
            optimizer.step(
                parameters, gradients: function.gradients, gradientScale: 0.5, learningRate: rule.learningRate,
                on: .shared)
        }
        let first = rule.make()
        for _ in 0..<3 { step(first) }
        let middle = parameters.values(0..<parameters.count)
        var archive = Archive()
        try first.save(into: &archive)
        for _ in 0..<3 { step(first) }
        let end = parameters.values(0..<parameters.count)

        let second = rule.make()
        try second.restore(from: Archive(decoding: archive.encoded(), name: "optimizer"))
        parameters.replace(at: 0, with: middle)
        for _ in 0..<3 { step(second) }
        #expect(parameters.values(0..<parameters.count) == end)
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
        #expect(parameters(threads: 2) == expected)
        #expect(parameters(threads: 5) == expected)
    }
}
