import CKernels

/// The entries of a table `[entries, width]` that tokens `[batch, length]` name: `[batch, length, width]`. A token below 0
/// is padding: its entry is zero.
struct Embedding: Operation {
    var name: String { "embedding" }

    func shape(of inputs: [Shape]) throws(Misfit) -> Shape {
        guard inputs[0].dimensions.count == 2, !inputs[0].isBatched, inputs[1].isBatched,
            inputs[1].dimensions.count == 1
        else {
            throw Misfit("a table \(inputs[0]) for tokens \(inputs[1]): it takes [entries, width], [batch, length]")
        }
        return .batch(inputs[1].dimensions[0], inputs[0].dimensions[1])
    }
    func reference(_ inputs: [ReferenceTensor], shape: Shape, batch: Int) -> ReferenceTensor {
        let width = shape.dimensions[1]
        return ReferenceTensor(shape: shape, batch: batch) { row, column in
            let token = Int(inputs[1][row, column / width])
            return token < 0 ? 0 : inputs[0][token, column % width]
        }
    }
    func derivative(of output: Tensor, inputs: [Tensor], gradient: Tensor) -> [Tensor?] {
        let table = inputs[0].shape.dimensions
        return [gradient.broadcast(to: output.shape).applying(EmbeddingGradient(table: table), inputs[1]), nil]
    }
    func instruction(_ operands: Lowering) -> ck_instruction {
        let details = tokens(table: operands.inputs[0].shape.dimensions, operands.inputs[1].shape)
        return operands.layer(
            CK_LAYER_embedding, [operands.inputs[0]], details: details, indices: operands.inputs[1])
    }
}

/// The gradients `[batch, length, width]` added up by token: a table.
struct EmbeddingGradient: Operation {
    var table: [Int]
    var name: String { "embedding's gradient" }

    func sumsOverBatch(_ inputs: [Shape]) -> Bool { true }
    func shape(of inputs: [Shape]) -> Shape { Shape(table) }
    func reference(_ inputs: [ReferenceTensor], shape: Shape, batch: Int) -> ReferenceTensor {
        var result = ReferenceTensor(shape: shape, batch: batch) { _, _ in 0 }
        for (place, token) in inputs[1].values.enumerated() where token >= 0 {
            for column in 0..<table[1] {
                result.values[Int(token) * table[1] + column] += inputs[0].values[place * table[1] + column]
            }
        }
        return result
    }
    func derivative(of output: Tensor, inputs: [Tensor], gradient: Tensor) -> [Tensor?] {
        [gradient.broadcast(to: output.shape).applying(Embedding(), inputs[1]), nil]
    }
    func instruction(_ operands: Lowering) -> ck_instruction {
        var call = operands.layer(
            CK_LAYER_embedding_gradient, [operands.inputs[0]], details: tokens(table: table, operands.inputs[1].shape),
            indices: operands.inputs[1])
        call.operands.rows = operands.inputs[0].extents.rows
        return call
    }
}

/// The sum, or the mean, of the entries that a row's tokens name, each times its weight where a third input
/// `[batch, length]` gives weights: `[batch, width]`.
struct EmbeddingBag: Operation {
    var averages: Bool
    var name: String { "embedding bag" }

