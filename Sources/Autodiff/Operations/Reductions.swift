import CKernels

/// A sum of elements: over everything, over the last axis, over the first, or over all but the last.
struct Sum: Operation {
    enum Axis: Hashable, Sendable {
        /// Everything, the batch included: a scalar.
        case all
        /// The last dimension, which stays as 1: `[batch, n]` → `[batch, 1]`.
        case columns
        /// The batch, or the first of two dimensions: `[batch, n]` → `[n]`.
        case rows
        /// All but the last dimension: `[batch, height, width, channels]` → `[channels]`.
        case places
    }

    var axis: Axis
    var name: String {
        switch axis {
        case .all: "sum"
        case .columns: "sum over columns"
        case .rows: "sum over rows"
        case .places: "sum over places"
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
        case .places:
            guard let columns = input.dimensions.last else { throw Misfit("\(input) has no columns to keep") }
            return Shape([columns])
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
                case .rows, .places: index % result.values.count
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
        case .columns, .places:
            var narrow = operands
            let (count, kept) = (operands.inputs[0].extents.count, operands.output.extents.count)
            narrow.inputs[0].extents =
                axis == .columns
                ? Extents(rows: kept, columns: count / kept) : Extents(rows: count / kept, columns: kept)
            return narrow.rowwise(axis == .columns ? CK_sum_columns : CK_sum_rows)
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

    /// The sum over the batch and over all dimensions but the last: `[batch, height, width, channels]` → `[channels]`.
    public func sumOverPlaces() -> Tensor { applying(Sum(axis: .places)) }

    /// The mean over the batch and over all dimensions but the last: `[batch, height, width, channels]` → `[channels]`.
    public func meanOverPlaces() -> Tensor {
        let places = shape.dimensions.dropLast().reduce(1, *)
        return sumOverPlaces().affine(scale: 1 / Float(places), dividesByBatch: shape.isBatched)
    }

    /// The mean over the last dimension, which stays as 1: `[batch, n]` → `[batch, 1]`.
    public func meanOfColumns() -> Tensor { sumOfColumns() / Float(shape.dimensions.last ?? 1) }

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
        let times = shape.elementsPerRow / target.elementsPerRow
        switch Repetition(of: target, in: shape) {
        case .each:
            // The repetitions of each element are made the columns.
            return reshaped(to: [target.elementsPerRow, times]).applying(Sum(axis: .columns))
                .reshaped(to: target.dimensions)
        default:
            if times == 1 { return applying(Sum(axis: .rows)).reshaped(to: target.dimensions) }
            return reshaped(to: [times, target.elementsPerRow]).applying(Sum(axis: .places))
                .reshaped(to: target.dimensions)
        }
    }
}
