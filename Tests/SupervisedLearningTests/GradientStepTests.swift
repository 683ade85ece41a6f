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

    @Test func `the gradient's elements are held before its norm is`() throws {
        // The gradient is −(1.5, 2); held within 1 it is −(1, 1), whose norm is √2.
        for (norm, factor) in [(nil, 1.0), (0.5, 0.5 / (2.0.squareRoot() + 1e-6))] as [(Double?, Double)] {
            var layout = ParameterLayout()
            let weight = layout.declare("weight", shape: [1, 2], initializer: Constant(1))
            var random = RandomStream(seed: 1, purpose: "weights")
            let step = try GradientStep(
                parameters: ParameterStore(layout, using: &random), optimizer: GradientDescent(layout: layout),
                maximumGradientNorm: norm, maximumGradientValue: 1
            ) { trace in
                matrixProduct(trace.input("x", 2), trace.parameter(weight), transposingSecond: true).mean()
            }
            let program = step.program(batch: 1)
            program.input("x").replace(at: 0, with: [-1.5, -2])
            try step.run(program, learningRate: 0.1)
            #expect(abs(step.gradientNorm - 2.5) < 1e-6)
            for weight in step.parameters.values.values(0..<2) {
                #expect(abs(Double(weight) - (1 + 0.1 * factor)) < 1e-6)
            }
        }
    }

    @Test func `a penalty is a part of the gradient, not of the loss`() throws {
        var layout = ParameterLayout()
        let weight = layout.declare("weight", shape: [1, 2], initializer: Constant(2))
        var random = RandomStream(seed: 1, purpose: "weights")
        let step = try GradientStep(
            parameters: ParameterStore(layout, using: &random), optimizer: GradientDescent(layout: layout),
            penalty: WeightPenalty(layout: layout, l1: 0.5, l2: 0.25)
        ) { trace in matrixProduct(trace.input("x", 2), trace.parameter(weight), transposingSecond: true).mean() }
        let program = step.program(batch: 1)
        program.input("x").replace(at: 0, with: [3, -1])
        try step.run(program, learningRate: 0.5)
        #expect(program.scalar("loss") == 4)
        // g = x + 0.5 sign(w) + 0.25 w = (4, 0)
        #expect(step.gradientNorm == 4)
        #expect(step.parameters.values.values(0..<2) == [0, 2])
    }

    @Test func `the average is shown and put away again, bit for bit`() throws {
        var layout = ParameterLayout()
        let weight = layout.declare("weight", shape: [1, 1], initializer: Constant(0))
        var random = RandomStream(seed: 1, purpose: "weights")
        let step = try GradientStep(
            parameters: ParameterStore(layout, using: &random), optimizer: GradientDescent(layout: layout),
            weightAverageDecay: 0.999
        ) { trace in matrixProduct(trace.input("x", 1), trace.parameter(weight), transposingSecond: true).mean() }
        let program = step.program(batch: 1)
        program.input("x").fill(-1)
        for _ in 0..<2 { try step.run(program, learningRate: 1) }
        #expect(step.parameters.values[0] == 2)
        // 0.9 · 1, then 2/11 of it and 9/11 of 2.
        step.showAveraged()
        #expect(abs(step.parameters.values[0] - (2 * 0.9 + 9 * 2) / 11) < 1e-6)
        step.showTraining()
        #expect(step.parameters.values[0] == 2)
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
