import Autodiff
import NeuralNetworks
import Testing

@Suite struct AttentionTests {
    /// Scores reach 12, where single precision has steps of 1e-6; a softmax makes their errors relative ones of its
    /// weights, and gradients of up to 14 are sums of products with these.
    private let scorePrecision = 1e-5

    @Test func `attention and its gradients equal PyTorch's MultiheadAttention`() throws {
        try PyTorchLayer.named("multihead_attention").check(precision: scorePrecision) { layout in
            MultiHeadAttention("layer", width: 8, heads: 2, in: &layout)
        }
    }

    @Test func `causal attention and its gradients equal PyTorch's with a mask`() throws {
        try PyTorchLayer.named("multihead_attention_causal").check(precision: scorePrecision) { layout in
            MultiHeadAttention("layer", width: 8, heads: 2, isCausal: true, in: &layout)
        }
    }

    /// The result `[rows, steps, 8]`, and the gradient of its weighted sum over the steps within `lengths`.
    private func run(
        _ x: [Float], steps: Int, isCausal: Bool = false, lengths: [Int32]? = nil
    ) throws -> (result: [Float], gradient: [Float]) {
        var layout = ParameterLayout()
        let layer = MultiHeadAttention("a", width: 8, heads: 2, isCausal: isCausal, in: &layout)
        let function = try TensorFunction(parameters: .drawn(layout)) { trace in
            let context = SequenceContext(lengths: lengths == nil ? nil : trace.indices("lengths"))
            let y = layer(trace.input("x", steps, 8), context)
            trace.output("y", y)
            trace.differentiate((y * trace.input("weights", steps, 8)).sum())
        }
        let rows = x.count / (8 * steps)
        let program = function.program(batch: rows)
        program.input("x").replace(at: 0, with: x)
        let weights = program.input("weights")
        for row in 0..<rows {
            for step in 0..<Int(lengths?[row] ?? Int32(steps)) {
                weights.replace(
                    at: (row * steps + step) * 8, with: normalNumbers(8, seed: UInt64(100 * row + step)))
            }
        }
        if let lengths { program.setIndices("lengths", lengths) }
        program.run()
        return (program.rows("y").values(0..<x.count), function.gradients.values(0..<function.gradients.count))
    }

    @Test(arguments: [false, true])
    func `within its length a sequence is attended to as if it ended there`(isCausal: Bool) throws {
        let (rows, steps, length) = (2, 6, 4)
        let x = normalNumbers(rows * steps * 8, seed: 21)
        let lengths = [Int32](repeating: Int32(length), count: rows)
        let masked = try run(x, steps: steps, isCausal: isCausal, lengths: lengths)
        func shortened(_ values: [Float]) -> [Float] {
            (0..<rows).flatMap { values[$0 * steps * 8..<($0 * steps + length) * 8] }
        }
        let expected = try run(shortened(x), steps: length, isCausal: isCausal)
        #expect(largestDifference(shortened(masked.result), expected.result) < 1e-6)
        #expect(largestDifference(masked.gradient, expected.gradient) < 1e-5)
    }

    @Test func `no step of causal attention depends on a later one`() throws {
        let steps = 5
        let x = normalNumbers(steps * 8, seed: 22)
        let before = try run(x, steps: steps, isCausal: true).result
        for changed in 0..<steps {
            var other = x
            for column in 0..<8 { other[changed * 8 + column] += 1 }
            let after = try run(other, steps: steps, isCausal: true).result
            #expect(Array(after[..<(changed * 8)]) == Array(before[..<(changed * 8)]))
            let now = changed * 8..<changed * 8 + 8
            #expect(largestDifference(Array(after[now]), Array(before[now])) > 1e-3)
        }
    }
}
