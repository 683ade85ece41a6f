import Autodiff
import FileFormats
import NeuralNetworks
import Optimizers
import Randomness
import SupervisedLearning
import Testing

@Suite struct GradientStepTests {
    /// The loss ½ Σ (w·x − y)² / n of two weights.
    private func step(maximumGradientNorm: Double? = nil, optimizer: (any Optimizer)? = nil) throws -> GradientStep {
        var layout = ParameterLayout()
        let weight = layout.declare("weight", shape: [1, 2], initializer: Constant(1))
        var random = RandomStream(seed: 1, purpose: "weights")
        let store = ParameterStore(layout, using: &random)
        return try GradientStep(
            parameters: store, optimizer: optimizer ?? GradientDescent(parameterCount: layout.count),
            maximumGradientNorm: maximumGradientNorm
        ) { trace in
            let output = matrixProduct(trace.input("x", 2), trace.parameter(weight), transposingSecond: true)
            return 0.5 * meanSquaredError(log(output), trace.input("y", 1))
        }
    }

    @Test func `a step is the gradient's, scaled down to the largest norm`() throws {
        for (maximum, factor) in [(nil, 1.0), (0.5, 0.5 / (2.5 + 1e-6)), (10, 1)] {
            let step = try step(maximumGradientNorm: maximum)
            let program = step.program(batch: 1)
            // log(w·x) with w = (1, 1), x = (0.6, 0.8) / 1.4: output 1, log 0, so that the gradient is −y x with |x| = 1 / 1.4.
            program.input("x").replace(at: 0, with: [0.6 / 1.4, 0.8 / 1.4])
            program.input("y").replace(at: 0, with: [3.5])
            try step.run(program, learningRate: 0.1)
            #expect(abs(step.gradientNorm - 2.5) < 1e-6)
            let weights = step.parameters.values.values(0..<2)
            #expect(abs(Double(weights[0]) - (1 + 0.1 * factor * 1.5)) < 1e-6)
            #expect(abs(Double(weights[1]) - (1 + 0.1 * factor * 2.0)) < 1e-6)
            #expect(step.stepCount == 1)
        }
    }

    @Test func `a loss that is not finite is an error that names the operation, and nothing has moved`() throws {
        let adam = Adam(parameterCount: 16)
        let step = try step(optimizer: adam)
        let program = step.program(batch: 2)
        program.input("y").fill(1)
        program.input("x").fill(1)
        try step.run(program, learningRate: 0.1)
        var before = Archive()
        try step.save(into: &before)
        // The logarithm of a negative number.
        program.input("x").fill(-1)
        let error = try #require(throws: DivergedTraining.self) { try step.run(program, learningRate: 0.1) }
        #expect(error.step == 2)
        #expect(error.cause.hasPrefix("log [batch, 1] gave nan, traced at GradientStepTests.swift:"))
        var after = Archive()
        try step.save(into: &after)
        #expect(after == before)
        // It goes on with better data.
        program.input("x").fill(1)
        try step.run(program, learningRate: 0.1)
        #expect(step.stepCount == 2)
    }
}
