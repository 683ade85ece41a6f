import CKernels
public import LinearAlgebra

/// Minibatches: an input's rows picked out of a larger matrix, by the pool, straight into the program's memory.
///
/// Row i of the batch becomes the matrix's row `order[start + i]`.
extension Program {
    /// Fills the input `label`, `[batch, columns]`, with rows of bytes, multiplied by `scale`.
    public func gather(
        _ matrix: Matrix<UInt8>, rows order: [Int32], from start: Int = 0, into label: String, scale: Float
    ) {
        let target = input(label, columns: matrix.columnCount)
        let columns = matrix.columnCount
        matrix.withUnsafeBufferPointer { source in
            gather(order, from: start, rowCount: matrix.rowCount) { range, indices in
                kernels.pointee.gather_bytes(
                    target.base + range.lowerBound * columns, source.baseAddress, indices, range.count, columns, scale)
            }
        }
    }

    /// Fills the input `label`, `[batch, columns]`, with rows of floats.
    public func gather(_ matrix: Matrix<Float>, rows order: [Int32], from start: Int = 0, into label: String) {
        let target = input(label, columns: matrix.columnCount)
        let columns = matrix.columnCount
        matrix.withUnsafeBufferPointer { source in
            gather(order, from: start, rowCount: matrix.rowCount) { range, indices in
                kernels.pointee.gather_floats(
                    target.base + range.lowerBound * columns, source.baseAddress, indices, range.count, columns)
            }
        }
    }

    /// Fills the input of whole numbers `label`, `[batch]`, with elements of `values`.
    public func gather(_ values: [Int32], rows order: [Int32], from start: Int = 0, into label: String) {
        let target = indexInput(label)
        precondition(start >= 0 && start + batch <= order.count, "rows \(start)..<\(start + batch) of \(order.count)")
        for row in 0..<batch { target[row] = values[Int(order[start + row])] }
    }

    /// Fills the input of whole numbers `label`, `[batch, columns]`, with rows of `values` `[n, columns]`.
    public func gather(
        _ values: [Int32], columns: Int, rows order: [Int32], from start: Int = 0, into label: String
    ) {
        let target = input(label, columns: columns)
        let whole = indexInput(label)
        gather(order, from: start, rowCount: values.count / columns) { range, indices in
            for (place, row) in range.enumerated() {
                let first = Int(indices[place]) * columns
                for column in 0..<columns { whole[row * columns + column] = values[first + column] }
            }
        }
        withExtendedLifetime(target) {}
    }

    /// Fills the input `label`, `[batch, columns]`, with rows of `values` `[n, columns]`.
    public func gather(
        _ values: [Float], columns: Int, rows order: [Int32], from start: Int = 0, into label: String
    ) {
        let target = input(label, columns: columns)
        values.withUnsafeBufferPointer { source in
            gather(order, from: start, rowCount: values.count / columns) { range, indices in
                kernels.pointee.gather_floats(
                    target.base + range.lowerBound * columns, source.baseAddress!, indices, range.count, columns)
            }
        }
    }

    private func input(_ label: String, columns: Int) -> FloatBuffer {
        let buffer = input(label)
        precondition(
            buffer.count == batch * columns,
            "rows of \(columns) columns for \(label), which has \(buffer.count / batch)")
        return buffer
    }

    /// Calls `body` for every shard of the batch with its rows and where their indices stand.
    private func gather(
        _ order: [Int32], from start: Int, rowCount: Int, _ body: (Range<Int>, UnsafePointer<Int32>) -> Void
    ) {
        precondition(start >= 0 && start + batch <= order.count, "rows \(start)..<\(start + batch) of \(order.count)")
        order.withUnsafeBufferPointer { order in
            let indices = UnsafeBufferPointer(rebasing: order[start..<start + batch])
            precondition(indices.allSatisfy { $0 >= 0 && $0 < rowCount }, "a row outside of a matrix of \(rowCount)")
            let count = Shards.count(rows: batch)
            pool.run(count) { shard in
                let range = Shards.range(shard, of: count, rows: batch)
                body(range, indices.baseAddress! + range.lowerBound)
            }
        }
    }
}
