import Autodiff
import LinearAlgebra
import NeuralNetworks
import Randomness
import Testing

@Suite struct LayerTests {
    private func store(_ layout: ParameterLayout) -> ParameterStore {
        var random = RandomStream(seed: 1, purpose: "weights")
        return ParameterStore(layout, using: &random)
    }

    @Test func `a dense layer and its gradients equal PyTorch's Linear`() throws {
        let golden = try PyTorchValues.load().linear
        var layout = ParameterLayout()
        let layer = Dense("layer", from: 5, to: 3, initializer: Constant(0), in: &layout)
        let store = store(layout)
        store[layer.weight] = golden.weight.joined().map { Float($0) }
        store[layer.bias] = golden.bias.map { Float($0) }
        let function = try TensorFunction(parameters: store) { trace in
            let output = layer(trace.input("input", 5))
            trace.output("output", output)
            trace.differentiate((output * trace.input("outputWeight", 3)).sum())
        }
        let program = function.program(batch: 4)
        program.input("input").replace(at: 0, with: golden.input.joined().map { Float($0) })
        program.input("outputWeight").replace(at: 0, with: golden.outputWeight.joined().map { Float($0) })
        program.run()
        #expect(largestError(program.rows("output").values(0..<12), Array(golden.output.joined())) < singlePrecision)
        let weight = function.gradients.values(layer.weight.range)
        #expect(largestError(weight, Array(golden.weightGradient.joined())) < singlePrecision)
        #expect(largestError(function.gradients.values(layer.bias.range), golden.biasGradient) < singlePrecision)
    }

    @Test func `the gradient with respect to a dense layer's input equals PyTorch's`() throws {
        let golden = try PyTorchValues.load().linear
        var layout = ParameterLayout()
        let layer = Dense("layer", from: 5, to: 3, initializer: Constant(0), in: &layout)
        let input = layout.declare("input", shape: [4, 5], initializer: Constant(0))
        let store = store(layout)
        store[layer.weight] = golden.weight.joined().map { Float($0) }
        store[layer.bias] = golden.bias.map { Float($0) }
        store[input] = golden.input.joined().map { Float($0) }
        let function = try TensorFunction(parameters: store) { trace in
            // Rows of the identity pick the input's rows one by one.
            let rows = matrixProduct(trace.input("identity", 4), trace.parameter(input))
            trace.differentiate((layer(rows) * trace.input("outputWeight", 3)).sum())
        }
        let program = function.program(batch: 4)
        program.input("identity").replace(at: 0, with: identity(4))
        program.input("outputWeight").replace(at: 0, with: golden.outputWeight.joined().map { Float($0) })
        program.run()
        let gradient = function.gradients.values(input.range)
        #expect(largestError(gradient, Array(golden.inputGradient.joined())) < singlePrecision)
    }

    @Test(arguments: ["relu", "sigmoid", "tanh", "softmax", "log_softmax"])
    func `activations and their gradients equal PyTorch's`(_ name: String) throws {
        let golden = try PyTorchValues.load()
        let expected = try #require(golden.activations[name])
        var layout = ParameterLayout()
        let input = layout.declare("input", shape: [11], initializer: Constant(0))
        let weight = layout.declare("outputWeight", shape: [11], initializer: Constant(0))
        let store = store(layout)
        store[input] = golden.activationInput.map { Float($0) }
        store[weight] = (1...11).map { Float($0) }
        let function = try TensorFunction(parameters: store) { trace in
            let output = Self.activation(name, trace.parameter(input))
            trace.differentiate((output * trace.parameter(weight)).sum())
        }
        function.program(batch: 1).run()
        #expect(largestError(function.gradients.values(input.range), expected.gradient) < singlePrecision)
        // The loss is linear in the weights: its gradient with respect to them is the output.
        #expect(largestError(function.gradients.values(weight.range), expected.output) < singlePrecision)
    }

    private static func activation(_ name: String, _ x: Tensor) -> Tensor {
        switch name {
        case "softmax": exp(logSoftmax(x))
        case "log_softmax": logSoftmax(x)
        default: Activation(rawValue: name)?(x) ?? x
        }
    }

    @Test func `a perceptron declares its layers in order, and its activations follow all but the last`() throws {
        var layout = ParameterLayout()
        let perceptron = MultilayerPerceptron(
            "p", sizes: [2, 3, 1], activation: .relu, hidden: Constant(1), output: Constant(-1), in: &layout)
        #expect(layout.slices.map(\.name) == ["p.0.weight", "p.0.bias", "p.1.weight", "p.1.bias"])
        #expect(layout.slices.map(\.shape) == [[3, 2], [3], [1, 3], [1]])
        let function = try TensorFunction(parameters: store(layout)) { trace in
            trace.output("y", perceptron(trace.input("x", 2)))
        }
        let program = function.program(batch: 2)
        program.input("x").replace(at: 0, with: [1, 2, -3, 1])
        program.run()
        // −3 · max(x₀ + x₁, 0)
        #expect(program.rows("y").values(0..<2) == [-9, 0])
    }
}

/// The identity matrix, row by row.
func identity(_ size: Int) -> [Float] {
    (0..<size * size).map { $0 / size == $0 % size ? 1 : 0 }
}
