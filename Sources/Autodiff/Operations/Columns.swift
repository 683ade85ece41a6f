import CKernels

/// Some neighbouring elements of the last dimension: `[batch, …, n]` → `[batch, …, count]`.
struct Slice: Operation {
    var range: Range<Int>
    var name: String { "columns \(range)" }

    func shape(of inputs: [Shape]) throws(Misfit) -> Shape {
        guard let width = inputs[0].dimensions.last, range.upperBound <= width else {
            throw Misfit("columns \(range) of \(inputs[0])")
        }
        return Shape(inputs[0].dimensions.dropLast() + [range.count], isBatched: inputs[0].isBatched)
    }
    func reference(_ inputs: [ReferenceTensor], shape: Shape, batch: Int) -> ReferenceTensor {
        let width = inputs[0].shape.dimensions.last ?? 1
        return ReferenceTensor(
            values: inputs[0].values.enumerated().filter { range.contains($0.offset % width) }.map(\.element),
            shape: shape, batch: batch)
    }
    func derivative(of output: Tensor, inputs: [Tensor], gradient: Tensor) -> [Tensor?] {
        let width = inputs[0].shape.dimensions.last ?? 1
        return [gradient.broadcast(to: output.shape).applying(Pad(from: range.lowerBound, width: width))]
    }
    func instruction(_ operands: Lowering) -> ck_instruction {
        let details = ck_columns(
            from: Int32(range.lowerBound), count: Int32(range.count),
            width: Int32(operands.inputs[0].shape.dimensions.last ?? 1))
        var call = operands.layer(CK_LAYER_slice, operands.inputs, details: details)
        call.operands.rows = operands.output.extents.count / range.count
        return call
    }
}

/// Elements of the last dimension from `from` on, with zeros before and after: `[batch, …, count]` → `[batch, …, width]`.
struct Pad: Operation {
    var from: Int
    var width: Int
    var name: String { "pad to \(width)" }

    func shape(of inputs: [Shape]) throws(Misfit) -> Shape {
        guard let count = inputs[0].dimensions.last, from + count <= width else {
            throw Misfit("\(inputs[0]) from \(from) does not fit into \(width) columns")
        }
        return Shape(inputs[0].dimensions.dropLast() + [width], isBatched: inputs[0].isBatched)
    }
    func reference(_ inputs: [ReferenceTensor], shape: Shape, batch: Int) -> ReferenceTensor {
        let count = inputs[0].shape.dimensions.last ?? 1
        var result = ReferenceTensor(shape: shape, batch: batch) { _, _ in 0 }
        for (index, value) in inputs[0].values.enumerated() {
            result.values[index / count * width + from + index % count] = value
        }
        return result
    }
    func derivative(of output: Tensor, inputs: [Tensor], gradient: Tensor) -> [Tensor?] {
        let count = inputs[0].shape.dimensions.last ?? 1
        return [gradient.broadcast(to: output.shape).applying(Slice(range: from..<from + count))]
    }
    func instruction(_ operands: Lowering) -> ck_instruction {
        let count = operands.inputs[0].shape.dimensions.last ?? 1
        let details = ck_columns(from: Int32(from), count: Int32(count), width: Int32(width))
        var call = operands.layer(CK_LAYER_pad, operands.inputs, details: details)
        call.operands.rows = operands.output.extents.count / width
        return call
    }
}

/// Each row's matrix `[rows, columns]`, transposed: `[batch, rows · columns]` under new dimensions.
struct TransposeRows: Operation {
    var rows: Int
    var columns: Int
    var dimensions: [Int]
    var name: String { "transpose" }

    func shape(of inputs: [Shape]) throws(Misfit) -> Shape {
        guard inputs[0].isBatched, inputs[0].elementsPerRow == rows * columns else {
            throw Misfit("\(inputs[0]) as matrices of \(rows) × \(columns)")
        }
        return Shape(dimensions, isBatched: true)
    }
    func reference(_ inputs: [ReferenceTensor], shape: Shape, batch: Int) -> ReferenceTensor {
        ReferenceTensor(shape: shape, batch: batch) { row, place in
            inputs[0][row, place % rows * columns + place / rows]
        }
    }
    func derivative(of output: Tensor, inputs: [Tensor], gradient: Tensor) -> [Tensor?] {
        let back = TransposeRows(rows: columns, columns: rows, dimensions: inputs[0].shape.dimensions)
        return [gradient.broadcast(to: output.shape).applying(back)]
    }
    func instruction(_ operands: Lowering) -> ck_instruction {
        var call = operands.layer(CK_LAYER_transpose_rows, operands.inputs, details: Int32(0))
        call.operands.inner = rows
        call.operands.columns = columns
        return call
    }
}

extension Tensor {
    /// Some neighbouring elements of the last dimension: `[batch, …, n]` → `[batch, …, count]`.
    public func columns(_ range: Range<Int>) -> Tensor { applying(Slice(range: range)) }

    /// The last dimension moved in front of the others: images `[batch, height, width, channels]` become
    /// `[batch, channels, height, width]`, as PyTorch stores them.
    public func channelsFirst() -> Tensor {
        guard let channels = shape.dimensions.last, channels != shape.elementsPerRow, channels > 1 else {
            return reshaped(to: (shape.dimensions.last.map { [$0] } ?? []) + shape.dimensions.dropLast())
        }
        let places = shape.elementsPerRow / channels
        return applying(
            TransposeRows(rows: places, columns: channels, dimensions: [channels] + shape.dimensions.dropLast()))
    }

    /// The first dimension moved behind the others: `[batch, channels, height, width]` → `[batch, height, width, channels]`.
    public func channelsLast() -> Tensor {
        guard let channels = shape.dimensions.first, channels != shape.elementsPerRow, channels > 1 else {
            return reshaped(to: Array(shape.dimensions.dropFirst()) + (shape.dimensions.first.map { [$0] } ?? []))
        }
        let places = shape.elementsPerRow / channels
        return applying(
            TransposeRows(
                rows: channels, columns: places, dimensions: Array(shape.dimensions.dropFirst()) + [channels]))
    }
}

/// Tensors side by side in their last dimension: `[batch, …, a]`, `[batch, …, b]` → `[batch, …, a + b]`.
public func concatenate(_ tensors: [Tensor]) -> Tensor {
    precondition(!tensors.isEmpty, "nothing to concatenate")
    let widths = tensors.map { $0.shape.dimensions.last ?? 1 }
    let width = widths.reduce(0, +)
    var from = 0
    var result: Tensor?
    for (tensor, own) in zip(tensors, widths) {
        let padded = tensors.count == 1 ? tensor : tensor.applying(Pad(from: from, width: width))
        result = result.map { $0 + padded } ?? padded
        from += own
    }
    return result ?? tensors[0]
}
