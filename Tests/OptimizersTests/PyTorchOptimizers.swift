import Autodiff
import Foundation
import LinearAlgebra
import NeuralNetworks
import Optimizers
import Randomness

/// A small network's way under PyTorch's optimizers, read from `Fixtures/pytorch.json`.
struct PyTorchOptimizers: Decodable {
    /// A tensor as nested JSON arrays, flattened.
    struct Values: Decodable {
        var values: [Double]
        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let rows = try? container.decode([[Double]].self) {
                values = Array(rows.joined())
            } else {
                values = try container.decode([Double].self)
            }
        }
    }
    struct Run: Decodable {
        /// Before each of the five steps.
        var losses: [Double]
        var afterStep1, afterStep5: [String: Values]
    }
    struct Clipping: Decodable {
        var gradients, clipped: [String: Values]
        var norm: Double
    }

    var features: Values
    var labels: [Int32]
    var parameters: [String: Values]
    var optimizers: [String: Run]
    var clipping: Clipping
    /// Learning rates step by step, from 0.1.
    var schedules: [String: [Double]]

    static func load() throws -> PyTorchOptimizers {
        try JSONDecoder().decode(PyTorchOptimizers.self, from: Data(PackageResources.pytorch_json))
    }

    static let shapes: [(name: String, shape: [Int])] = [
        ("0.weight", [5, 4]), ("0.bias", [5]), ("2.weight", [3, 5]), ("2.bias", [3]),
    ]

    /// The network Linear(4, 5)–Tanh–Linear(5, 3) under cross entropy, at its first parameters.
    func function() throws -> TensorFunction {
        var layout = ParameterLayout()
        let slices = Self.shapes.map { layout.declare($0.name, shape: $0.shape, initializer: Constant(0)) }
        var random = RandomStream(seed: 1, purpose: "weights")
        let store = ParameterStore(layout, using: &random)
        for slice in slices { store[slice] = (parameters[slice.name]?.values ?? []).map { Float($0) } }
        return try TensorFunction(parameters: store) { trace in
            let p = slices.map { trace.parameter($0) }
            let hidden = tanh(matrixProduct(trace.input("features", 4), p[0], transposingSecond: true) + p[1])
            let logits = matrixProduct(hidden, p[2], transposingSecond: true) + p[3]
            let loss = softmaxCrossEntropy(logits, trace.indices("labels"))
            trace.output("loss", loss)
            trace.differentiate(loss)
        }
    }

    /// The function's program on the six samples.
    func program(of function: TensorFunction) -> Program {
        let program = function.program(batch: 6)
        program.input("features").replace(at: 0, with: features.values.map { Float($0) })
        program.setIndices("labels", labels)
        return program
    }
}
