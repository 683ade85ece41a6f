internal import FileFormats
internal import LinearAlgebra

/// How much each number of a code varies from row to row, and what is lost of each row. A number that never varies says
/// nothing about a row: it is dead.
struct CodeSpread: Equatable {
    /// Where a drawing keeps the two.
    private static let (deviationsName, errorsName) = ("codeDeviations", "rowErrors")

    /// The standard deviation of each number of the code, `[codeSize]`.
    let deviations: [Float]
    /// The mean squared error of each test row, `[n]`.
    let rowErrors: [Float]

    /// - Parameters:
    ///   - codes: `[n, codeSize]`
    ///   - rowErrors: the mean squared error of each of these rows, `[n]`.
    init(of codes: Matrix<Float>, rowErrors: [Float]) {
        self.rowErrors = rowErrors
        let (n, size) = (Double(max(codes.rowCount, 1)), codes.columnCount)
        var (sums, squares) = ([Double](repeating: 0, count: size), [Double](repeating: 0, count: size))
        codes.withSpan { values in
            for row in 0..<codes.rowCount {
                for column in 0..<size {
                    let value = Double(values[row * size + column])
                    sums[column] += value
                    squares[column] += value * value
                }
            }
        }
        deviations = (0..<size).map { column in
            let mean = sums[column] / n
            return Float(max(0, squares[column] / n - mean * mean).squareRoot())
        }
    }

    /// That of a seed's drawing; nil if it has none.
    init?(in drawing: Archive) {
        guard let deviations = try? drawing.floats(Self.deviationsName),
            let rowErrors = try? drawing.floats(Self.errorsName)
        else { return nil }
        self.deviations = deviations
        self.rowErrors = rowErrors
    }

    func save(into drawing: inout Archive) {
        drawing.set(Self.deviationsName, deviations)
        drawing.set(Self.errorsName, rowErrors)
    }
}
