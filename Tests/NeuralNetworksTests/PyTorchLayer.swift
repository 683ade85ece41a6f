import Autodiff
import Foundation
import NeuralNetworks
import Randomness
import Testing

/// A layer's forward and backward pass by PyTorch, read from `Fixtures/pytorch-layers.json`.
struct PyTorchLayer: Decodable {
    struct Values: Decodable {
        var shape: [Int]
        var values: [Double]

        var floats: [Float] { values.map { Float($0) } }
    }

    /// Both by PyTorch's names.
    var parameters, parameterGradients: [String: Values]
    var input, output, outputWeight: Values
    /// Nil where the input is whole numbers.
    var inputGradient: Values?
    /// Running statistics after the step.
    var statistics: [String: Values]

    static func named(_ name: String) throws -> PyTorchLayer {
        struct Fixture: Decodable { var layers: [String: PyTorchLayer] }
        let data = Data(PackageResources.pytorch_layers_json)
        return try #require(JSONDecoder().decode(Fixture.self, from: data).layers[name])
    }

    /// Checks that `layer`'s output, the gradients of Σ output · outputWeight by its parameters and its input, and its
    /// running statistics are PyTorch's.
    ///
    /// - Parameters:
    ///   - channelsFirst: whether PyTorch's input and output are `[n, channels, …]`, where ours are `[n, …, channels]`.
    ///   - precision: the largest error that rounding explains.
    ///   - declare: declares the layer, called `layer`.
    func check(
        channelsFirst: Bool = false, precision: Double = singlePrecision,
        _ declare: (inout ParameterLayout) -> any Layer
    ) throws {
        var layout = ParameterLayout()
        let layer = declare(&layout)
        let rows = input.shape[0]
        let inner = Array(input.shape.dropFirst())
        let inputSlice = layout.declare("input", shape: [rows, inner.reduce(1, *)], initializer: Constant(0))
        let store = ParameterStore.zero(layout)
        #expect(parameters.keys.sorted() == layout.trainableNames(of: "layer"))
        for (name, values) in parameters {
            let slice = try #require(layout["layer.\(name)"])
            #expect(slice.shape == values.shape, "\(name)")
            store[slice] = values.floats
        }
        for slice in layout.slices where slice.name.hasSuffix("running_var") {
            store[slice] = [Float](repeating: 1, count: slice.count)
        }
        store[inputSlice] = input.floats

        let function = try TensorFunction(parameters: store, mode: .training) { trace in
            // Rows of the identity pick the input's rows one by one.
            let picked = matrixProduct(trace.input("identity", rows), trace.parameter(inputSlice))
            let x = inputGradient == nil ? trace.indices("tokens", length: inner[0]) : picked.reshaped(to: inner)
            let y = channelsFirst ? layer(x.channelsLast()).channelsFirst() : layer(x)
            trace.output("output", y)
            let weights = trace.input("outputWeight", Array(outputWeight.shape.dropFirst()))
            trace.differentiate((y * weights).sum())
        }
        let program = function.program(batch: rows)
        if program.hasInput("identity") { program.input("identity").replace(at: 0, with: identity(rows)) }
        if program.hasInput("tokens") { program.setIndices("tokens", input.values.map { Int32($0) }) }
        program.input("outputWeight").replace(at: 0, with: outputWeight.floats)
        program.run()
        program.applyUpdates()

        let ours = program.rows("output")
        let outputError = largestError(ours.values(0..<ours.count), output.values)
        #expect(outputError < precision, "the output")
        for (name, gradient) in parameterGradients {
            let slice = try #require(layout["layer.\(name)"])
            let error = largestError(function.gradients.values(slice.range), gradient.values)
            #expect(error < precision, "the gradient of \(name)")
        }
        if let inputGradient {
            let error = largestError(function.gradients.values(inputSlice.range), inputGradient.values)
            #expect(error < precision, "the gradient of the input")
        }
        for (name, values) in statistics {
            let slice = try #require(layout["layer.\(name)"])
            let error = largestError(store[slice], values.values)
            #expect(error < precision, "\(name)")
        }
    }
}

extension ParameterStore {
    /// Parameters drawn by their initializers.
    static func drawn(_ layout: ParameterLayout, seed: UInt64 = 1) -> ParameterStore {
        var random = RandomStream(seed: seed, purpose: "weights")
        return ParameterStore(layout, using: &random)
    }

    /// Parameters that are all 0.
    static func zero(_ layout: ParameterLayout) -> ParameterStore {
        let store = drawn(layout)
        for slice in layout.slices { store[slice] = [Float](repeating: 0, count: slice.count) }
        return store
    }
}

extension ParameterLayout {
    /// The names, after `layer.`, of what an optimizer steps, sorted.
    fileprivate func trainableNames(of layer: String) -> [String] {
        slices.filter { $0.isTrainable && $0.name.hasPrefix(layer + ".") }
            .map { String($0.name.dropFirst(layer.count + 1)) }.sorted()
    }
}

/// A formula as a layer.
struct FormulaLayer: Layer {
    let body: @Sendable (Tensor, SequenceContext) -> Tensor

    init(_ body: @escaping @Sendable (Tensor, SequenceContext) -> Tensor) { self.body = body }
    func callAsFunction(_ x: Tensor, _ sequence: SequenceContext) -> Tensor { body(x, sequence) }
}

/// Numbers from a standard normal distribution.
func normalNumbers(_ count: Int, seed: UInt64) -> [Float] {
    var random = RandomStream(seed: seed, purpose: "test data")
    return (0..<count).map { _ in Float(random.normal()) }
}

/// The largest difference.
func largestDifference(_ a: [Float], _ b: [Float]) -> Float {
    precondition(a.count == b.count, "\(a.count) values, \(b.count) values")
    return zip(a, b).map { abs($0 - $1) }.max() ?? 0
}
