import CKernels

/// A sum of elements: over everything, over the last axis, or over the first.
struct Sum: Operation {
    enum Axis: Hashable, Sendable {
        /// Everything, the batch included: a scalar.
        case all
        /// The last dimension, which stays as 1: `[batch, n]` → `[batch, 1]`.
        case columns
        /// The batch, or the first of two dimensions: `[batch, n]` → `[n]`.
        case rows
    }

    var axis: Axis
    var name: String {
        switch axis {
        case .all: "sum"
        case .columns: "sum over columns"
        case .rows: "sum over rows"
        }
    }

    func sumsOverBatch(_ inputs: [Shape]) -> Bool { inputs[0].isBatched && axis != .columns }

    func shape(of inputs: [Shape]) throws(Misfit) -> Shape {
        let input = inputs[0]
        switch axis {
        case .all: return .scalar
        case .columns:
            guard !input.dimensions.isEmpty else { throw Misfit("\(input) has no columns to sum over") }
            return Shape(input.dimensions.dropLast() + [1], isBatched: input.isBatched)
        case .rows:
            if input.isBatched { return Shape(input.dimensions) }
            guard input.dimensions.count == 2 else { throw Misfit("\(input) has no rows to sum over") }
            return Shape([input.dimensions[1]])
        }
    }

    func reference(_ inputs: [ReferenceTensor], shape: Shape, batch: Int) -> ReferenceTensor {
        let input = inputs[0]
        let last = input.shape.dimensions.last ?? 1
        var result = ReferenceTensor(shape: shape, batch: batch) { _, _ in 0 }
        for index in input.values.indices {
            let target =
                switch axis {
                case .all: 0
                case .columns: index / last
                case .rows: index % result.values.count
                }
            result.values[target] += input.values[index]
        }
        return result
    }

    func derivative(of output: Tensor, inputs: [Tensor], gradient: Tensor) -> [Tensor?] {
        [gradient.broadcast(to: inputs[0].shape)]
    }

    func instruction(_ operands: Lowering) -> ck_instruction {
        switch axis {
        case .all: return operands.rowwise(CK_sum_all)
        case .rows: return operands.rowwise(CK_sum_rows)
        case .columns:
            var narrow = operands
            let count = operands.inputs[0].extents.count
            narrow.inputs[0].extents = Extents(
                rows: operands.output.extents.count, columns: count / operands.output.extents.count)
            return narrow.rowwise(CK_sum_columns)
        }
    }
}

/// The input repeated to a larger shape.
struct Broadcast: Operation {
    var target: Shape
    var name: String { "broadcast" }

    func shape(of inputs: [Shape]) throws(Misfit) -> Shape {
        guard inputs[0].broadcast(with: target) == target else { throw Misfit("\(inputs[0]) does not fill \(target)") }
        return target
    }
    func reference(_ inputs: [ReferenceTensor], shape: Shape, batch: Int) -> ReferenceTensor {
        ReferenceTensor(shape: shape, batch: batch) { inputs[0].broadcast($0, $1, to: shape) }
    }
    func derivative(of output: Tensor, inputs: [Tensor], gradient: Tensor) -> [Tensor?] {
        [gradient.summed(to: inputs[0].shape)]
    }
    func instruction(_ operands: Lowering) -> ck_instruction { operands.elementwise(CK_affine, alpha: 1) }
}

extension Tensor {
    /// The sum of all elements, of the whole batch: a scalar.
    public func sum() -> Tensor { applying(Sum(axis: .all)) }

    /// The mean of all elements, of the whole batch: a scalar.
    public func mean() -> Tensor {
        sum().affine(scale: 1 / Float(shape.elementsPerRow), dividesByBatch: shape.isBatched)
    }

    /// The sum over the last dimension: `[batch, n]` → `[batch, 1]`.
    public func sumOfColumns() -> Tensor { applying(Sum(axis: .columns)) }

    /// The sum over the batch: `[batch, n]` → `[n]`.
    public func sumOverBatch() -> Tensor { applying(Sum(axis: .rows)) }

    /// This tensor repeated to `target`.
    public func broadcast(to target: Shape) -> Tensor {
        shape == target ? self : applying(Broadcast(target: target))
    }

    /// The transpose of broadcasting: the sum over every axis along which `target` was repeated to this shape.
    func summed(to target: Shape) -> Tensor {
        if shape == target { return self }
        // A gradient that is itself a broadcast (a constant, say) may be smaller than the operation's result was.
        if shape.broadcast(with: target) == target && shape.elementsPerRow <= target.elementsPerRow
            && (target.isBatched || !shape.isBatched)
        {
            return broadcast(to: target)
        }
        if target.elementsPerRow == 1 && !target.isBatched { return sum().reshaped(to: target.dimensions) }
        if target.isBatched { return applying(Sum(axis: .columns)).reshaped(to: target.dimensions) }
        let rows = applying(Sum(axis: .rows))
        return rows.shape == target ? rows : rows.summed(to: target)
    }
}
