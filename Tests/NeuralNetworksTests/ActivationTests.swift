import Autodiff
import Foundation
import NeuralNetworks
import Randomness
import Testing

@Suite struct ActivationTests {
    /// Values computed by PyTorch, read from `Fixtures/activations.json`.
    private struct Golden: Decodable {
        struct Case: Decodable { var output, gradient: [Double] }
        var input: [Double]
        var activations: [String: Case]

        static func load() throws -> Golden {
            try JSONDecoder().decode(Golden.self, from: Data(PackageResources.activations_json))
        }
    }

    @Test(arguments: Activation.allCases.filter { $0 != .identity })
    func `every activation and its gradient equal PyTorch's`(_ activation: Activation) throws {
        let golden = try Golden.load()
        let expected = try #require(golden.activations[activation.rawValue])
        let (output, gradient) = try values(of: activation, at: golden.input.map { Float($0) })
        #expect(largestError(output, expected.output) < singlePrecision)
        #expect(largestError(gradient, expected.gradient) < singlePrecision)
    }

    @Test(arguments: Activation.allCases.filter { $0 != .softmax })
    func `no activation overflows`(_ activation: Activation) throws {
        let (output, gradient) = try values(of: activation, at: [-1e4, -200, -88, 88, 200, 1e4])
        #expect(output.allSatisfy { $0.isFinite }, "\(output)")
        #expect(gradient.allSatisfy { $0.isFinite }, "\(gradient)")
        if activation == .softplus {
            #expect(Array(output[..<2]) == [0, 0])
            // e⁻⁸⁸, where 1 + e⁻⁸⁸ has long been rounded to 1, and the input itself.
            #expect(output[2] < 1e-37)
            #expect(Array(output[3...]) == [88, 200, 1e4])
        }
    }

    @Test func `softplus of a very negative number is its exponential`() throws {
        let (output, _) = try values(of: .softplus, at: [-20])
        #expect(abs(Double(output[0]) / 2.061153620314381e-9 - 1) < 1e-6)
    }

    /// The activation's values at `input`, and the gradient of their sum weighted by 1, 2, ….
    private func values(of activation: Activation, at values: [Float]) throws -> (output: [Float], gradient: [Float]) {
        var layout = ParameterLayout()
        let input = layout.declare("input", shape: [values.count], initializer: Constant(0))
        let weight = layout.declare("outputWeight", shape: [values.count], initializer: Constant(0))
        var random = RandomStream(seed: 1, purpose: "weights")
        let store = ParameterStore(layout, using: &random)
        store[input] = values
        store[weight] = (1...values.count).map { Float($0) }
        let function = try TensorFunction(parameters: store) { trace in
            trace.differentiate((activation(trace.parameter(input)) * trace.parameter(weight)).sum())
        }
        function.program(batch: 1).run()
        // The sum is linear in the weights: its gradient with respect to them is the output.
        return (function.gradients.values(weight.range), function.gradients.values(input.range))
    }
}
