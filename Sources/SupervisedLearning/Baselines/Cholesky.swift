/// A = L Lᵀ of a symmetric, positive definite matrix, in double precision, row by row (Cholesky, 1910).
struct Cholesky {
    private let size: Int
    /// `[size, size]`, of which the lower triangle is L.
    private var lower: [Double]

    /// - Parameter matrix: `[size, size]`, row by row; only the lower triangle is read.
    /// - Returns: nil if it is not positive definite to within rounding.
    init?(_ matrix: [Double], size: Int) {
        precondition(matrix.count == size * size, "\(matrix.count) elements of a matrix [\(size), \(size)]")
        self.size = size
        lower = matrix
        var elements = lower.mutableSpan
        for row in 0..<size {
            for column in 0..<row {
                let sum = Self.product(elements.span, row * size, column * size, count: column)
                elements[row * size + column] = (elements[row * size + column] - sum) / elements[column * size + column]
            }
            let square = elements[row * size + row] - Self.product(elements.span, row * size, row * size, count: row)
            guard square > 0, square.isFinite else { return nil }
            elements[row * size + row] = square.squareRoot()
        }
    }

    /// The scalar product of `count` elements from two places on; four sums at a time keep the processor busy.
    private static func product(_ elements: Span<Double>, _ first: Int, _ second: Int, count: Int) -> Double {
        var sums = (0.0, 0.0, 0.0, 0.0)
        var index = 0
        while index + 4 <= count {
            sums.0 += elements[first + index] * elements[second + index]
            sums.1 += elements[first + index + 1] * elements[second + index + 1]
            sums.2 += elements[first + index + 2] * elements[second + index + 2]
            sums.3 += elements[first + index + 3] * elements[second + index + 3]
            index += 4
        }
        while index < count {
            sums.0 += elements[first + index] * elements[second + index]
            index += 1
        }
        return (sums.0 + sums.1) + (sums.2 + sums.3)
    }

    /// x of A x = b.
    func solve(_ rightSide: [Double]) -> [Double] {
        precondition(rightSide.count == size, "\(rightSide.count) right sides of \(size) equations")
        var x = rightSide
        // L y = b, then Lᵀ x = y.
        for row in 0..<size {
            for column in 0..<row { x[row] -= lower[row * size + column] * x[column] }
            x[row] /= lower[row * size + row]
        }
        for row in (0..<size).reversed() {
            x[row] /= lower[row * size + row]
            for column in 0..<row { x[column] -= lower[row * size + column] * x[row] }
        }
        return x
    }
}
