import Autodiff
import FileFormats
import Foundation
import NeuralNetworks
import Testing

/// Weights go to PyTorch and come back as safetensors files, between models of the same architecture.
@Suite(
    .serialized, .enabled(if: Python.hasPyTorch, "\(Python.path) has no torch and safetensors: set FLEDGE_PEERS_PYTHON")
)
struct PyTorchInterchangeTests {
    @Test func `a weights file that PyTorch saved gives the same outputs here`() throws {
        try withTemporaryFolder { folder in
            try Python.run(script: PackageResources.interchange_py, ["write", folder.path])
            for model in Model.all {
                let data = try archive(folder, "\(model.name)-data")
                let input = try data.floats("input")
                let output = try data.floats("output")
                let weights = try archive(folder, model.name)
                if model.name == "convolutional" {
                    #expect(weights.arrayNames.contains("1.num_batches_tracked"), "what we have not is passed over")
                }
                let store = ParameterStore.drawn(model.layout)
                try store.restore(from: weights)
                #expect(largestDifference(try model.output(store, input), output) < 1e-5, "\(model.name)")
            }
        }
    }

    @Test func `PyTorch loads a weights file of ours and gives the same outputs`() throws {
        try withTemporaryFolder { folder in
            for (index, model) in Model.all.enumerated() {
                let store = ParameterStore.drawn(model.layout, seed: 7)
                for slice in model.layout.slices where !slice.isTrainable {
                    store[slice] = normalNumbers(slice.count, seed: 40).map { abs($0) + 0.5 }
                }
                let input = normalNumbers(4 * model.inputShape.reduce(1, *), seed: UInt64(50 + index))
                let output = try model.output(store, input)
                var weights = Archive()
                store.save(into: &weights)
                try weights.encode("description", ["a": 1])
                var data = Archive()
                data.set("input", input, shape: [4] + model.inputShape)
                data.set("output", output, shape: [4] + model.outputShape)
                try write(weights, folder, model.name)
                try write(data, folder, "\(model.name)-data")
            }
            try Python.run(script: PackageResources.interchange_py, ["read", folder.path])
        }
    }

    private func archive(_ folder: URL, _ name: String) throws -> Archive {
        let file = folder.appending(path: "\(name).safetensors")
        return try Archive(decoding: Array(Data(contentsOf: file)), name: "\(name).safetensors")
    }

    private func write(_ archive: Archive, _ folder: URL, _ name: String) throws {
        try Data(archive.encoded()).write(to: folder.appending(path: "\(name).safetensors"))
    }
}

/// An architecture of `Fixtures/interchange.py`.
private struct Model {
    let name: String
    /// As PyTorch stores them, without the batch.
    let inputShape, outputShape: [Int]
    let layout: ParameterLayout
    let formula: @Sendable (Tensor) -> Tensor

    static var all: [Model] { [convolutional, recurrent("lstm"), recurrent("gru"), transformer] }

    func output(_ store: ParameterStore, _ input: [Float]) throws -> [Float] {
        let function = try TensorFunction(parameters: store) { trace in
            trace.output("output", formula(trace.input("input", inputShape)))
        }
        let program = function.program(batch: 4)
        program.input("input").replace(at: 0, with: input)
        program.run()
        return program.rows("output").values(0..<4 * outputShape.reduce(1, *))
    }

    static var convolutional: Model {
        var layout = ParameterLayout()
        let draw = VarianceScaling.glorotUniform
        let first = Convolution2D(
            "0", from: 2, to: 6, window: Window(.init(3, 3), padding: .init(1, 1)), initializer: draw, in: &layout)
        let firstNorm = BatchNormalization("1", channels: 6, in: &layout)
        let second = Convolution2D(
            "4", from: 6, to: 8, window: Window(.init(3, 3), stride: .init(2, 2)), hasBias: false, initializer: draw,
            in: &layout)
        let secondNorm = BatchNormalization("5", channels: 8, in: &layout)
        let head = Dense("8", from: 32, to: 5, initializer: draw, in: &layout)
        return Model(name: "convolutional", inputShape: [2, 12, 12], outputShape: [5], layout: layout) { x in
            let halved = relu(firstNorm(first(x.channelsLast()))).maximumPooled(
                Window(.init(2, 2), stride: .init(2, 2)))
            return head(relu(secondNorm(second(halved))).channelsFirst().reshaped(to: [32]))
        }
    }

    static func recurrent(_ name: String) -> Model {
        var layout = ParameterLayout()
        let layer: any Layer =
            name == "lstm"
            ? LongShortTermMemory("recurrent", from: 6, to: 10, in: &layout)
            : GatedRecurrentUnit("recurrent", from: 6, to: 10, in: &layout)
        let head = Dense("head", from: 10, to: 3, initializer: VarianceScaling.glorotUniform, in: &layout)
        return Model(name: name, inputShape: [7, 6], outputShape: [3], layout: layout) { head(layer($0)) }
    }

    static var transformer: Model {
        var layout = ParameterLayout()
        let draw = VarianceScaling.glorotUniform
        let norms = ["norm1", "norm2"].map { LayerNormalization($0, width: 12, in: &layout) }
        let attention = MultiHeadAttention("attention", width: 12, heads: 3, in: &layout)
        let hidden = Dense("linear1", from: 12, to: 20, activation: .relu, initializer: draw, in: &layout)
        let back = Dense("linear2", from: 20, to: 12, initializer: draw, in: &layout)
        let block = Sequential([
            Residual(Sequential([norms[0], attention])), Residual(Sequential([norms[1], hidden, back])),
        ])
        return Model(name: "transformer", inputShape: [5, 12], outputShape: [5, 12], layout: layout) { block($0) }
    }
}

/// The Python that has the peers' modules.
enum Python {
    static let path = ProcessInfo.processInfo.environment["FLEDGE_PEERS_PYTHON"] ?? "python3"

    /// Whether PyTorch and safetensors can be imported; found out without importing them, which takes seconds.
    static let hasPyTorch: Bool = {
        let check =
            "import importlib.util as u, sys; sys.exit(not (u.find_spec('torch') and u.find_spec('safetensors')))"
        return (try? run(script: Array(check.utf8), [])) != nil
    }()

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// - Throws: `Failure` with what it wrote to its standard error, unless it ends with 0.
    static func run(script: [UInt8], _ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [path, "-c", String(decoding: script, as: UTF8.self)] + arguments
        let errors = Pipe()
        process.standardError = errors
        try process.run()
        let text = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure(description: text) }
    }
}

/// Calls `body` with a folder of its own, which is removed afterwards.
private func withTemporaryFolder(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "interchange-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder)
}
