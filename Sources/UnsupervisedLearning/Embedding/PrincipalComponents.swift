public import LinearAlgebra
internal import Randomness

/// The directions in which rows vary most (Pearson, 1901; Hotelling, 1933): the leading eigenvectors of the rows'
/// covariance, found by subspace iteration with Rayleigh–Ritz projection (Stewart, 1969).
public struct PrincipalComponents: Sendable {
    /// The mean of each column, `[d]`.
    public let means: [Float]
    /// One direction a row, of length 1, its largest entry positive: `[count, d]`.
    public let components: Matrix<Float>
    /// The variance of the rows along each direction, with the divisor n − 1, descending: `[count]`.
    public let explainedVariance: [Double]
    /// The same as shares of the columns' variances together.
    public let explainedVarianceRatio: [Double]

    /// More directions are iterated than asked for: the error shrinks by the ratio of the first left-out eigenvalue to
    /// the last wanted one.
    private static let extraDirections = 8
    private static let mostIterations = 500

    /// The `count` leading components of `rows`, `[n, d]`.
    ///
    /// - Parameter tolerance: the variances have settled when none changes by more than this share of the largest.
    /// - Precondition: there are two rows or more, and `count` is 1 … d; the values are finite.
    public init(of rows: Matrix<Float>, count: Int, tolerance: Double = 1e-12) {
        let (n, d) = (rows.rowCount, rows.columnCount)
        precondition(n >= 2, "the components of \(n) rows")
        precondition((1...max(d, 1)).contains(count), "\(count) components of \(d) columns")
        let means = Self.means(of: rows)
        let covariance = Self.covariance(of: rows, means: means)
        let width = min(d, count + Self.extraDirections)
        var random = RandomStream(seed: 0, purpose: "principal components")
        var basis = (0..<width).map { _ in (0..<d).map { _ in random.normal() } }
        var variances = [Double](repeating: 0, count: width)
        for _ in 0..<Self.mostIterations {
            Self.orthonormalize(&basis)
            let images = Self.product(covariance, basis)
            // The best directions within the subspace: eigenvectors of the covariance as seen from it.
            let seen = basis.map { direction in images.map { Self.dot(direction, $0) } }
            let (values, vectors) = symmetricEigenvectors(seen)
            let previous = variances
            variances = values
            basis = vectors.map { Self.combination(of: images, weights: $0) }
            if (0..<count).allSatisfy({ abs(values[$0] - previous[$0]) <= tolerance * values[0] }) { break }
        }
        Self.orthonormalize(&basis)
        let total = (0..<d).reduce(0) { $0 + covariance[$1 * d + $1] }
        self.means = means.map { Float($0) }
        explainedVariance = Array(variances.prefix(count))
        explainedVarianceRatio = variances.prefix(count).map { total > 0 ? $0 / total : 0 }
        components = Matrix(
            rows: count, columns: d, basis.prefix(count).flatMap { Self.withPositiveLargest($0).map { Float($0) } })
    }

    /// The coordinates of rows `[n, d]` along the components: `[n, count]`.
    public func projections(of rows: Matrix<Float>) -> Matrix<Float> {
        let d = means.count
        precondition(rows.columnCount == d, "\(rows.columnCount) columns, but components of \(d)")
        var result = Matrix<Float>(rows: rows.rowCount, columns: components.rowCount, repeating: 0)
        for row in 0..<rows.rowCount {
            let centred = zip(rows.row(row), means).map { Double($0) - Double($1) }
            for component in 0..<components.rowCount {
                result[row, component] = Float(Self.dot(centred, components.row(component).map { Double($0) }))
            }
        }
        return result
    }

    private static func means(of rows: Matrix<Float>) -> [Double] {
        let d = rows.columnCount
        var sums = [Double](repeating: 0, count: d)
        rows.withSpan { values in
            for row in 0..<rows.rowCount { for column in 0..<d { sums[column] += Double(values[row * d + column]) } }
        }
        return sums.map { $0 / Double(rows.rowCount) }
    }