    func shape(of inputs: [Shape]) throws(Misfit) -> Shape {
        let sequence = try Embedding().shape(of: Array(inputs.prefix(2)))
        guard inputs.count < 3 || inputs[2] == inputs[1] else {
            throw Misfit("weights \(inputs[2]) for tokens \(inputs[1])")
        }
        return .batch(sequence.dimensions[1])
    }
    func reference(_ inputs: [ReferenceTensor], shape: Shape, batch: Int) -> ReferenceTensor {
        let shares = shares(inputs[1], weights: inputs.count > 2 ? inputs[2] : nil)
        return ReferenceTensor(shape: shape, batch: batch) { row, column in
            (0..<inputs[1].extents.columns).reduce(0.0) { sum, place in
                let token = Int(inputs[1][row, place])
                return token < 0 ? sum : sum + shares[row, place] * inputs[0][token, column]
            }
        }
    }
    /// What each token's entry is multiplied by.
    fileprivate func shares(_ tokens: ReferenceTensor, weights: ReferenceTensor?) -> ReferenceTensor {
        let length = tokens.extents.columns
        var shares = tokens
        for place in tokens.values.indices {
            let row = place / length * length
            let count = tokens.values[row..<row + length].count { $0 >= 0 }
            shares.values[place] = (weights?.values[place] ?? 1) / (averages ? Double(max(count, 1)) : 1)
        }
        return shares
    }
    func derivative(of output: Tensor, inputs: [Tensor], gradient: Tensor) -> [Tensor?] {
        let operation = EmbeddingBagGradient(averages: averages, table: inputs[0].shape.dimensions)
        let g = gradient.broadcast(to: output.shape)
        // Weights are data.
        return inputs.count > 2
            ? [g.applying(operation, inputs[1], inputs[2]), nil, nil] : [g.applying(operation, inputs[1]), nil]
    }
    func instruction(_ operands: Lowering) -> ck_instruction {
        var details = tokens(table: operands.inputs[0].shape.dimensions, operands.inputs[1].shape)
        details.averages = averages ? 1 : 0
        return operands.layer(
            CK_LAYER_embedding_bag, [operands.inputs[0], operands.inputs.count > 2 ? operands.inputs[2] : nil],
            details: details, indices: operands.inputs[1])
    }
}

/// The derivative of `EmbeddingBag` by its table.
struct EmbeddingBagGradient: Operation {
    var averages: Bool
    var table: [Int]
    var name: String { "embedding bag's gradient" }

    func sumsOverBatch(_ inputs: [Shape]) -> Bool { true }
    func shape(of inputs: [Shape]) -> Shape { Shape(table) }
    func reference(_ inputs: [ReferenceTensor], shape: Shape, batch: Int) -> ReferenceTensor {
        var result = ReferenceTensor(shape: shape, batch: batch) { _, _ in 0 }
        let shares = EmbeddingBag(averages: averages).shares(inputs[1], weights: inputs.count > 2 ? inputs[2] : nil)
        for (place, token) in inputs[1].values.enumerated() where token >= 0 {
            let row = place / inputs[1].extents.columns
            for column in 0..<table[1] {
                result.values[Int(token) * table[1] + column] += shares.values[place] * inputs[0][row, column]
            }
        }
        return result
    }
    func derivative(of output: Tensor, inputs: [Tensor], gradient: Tensor) -> [Tensor?] {
        let g = gradient.broadcast(to: output.shape)
        let bag = EmbeddingBag(averages: averages)
        return inputs.count > 2
            ? [g.applying(bag, inputs[1], inputs[2]), nil, nil] : [g.applying(bag, inputs[1]), nil]
    }
    func instruction(_ operands: Lowering) -> ck_instruction {
        var details = tokens(table: table, operands.inputs[1].shape)
        details.averages = averages ? 1 : 0
        var call = operands.layer(
            CK_LAYER_embedding_bag_gradient,
            [operands.inputs[0], operands.inputs.count > 2 ? operands.inputs[2] : nil], details: details,
            indices: operands.inputs[1])
        call.operands.rows = operands.inputs[0].extents.rows
        return call
    }
}

private func tokens(table: [Int], _ tokens: Shape) -> ck_tokens {
    ck_tokens(length: Int32(tokens.dimensions[0]), entries: Int32(table[0]), width: Int32(table[1]), averages: 0)
}

extension Tensor {
    /// The entries of this table `[entries, width]` that `tokens` `[batch, length]` name: `[batch, length, width]`; zeros
    /// for a token below 0.
    public func embedding(_ tokens: Tensor) -> Tensor { applying(Embedding(), tokens) }

    /// The sum, or the mean, of the entries that a row's tokens name, each times its weight: `[batch, width]`. Weights
    /// `[batch, length]` are constants to differentiation.
    public func embeddingBag(_ tokens: Tensor, weights: Tensor? = nil, averaging: Bool = false) -> Tensor {
        let operation = EmbeddingBag(averages: averaging)
        return weights.map { applying(operation, tokens, $0) } ?? applying(operation, tokens)
    }
}
