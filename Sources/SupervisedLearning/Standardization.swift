public import LinearAlgebra

/// The mean and the standard deviation of each column, and the change of scale to mean 0 and deviation 1.
public struct Standardization: Sendable, Codable, Equatable {
    /// `[d]`
    public let means: [Float]
    /// `[d]`, with the divisor n; 1 for a column that is the same everywhere.
    public let deviations: [Float]

    /// Measures the rows `rows` of `matrix`, in double precision, in two passes.
    public init(of matrix: Matrix<Float>, rows: [Int32]) {
        precondition(!rows.isEmpty, "the mean of no rows")
        let columns = matrix.columnCount
        var sums = [Double](repeating: 0, count: columns)
        var squares = [Double](repeating: 0, count: columns)
        matrix.withSpan { values in
            for row in rows {
                for column in 0..<columns { sums[column] += Double(values[Int(row) * columns + column]) }
            }
            for column in 0..<columns { sums[column] /= Double(rows.count) }
            for row in rows {
                for column in 0..<columns {
                    let difference = Double(values[Int(row) * columns + column]) - sums[column]
                    squares[column] += difference * difference
                }
            }
        }
        means = sums.map { Float($0) }
        deviations = squares.map { square in
            let deviation = Float((square / Double(rows.count)).squareRoot())
            return deviation > 0 ? deviation : 1
        }
    }

    /// (x − mean) / deviation, column by column: `[n, d]`.
    public func callAsFunction(_ matrix: Matrix<Float>) -> Matrix<Float> {
        mapping(matrix) { ($0 - means[$1]) / deviations[$1] }
    }

    /// mean + deviation · x, the way back: `[n, d]`.
    public func inverse(_ matrix: Matrix<Float>) -> Matrix<Float> {
        mapping(matrix) { means[$1] + deviations[$1] * $0 }
    }

    private func mapping(_ matrix: Matrix<Float>, _ change: (Float, Int) -> Float) -> Matrix<Float> {
        let columns = matrix.columnCount
        precondition(columns == means.count, "\(columns) columns, standardized by the statistics of \(means.count)")
        var result = matrix
        result.withMutableSpan { values in
            for row in 0..<matrix.rowCount {
                for column in 0..<columns {
                    values[row * columns + column] = change(values[row * columns + column], column)
                }
            }
        }
        return result
    }
}

extension Standardization {
    /// Whether there is a mean and a deviation for each of `columns` columns, and numbers stay numbers by them.
    func fits(columns: Int) -> Bool {
        means.count == columns && deviations.count == columns && means.allSatisfy(\.isFinite)
            && deviations.allSatisfy { $0 > 0 && $0.isFinite }
    }
}