    /// Σ (x − mean)(x − mean)ᵀ / (n − 1), `[d, d]`.
    private static func covariance(of rows: Matrix<Float>, means: [Double]) -> [Double] {
        let (n, d) = (rows.rowCount, rows.columnCount)
        var centred = rows
        centred.withMutableSpan { values in
            for row in 0..<n {
                for column in 0..<d { values[row * d + column] -= Float(means[column]) }
            }
        }
        return centred.transposedProduct.array.map { Double($0) / Double(n - 1) }
    }

    /// The image of each direction: `[width][d]`.
    private static func product(_ matrix: [Double], _ basis: [[Double]]) -> [[Double]] {
        let (d, width) = (basis[0].count, basis.count)
        // Directions side by side, so that the innermost loop runs over them.
        let columns = (0..<d).flatMap { row in basis.map { $0[row] } }
        var images = [[Double]](repeating: [], count: width)
        var sums = [Double](repeating: 0, count: width)
        for row in 0..<d {
            for index in sums.indices { sums[index] = 0 }
            for column in 0..<d {
                let factor = matrix[row * d + column]
                for index in 0..<width { sums[index] += factor * columns[column * width + index] }
            }
            for index in 0..<width { images[index].append(sums[index]) }
        }
        return images
    }

    /// Modified Gram–Schmidt, twice; what depends on earlier directions becomes zero.
    private static func orthonormalize(_ basis: inout [[Double]]) {
        for index in basis.indices {
            let length = dot(basis[index], basis[index]).squareRoot()
            for _ in 0..<2 {
                for earlier in 0..<index {
                    let share = dot(basis[earlier], basis[index])
                    for row in basis[index].indices { basis[index][row] -= share * basis[earlier][row] }
                }
            }
            let rest = dot(basis[index], basis[index]).squareRoot()
            let factor = rest > 1e-12 * length ? 1 / rest : 0
            for row in basis[index].indices { basis[index][row] *= factor }
        }
    }

    private static func combination(of directions: [[Double]], weights: [Double]) -> [Double] {
        var sum = [Double](repeating: 0, count: directions[0].count)
        for (direction, weight) in zip(directions, weights) {
            for row in sum.indices { sum[row] += weight * direction[row] }
        }
        return sum
    }

    private static func dot(_ a: [Double], _ b: [Double]) -> Double {
        var sum = 0.0
        for index in a.indices { sum += a[index] * b[index] }
        return sum
    }

    private static func withPositiveLargest(_ direction: [Double]) -> [Double] {
        let largest = direction.max { abs($0) < abs($1) } ?? 0
        return largest < 0 ? direction.map { -$0 } : direction
    }
}

/// The eigenvalues of a small symmetric matrix, descending, with their eigenvectors (Jacobi, 1846).
func symmetricEigenvectors(_ matrix: [[Double]]) -> (values: [Double], vectors: [[Double]]) {
    let n = matrix.count
    var a = matrix
    var v = (0..<n).map { row in (0..<n).map { $0 == row ? 1.0 : 0.0 } }
    for _ in 0..<50 {
        var rest = 0.0
        for p in 0..<n { for q in 0..<p { rest += a[p][q] * a[p][q] } }
        let scale = (0..<n).reduce(0) { $0 + a[$1][$1] * a[$1][$1] }
        if rest <= 1e-30 * scale { break }
        for p in 0..<n {
            for q in p + 1..<n where a[p][q] != 0 {
                // The rotation that makes a[p][q] zero.
                let theta = (a[q][q] - a[p][p]) / (2 * a[p][q])
                let t = (theta < 0 ? -1 : 1) / (abs(theta) + (theta * theta + 1).squareRoot())
                let c = 1 / (t * t + 1).squareRoot()
                let s = t * c
                for k in 0..<n { (a[k][p], a[k][q]) = (c * a[k][p] - s * a[k][q], s * a[k][p] + c * a[k][q]) }
                for k in 0..<n { (a[p][k], a[q][k]) = (c * a[p][k] - s * a[q][k], s * a[p][k] + c * a[q][k]) }
                for k in 0..<n { (v[k][p], v[k][q]) = (c * v[k][p] - s * v[k][q], s * v[k][p] + c * v[k][q]) }
            }
        }
    }
    let order = (0..<n).sorted { (a[$1][$1], $0) < (a[$0][$0], $1) }
    return (order.map { a[$0][$0] }, order.map { column in (0..<n).map { v[$0][column] } })
}
