import CKernels
import LinearAlgebra

/// The product of two matrices, either of them transposed: rows of the batch times weights, or, with the first one
/// transposed, a sum over the batch (the gradient of weights).
struct MatrixProduct: Operation {
    var transposesFirst = false
    var transposesSecond = false

    var name: String { "matrix product" }

    func sumsOverBatch(_ inputs: [Shape]) -> Bool { inputs[0].isBatched && inputs[1].isBatched }

    func shape(of inputs: [Shape]) throws(Misfit) -> Shape {
        let (a, b) = (inputs[0], inputs[1])
        func written(_ shape: Shape, _ transposed: Bool) -> String { "\(shape)" + (transposed ? "ᵀ" : "") }
        let both = "\(written(a, transposesFirst)) · \(written(b, transposesSecond))"
        guard let first = matrix(a), let second = matrix(b) else { throw Misfit("\(both): both must be matrices") }
        let (outerFirst, innerFirst) = transposesFirst ? (first.1, first.0) : first
        let (innerSecond, outerSecond) = transposesSecond ? (second.1, second.0) : second
        guard innerFirst == innerSecond else { throw Misfit("\(both): inner sizes differ") }
        switch (outerFirst, outerSecond) {
        case (.fixed(let rows), .fixed(let columns)): return Shape([rows, columns])
        case (.batch(let places), .fixed(let columns)): return Shape(places + [columns], isBatched: true)
        default: throw Misfit("\(both): would mix the rows of the batch")
        }
    }

    /// The rows of the batch, each with several places such as the steps of a sequence; or a number of rows or columns.
    private enum Side: Equatable { case batch(places: [Int]), fixed(Int) }

    private func matrix(_ shape: Shape) -> (Side, Side)? {
        if shape.isBatched {
            return shape.dimensions.last.map { (.batch(places: shape.dimensions.dropLast()), .fixed($0)) }
        }
        return shape.dimensions.count == 2 ? (.fixed(shape.dimensions[0]), .fixed(shape.dimensions[1])) : nil
    }

    func reference(_ inputs: [ReferenceTensor], shape: Shape, batch: Int) -> ReferenceTensor {
        let (a, b) = (inputs[0], inputs[1])
        let (first, second) = (Self.extents(a.shape, a.extents), Self.extents(b.shape, b.extents))
        let inner = transposesFirst ? first.rows : first.columns
        let rows = transposesFirst ? first.columns : first.rows
        let columns = transposesSecond ? second.rows : second.columns
        var values: [Double] = []
        for row in 0..<rows {
            for column in 0..<columns {
                var sum = 0.0
                for k in 0..<inner {
                    sum +=
                        a.values[transposesFirst ? k * first.columns + row : row * first.columns + k]
                        * b.values[transposesSecond ? column * second.columns + k : k * second.columns + column]
                }
                values.append(sum)
            }
        }
        return ReferenceTensor(values: values, shape: shape, batch: batch)
    }

    /// Rows and columns of the matrix that a product takes a tensor for: the last dimension makes the columns.
    private static func extents(_ shape: Shape, _ extents: Extents) -> Extents {
        guard shape.isBatched, let columns = shape.dimensions.last else { return extents }
        return Extents(rows: extents.count / columns, columns: columns)
    }

    func multiplyAdds(_ inputs: [Shape], output: Shape) -> Int {
        let inner =
            transposesFirst && inputs[0].isBatched
            ? inputs[0].dimensions.dropLast().reduce(1, *)
            : inputs[0].dimensions[transposesFirst ? 0 : inputs[0].dimensions.count - 1]
        return output.elementsPerRow * inner
    }

    func derivative(of output: Tensor, inputs: [Tensor], gradient: Tensor) -> [Tensor?] {
        let (a, b) = (inputs[0], inputs[1])
        let g = gradient.broadcast(to: output.shape)
        switch (transposesFirst, transposesSecond) {
        case (false, false):
            return [product(g, b, transposed: (false, true)), product(a, g, transposed: (true, false))]
        case (false, true): return [product(g, b), product(g, a, transposed: (true, false))]
        case (true, false): return [product(b, g, transposed: (false, true)), product(a, g)]
        case (true, true): return [product(b, g, transposed: (true, true)), product(g, a, transposed: (true, true))]
        }
    }

    func instruction(_ operands: Lowering) -> ck_instruction {
        var call = ck_operands()
        call.out = operands.output.floats
        call.a = UnsafePointer(operands.inputs[0].floats)
        call.b = UnsafePointer(operands.inputs[1].floats)
        let (first, second) = (
            Self.extents(operands.inputs[0].shape, operands.inputs[0].extents),
            Self.extents(operands.inputs[1].shape, operands.inputs[1].extents)
        )
        call.rows = transposesFirst ? first.columns : first.rows
        call.columns = transposesSecond ? second.rows : second.columns
        call.inner = transposesFirst ? first.rows : first.columns
        call.a_row = first.columns
        call.b_row = second.columns
        call.transpose_a = transposesFirst ? 1 : 0
        call.transpose_b = transposesSecond ? 1 : 0
        return ck_instruction(run: multiplyMatrices, operands: call)
    }
}

/// The kernel of a matrix product, as an instruction runs it.
private let multiplyMatrices: ck_kernel = { operands in
    let o = operands!.pointee
    BLAS.sgemm(
        transposeA: o.transpose_a != 0, transposeB: o.transpose_b != 0, m: o.rows, n: o.columns, k: o.inner,
        alpha: 1, a: o.a, lda: o.a_row, b: o.b, ldb: o.b_row, beta: 0, c: o.out, ldc: o.columns)
}

private func product(_ a: Tensor, _ b: Tensor, transposed: (Bool, Bool) = (false, false)) -> Tensor {
    a.applying(MatrixProduct(transposesFirst: transposed.0, transposesSecond: transposed.1), b)
}

/// The product a · b: `[batch, k]`, `[batch, steps, k]` or `[m, k]` times `[k, n]`, or with `transposingSecond` times the transpose of
/// `[n, k]`, as weights are stored.
public func matrixProduct(_ a: Tensor, _ b: Tensor, transposingSecond: Bool = false) -> Tensor {
    product(a, b, transposed: (false, transposingSecond))
}
