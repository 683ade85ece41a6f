import Autodiff
import CKernels
import Randomness
import Testing

/// A formula to check: its parameters, its inputs, and what it computes of them.
struct Formula: Sendable, CustomTestStringConvertible {
    var name: String
    var parameters: [(name: String, shape: [Int])] = []
    var inputs: [(label: String, columns: Int)] = []
    /// Inputs of whole numbers below a bound.
    var indices: [(label: String, bound: Int)] = []
    /// Inputs of tokens, −1 … bound − 1, several a row.
    var tokens: [(label: String, length: Int, bound: Int)] = []
    var mode = Trace.Mode.inference
    /// The range that parameters and inputs are drawn from.
    var range: ClosedRange<Double> = -1.5...1.5
    var body: @Sendable (inout Trace, [Tensor]) -> Tensor

    var testDescription: String { name }
    var indexLabels: [String] { indices.map(\.label) + tokens.map(\.label) }

    /// Drawn parameters and inputs for a batch.
    struct Data {
        var store: ParameterStore
        var inputs: [String: [Double]]
    }

    func draw(batch: Int, seed: UInt64) -> Data {
        var random = RandomStream(seed: seed, purpose: "formula")
        var layout = ParameterLayout()
        for parameter in parameters {
            _ = layout.declare(parameter.name, shape: parameter.shape, initializer: Uniform(range: range))
        }
        let store = ParameterStore(layout, using: &random)
        var values: [String: [Double]] = [:]
        for input in inputs {
            // Rounded to float, so that both executors see the same numbers.
            values[input.label] = (0..<batch * input.columns).map { _ in Double(Float(random.uniform(in: range))) }
        }
        for input in indices {
            values[input.label] = (0..<batch).map { _ in Double(random.index(below: input.bound)) }
        }
        for input in tokens {
            values[input.label] = (0..<batch * input.length).map { _ in Double(random.index(below: input.bound + 1) - 1)
            }
        }
        return Data(store: store, inputs: values)
    }

    /// The formula with a loss on top that weighs every element of its value differently.
    func function(_ store: ParameterStore, level: Int32) throws -> TensorFunction {
        try TensorFunction(parameters: store, mode: mode, level: level) { trace in
            let value = body(&trace, store.layout.slices.map { trace.parameter($0) })
            trace.output("value", value)
            let loss = (value * value * 0.5 + 0.3 * value).mean()
            trace.output("loss", loss)
            trace.differentiate(loss)
        }
    }

    static func fill(_ program: Program, with inputs: [String: [Double]], indices: [String]) {
        for (label, values) in inputs where program.hasInput(label) {
            if indices.contains(label) {
                program.setIndices(label, values.map { Int32($0) })
            } else {
                program.input(label).replace(at: 0, with: values.map { Float($0) })
            }
        }
    }

    static let levels: [Int32] = Array(Int32(-1)...ck_machine_level())
}

/// Values drawn evenly from a range, rounded to float.
struct Uniform: Initializer {
    var range: ClosedRange<Double>
    func values(shape: [Int], using random: inout RandomStream) -> [Float] {
        (0..<shape.reduce(1, *)).map { _ in Float(random.uniform(in: range)) }
    }
}
