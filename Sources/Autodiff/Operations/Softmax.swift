import CKernels

#if canImport(Glibc)
    import Glibc
#endif

/// eˣ / Σ eˣ along the last axis: `[…, n]` → `[…, n]`.
struct Softmax: Operation {
    /// The length of the last axis.
    var columns: Int
    var name: String { "softmax" }

    func shape(of inputs: [Shape]) -> Shape { inputs[0] }
    func reference(_ inputs: [ReferenceTensor], shape: Shape, batch: Int) -> ReferenceTensor {
        var result = inputs[0]
        for row in result.lastAxisRows {
            let sum = inputs[0].logarithmOfSum(row)
            for index in row { result.values[index] = exp(inputs[0].values[index] - sum) }
        }
        return result
    }
    func derivative(of output: Tensor, inputs: [Tensor], gradient: Tensor) -> [Tensor?] {
        [output.applying(SoftmaxDerivative(columns: columns), gradient.broadcast(to: output.shape))]
    }
    func instruction(_ operands: Lowering) -> ck_instruction {
        operands.alongLastAxis(CK_softmax, columns: columns)
    }
}

/// y (g − Σ y g) along the last axis, from the softmax y and the gradient g.
struct SoftmaxDerivative: Operation {
    var columns: Int
    var name: String { "softmax derivative" }

    func shape(of inputs: [Shape]) -> Shape { inputs[0] }
    func reference(_ inputs: [ReferenceTensor], shape: Shape, batch: Int) -> ReferenceTensor {
        let (y, g) = (inputs[0], inputs[1])
        var result = y
        for row in y.lastAxisRows {
            let sum = row.reduce(0) { $0 + y.values[$1] * g.values[$1] }
            for index in row { result.values[index] = y.values[index] * (g.values[index] - sum) }
        }
        return result
    }
    func derivative(of output: Tensor, inputs: [Tensor], gradient: Tensor) -> [Tensor?] {
        guard output.shape.dimensions.count == 1 else {
            output.graph.fail("softmax", "can be differentiated twice only over rows, not over \(output.shape)")
            return [nil, nil]
        }
        let (y, g) = (inputs[0], inputs[1])
        let h = gradient.broadcast(to: output.shape)
        return [h * (g - (y * g).sumOfColumns()) - g * (y * h).sumOfColumns(), y.applying(self, h)]
    }
    func instruction(_ operands: Lowering) -> ck_instruction {
        operands.alongLastAxis(CK_softmax_derivative, columns: columns)
    }
}

/// ln(softmax x) of each row.
struct LogSoftmax: Operation {
    var name: String { "log softmax" }

    func shape(of inputs: [Shape]) throws(Misfit) -> Shape {
        guard inputs[0].dimensions.count == 1 else { throw Misfit("\(inputs[0]): it takes rows of logits") }
        return inputs[0]
    }
    func reference(_ inputs: [ReferenceTensor], shape: Shape, batch: Int) -> ReferenceTensor {
        ReferenceTensor(shape: shape, batch: batch) { row, column in
            inputs[0][row, column] - inputs[0].logarithmOfSum(row)
        }
    }
    func derivative(of output: Tensor, inputs: [Tensor], gradient: Tensor) -> [Tensor?] {
        let g = gradient.broadcast(to: output.shape)
        return [g - exp(output) * g.sumOfColumns()]
    }
    func instruction(_ operands: Lowering) -> ck_instruction { operands.rowwise(CK_log_softmax) }
}

/// −ln(softmax of the logits) at each row's label: `[batch, classes]`, labels `[batch]` → `[batch]`.
struct CrossEntropy: Operation {
    var name: String { "cross entropy" }

