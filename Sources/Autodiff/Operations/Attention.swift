import CKernels

#if canImport(Glibc)
    import Glibc
#endif

/// Scaled dot-product attention in several heads: Vaswani et al. (2017), eq. 1.
///
/// Inputs are queries, keys and values `[batch, steps, width]`, and where given the length of each sequence, `[batch]`:
/// nothing looks at what is past it.
struct Attention: Operation {
    var heads: Int
    /// Whether no step looks at later ones.
    var isCausal: Bool
    var hasLengths: Bool

    var name: String { (isCausal ? "causal " : "") + "attention in \(heads) heads" }

    func shape(of inputs: [Shape]) throws(Misfit) -> Shape {
        guard inputs[0].isBatched, inputs[0].dimensions.count == 2, inputs[0] == inputs[1], inputs[0] == inputs[2]
        else {
            throw Misfit("queries \(inputs[0]), keys \(inputs[1]), values \(inputs[2]): all are [batch, steps, width]")
        }
        guard inputs[0].dimensions[1] % heads == 0 else {
            throw Misfit("a width of \(inputs[0].dimensions[1]) in \(heads) heads")
        }
        return inputs[0]
    }

    /// softmax(q kᵀ / √size) for one row and head, `[steps][steps]`.
    fileprivate func weights(_ inputs: [ReferenceTensor], row: Int, head: Int) -> [[Double]] {
        let (steps, width) = (inputs[0].shape.dimensions[0], inputs[0].shape.dimensions[1])
        let size = width / heads
        let length = hasLengths ? min(Int(inputs[inputs.count - 1].values[row]), steps) : steps
        return (0..<steps).map { step in
            let seen = isCausal ? min(step + 1, length) : length
            let scores = (0..<seen).map { other in
                (0..<size).reduce(0.0) {
                    $0 + inputs[0][row, step * width + head * size + $1]
                        * inputs[1][row, other * width + head * size + $1]
                } / Double(size).squareRoot()
            }
            let most = scores.max() ?? 0
            let exponentials = scores.map { exp($0 - most) }
            let sum = exponentials.reduce(0, +)
            return exponentials.map { $0 / sum } + [Double](repeating: 0, count: steps - max(seen, 0))
        }
    }

    func reference(_ inputs: [ReferenceTensor], shape: Shape, batch: Int) -> ReferenceTensor {
        let (steps, width) = (shape.dimensions[0], shape.dimensions[1])
        let size = width / heads
        var result = ReferenceTensor(shape: shape, batch: batch) { _, _ in 0 }
        for row in 0..<batch {
            for head in 0..<heads {
                let weights = weights(inputs, row: row, head: head)
                for step in 0..<steps {
                    for column in head * size..<(head + 1) * size {
                        result.values[(row * steps + step) * width + column] =
                            (0..<steps).reduce(0.0) { $0 + weights[step][$1] * inputs[2][row, $1 * width + column] }
                    }
                }
            }
        }
        return result
    }

    func derivative(of output: Tensor, inputs: [Tensor], gradient: Tensor) -> [Tensor?] {
        let width = output.shape.dimensions[1]
        let gradients = output.graph.record(
            AttentionGradient(attention: self),
            Array(inputs.prefix(3)) + [gradient.broadcast(to: output.shape)] + inputs.dropFirst(3))
        return (0..<3).map { gradients.columns($0 * width..<($0 + 1) * width) } + inputs.dropFirst(3).map { _ in nil }
    }

    func multiplyAdds(_ inputs: [Shape], output: Shape) -> Int {
        2 * output.dimensions[0] * output.elementsPerRow
    }
    fileprivate func details(_ shape: Shape) -> ck_attention {
        ck_attention(
            steps: Int32(shape.dimensions[0]), width: Int32(shape.dimensions[1]), heads: Int32(heads),
            causal: isCausal ? 1 : 0)
    }
    func scratchCount(_ inputs: [Shape], output: Shape, rows: Int) -> Int {
        var details = details(inputs[0])
        return ck_attention_scratch(&details)
    }
    func instruction(_ operands: Lowering) -> ck_instruction {
        operands.layer(
            CK_LAYER_attention, Array(operands.inputs.prefix(3)), details: details(operands.inputs[0].shape),
            indices: hasLengths ? operands.inputs[3] : nil)
    }
}

