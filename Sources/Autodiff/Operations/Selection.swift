import CKernels

/// The element of each row that an index names: `[batch, n]`, `[batch]` → `[batch]`.
struct Select: Operation {
    var name: String { "select" }

    func shape(of inputs: [Shape]) throws(Misfit) -> Shape {
        guard inputs[0].isBatched, inputs[0].dimensions.count == 1, inputs[1] == .batch() else {
            throw Misfit("\(inputs[0]) by \(inputs[1]): it takes [batch, n] and [batch]")
        }
        return .batch()
    }
    func reference(_ inputs: [ReferenceTensor], shape: Shape, batch: Int) -> ReferenceTensor {
        ReferenceTensor(shape: shape, batch: batch) { row, _ in inputs[0][row, Int(inputs[1][row, 0])] }
    }
    func derivative(of output: Tensor, inputs: [Tensor], gradient: Tensor) -> [Tensor?] {
        let columns = inputs[0].shape.dimensions[0]
        return [gradient.broadcast(to: .batch()).applying(Scatter(columns: columns), inputs[1]), nil]
    }
    func instruction(_ operands: Lowering) -> ck_instruction {
        operands.rowwise(CK_select, indices: operands.inputs[1])
    }
}

/// Rows of zeros but for the input's element at the index: `[batch]`, `[batch]` → `[batch, columns]`.
struct Scatter: Operation {
    var columns: Int
    var name: String { "scatter" }

    func shape(of inputs: [Shape]) -> Shape { .batch(columns) }
    func reference(_ inputs: [ReferenceTensor], shape: Shape, batch: Int) -> ReferenceTensor {
        ReferenceTensor(shape: shape, batch: batch) { row, column in
            column == Int(inputs[1][row, 0]) ? inputs[0][row, 0] : 0
        }
    }
    func derivative(of output: Tensor, inputs: [Tensor], gradient: Tensor) -> [Tensor?] {
        [gradient.broadcast(to: output.shape).applying(Select(), inputs[1]), nil]
    }
    func instruction(_ operands: Lowering) -> ck_instruction {
        var call = operands.rowwise(CK_scatter, indices: operands.inputs[1])
        call.operands.columns = columns
        call.operands.a_row = 1
        return call
    }
}

extension Tensor {
    /// The element of each row that `indices` names: `[batch, n]`, `[batch]` → `[batch]`.
    public func selecting(_ indices: Tensor) -> Tensor { applying(Select(), indices) }
}