    func shape(of inputs: [Shape]) throws(Misfit) -> Shape {
        guard inputs[0].isBatched, inputs[0].dimensions.count == 1, inputs[1] == .batch() else {
            throw Misfit("logits \(inputs[0]) and labels \(inputs[1]): it takes [batch, classes] and [batch]")
        }
        return .batch()
    }
    func reference(_ inputs: [ReferenceTensor], shape: Shape, batch: Int) -> ReferenceTensor {
        ReferenceTensor(shape: shape, batch: batch) { row, _ in
            inputs[0].logarithmOfSum(row) - inputs[0][row, Int(inputs[1][row, 0])]
        }
    }
    func derivative(of output: Tensor, inputs: [Tensor], gradient: Tensor) -> [Tensor?] {
        let weights = gradient.shape == .scalar ? gradient : gradient.broadcast(to: .batch())
        return [inputs[0].applying(CrossEntropyDerivative(), inputs[1], weights), nil]
    }
    func instruction(_ operands: Lowering) -> ck_instruction {
        operands.rowwise(CK_cross_entropy, indices: operands.inputs[1])
    }
}

/// (softmax of the logits − 1 at the label) · weight: the gradient of `CrossEntropy` in one pass.
struct CrossEntropyDerivative: Operation {
    var name: String { "cross entropy derivative" }

    func shape(of inputs: [Shape]) -> Shape { inputs[0] }
    func reference(_ inputs: [ReferenceTensor], shape: Shape, batch: Int) -> ReferenceTensor {
        ReferenceTensor(shape: shape, batch: batch) { row, column in
            let probability = exp(inputs[0][row, column] - inputs[0].logarithmOfSum(row))
            let weight = inputs[2].broadcast(row, 0, to: .batch())
            return (probability - (Int(inputs[1][row, 0]) == column ? 1 : 0)) * weight
        }
    }
    func derivative(of output: Tensor, inputs: [Tensor], gradient: Tensor) -> [Tensor?] {
        output.graph.fail(
            "cross entropy",
            "has a kernel for its derivative and cannot be differentiated twice; "
                + "write −logSoftmax(logits).selecting(labels) instead")
        return [nil, nil, nil]
    }
    func instruction(_ operands: Lowering) -> ck_instruction {
        operands.rowwise(CK_cross_entropy_derivative, indices: operands.inputs[1], weights: operands.inputs[2])
    }
}

extension Lowering {
    /// A call of a kernel that walks rows of `columns` elements, the same for every input.
    fileprivate func alongLastAxis(_ operation: ck_operation, columns: Int) -> ck_instruction {
        var operands = ck_operands()
        operands.out = output.floats
        operands.rows = output.extents.count / columns
        operands.columns = columns
        operands.a = UnsafePointer(inputs[0].floats)
        if inputs.count > 1 { operands.b = UnsafePointer(inputs[1].floats) }
        return call(operation, operands)
    }
}

extension ReferenceTensor {
    /// The indices of the elements of each row along the last axis.
    fileprivate var lastAxisRows: [Range<Int>] {
        let columns = shape.dimensions.last ?? 1
        return stride(from: 0, to: values.count, by: columns).map { $0..<$0 + columns }
    }

    /// ln Σ eˣ over the elements in `row`.
    fileprivate func logarithmOfSum(_ row: Range<Int>) -> Double {
        let maximum = values[row].max() ?? 0
        return maximum + log(values[row].reduce(0) { $0 + exp($1 - maximum) })
    }

    /// ln Σ eˣ over one row.
    fileprivate func logarithmOfSum(_ row: Int) -> Double {
        let values = (0..<extents.columns).map { self[row, $0] }
        let maximum = values.max() ?? 0
        return maximum + log(values.reduce(0) { $0 + exp($1 - maximum) })
    }
}

/// eˣ / Σ eˣ along the last axis: `[batch, n]` → `[batch, n]`.
public func softmax(_ x: Tensor) -> Tensor {
    x.applying(Softmax(columns: x.shape.dimensions.last ?? 1))
}

/// ln(softmax x) of each row of logits.
public func logSoftmax(_ x: Tensor) -> Tensor { x.applying(LogSoftmax()) }

/// The cross entropy of each row of logits `[batch, classes]` with its label `[batch]`, in nats: `[batch]`.
public func crossEntropy(_ logits: Tensor, _ labels: Tensor) -> Tensor { logits.applying(CrossEntropy(), labels) }