/// The derivatives of `Attention` by queries, keys and values, side by side: `[batch, steps, 3 · width]`.
struct AttentionGradient: Operation {
    var attention: Attention
    var name: String { "attention's gradient" }

    func shape(of inputs: [Shape]) -> Shape { .batch(inputs[0].dimensions[0], 3 * inputs[0].dimensions[1]) }
    func reference(_ inputs: [ReferenceTensor], shape: Shape, batch: Int) -> ReferenceTensor {
        let (steps, width) = (inputs[0].shape.dimensions[0], inputs[0].shape.dimensions[1])
        let size = width / attention.heads
        let scale = 1 / Double(size).squareRoot()
        var result = ReferenceTensor(shape: shape, batch: batch) { _, _ in 0 }
        for row in 0..<batch {
            for head in 0..<attention.heads {
                let weights = attention.weights(inputs, row: row, head: head)
                for step in 0..<steps {
                    let byWeights = (0..<steps).map { other in
                        (head * size..<(head + 1) * size).reduce(0.0) {
                            $0 + inputs[3][row, step * width + $1] * inputs[2][row, other * width + $1]
                        }
                    }
                    let mean = zip(weights[step], byWeights).reduce(0) { $0 + $1.0 * $1.1 }
                    for other in 0..<steps {
                        let byScore = weights[step][other] * (byWeights[other] - mean) * scale
                        for column in head * size..<(head + 1) * size {
                            func add(_ part: Int, at step: Int, _ value: Double) {
                                result.values[(row * steps + step) * 3 * width + part * width + column] += value
                            }
                            add(0, at: step, byScore * inputs[1][row, other * width + column])
                            add(1, at: other, byScore * inputs[0][row, step * width + column])
                            add(2, at: other, weights[step][other] * inputs[3][row, step * width + column])
                        }
                    }
                }
            }
        }
        return result
    }
    func derivative(of output: Tensor, inputs: [Tensor], gradient: Tensor) -> [Tensor?] {
        output.graph.fail("attention", "has a kernel for its derivative and cannot be differentiated twice")
        return inputs.map { _ in nil }
    }
    func multiplyAdds(_ inputs: [Shape], output: Shape) -> Int {
        5 * inputs[0].dimensions[0] * inputs[0].elementsPerRow
    }
    func scratchCount(_ inputs: [Shape], output: Shape, rows: Int) -> Int {
        attention.scratchCount(inputs, output: output, rows: rows)
    }
    func instruction(_ operands: Lowering) -> ck_instruction {
        operands.layer(
            CK_LAYER_attention_gradient, Array(operands.inputs.prefix(4)),
            details: attention.details(operands.inputs[0].shape),
            indices: attention.hasLengths ? operands.inputs[4] : nil)
    }
}

/// softmax(q kᵀ / √size) v in each of `heads` heads: Vaswani et al. (2017), eq. 1.
///
/// - Parameters:
///   - queries, keys, values: `[batch, steps, width]`.
///   - isCausal: whether no step looks at later ones.
///   - lengths: of each sequence, `[batch]`: nothing looks at what is past it.
/// - Returns: `[batch, steps, width]`.
public func attention(
    queries: Tensor, keys: Tensor, values: Tensor, heads: Int, isCausal: Bool = false, lengths: Tensor? = nil
) -> Tensor {
    precondition(heads > 0, "attention in \(heads) heads")
    let operation = Attention(heads: heads, isCausal: isCausal, hasLengths: lengths != nil)
    return queries.graph.record(operation, [queries, keys, values] + (lengths.map { [$0] } ?? []))
}
