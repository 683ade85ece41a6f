import CKernels

#if canImport(Glibc)
    import Glibc
#endif

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

extension ReferenceTensor {
    /// ln Σ eˣ over one row.
    fileprivate func logarithmOfSum(_ row: Int) -> Double {
        let values = (0..<extents.columns).map { self[row, $0] }
        let maximum = values.max() ?? 0
        return maximum + log(values.reduce(0) { $0 + exp($1 - maximum) })
    }
}

/// ln(softmax x) of each row of logits.
public func logSoftmax(_ x: Tensor) -> Tensor { x.applying(LogSoftmax()) }

/// The cross entropy of each row of logits `[batch, classes]` with its label `[batch]`, in nats: `[batch]`.
public func crossEntropy(_ logits: Tensor, _ labels: Tensor) -> Tensor { logits.applying(CrossEntropy(), labels) }
