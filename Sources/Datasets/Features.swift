public import LinearAlgebra

/// A table of numbers `[n, d]`, one row a sample. What comes as 8 bits stays so: a quarter of the memory, and
/// k-means is bound by memory.
public enum Features: Sendable, Equatable {
    case bytes(Matrix<UInt8>)
    case floats(Matrix<Float>)

    public var rowCount: Int {
        switch self {
        case .bytes(let matrix): matrix.rowCount
        case .floats(let matrix): matrix.rowCount
        }
    }

    public var columnCount: Int {
        switch self {
        case .bytes(let matrix): matrix.columnCount
        case .floats(let matrix): matrix.columnCount
        }
    }

    /// The values as floats, each multiplied by `scale`: `[n, d]`. Floats that need no scaling are not copied.
    public func floats(scaledBy scale: Float = 1) -> Matrix<Float> {
        if case .floats(let matrix) = self, scale == 1 { return matrix }
        var scaled = Matrix<Float>(rows: rowCount, columns: columnCount, repeating: 0)
        scaled.withMutableSpan { scaled in
            switch self {
            case .bytes(let matrix):
                matrix.withSpan { values in
                    for index in values.indices { scaled[index] = Float(values[index]) * scale }
                }
            case .floats(let matrix):
                matrix.withSpan { values in
                    for index in values.indices { scaled[index] = values[index] * scale }
                }
            }
        }
        return scaled
    }

    /// The rows at `indices`, in that order.
    public func rows(_ indices: some Sequence<Int>) -> Features {
        switch self {
        case .bytes(let matrix): .bytes(matrix.rows(indices))
        case .floats(let matrix): .floats(matrix.rows(indices))
        }
    }
}
