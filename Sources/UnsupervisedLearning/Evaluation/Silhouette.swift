public import LinearAlgebra

/// How much nearer each row lies to its own cluster than to the nearest other one (Rousseeuw, 1987).
///
/// Of row i, a is the mean distance to the other rows of its cluster, b the smallest mean distance to the rows of another
/// cluster: s = (b − a) / max(a, b), from −1 (in the wrong cluster) to 1; 0 where it is alone in its cluster.
public struct Silhouette: Sendable, Equatable {
    /// `[n]`
    public let values: [Double]

    public var mean: Double { values.reduce(0, +) / Double(values.count) }

    /// The silhouettes of `rows`, `[n, d]`, among each other: n² distances.
    ///
    /// - Parameter clusters: the cluster of each row, `[n]`, not negative.
    /// - Precondition: rows are as many as clusters. Where all are in one cluster nothing can be compared, and the values
    ///   are not numbers.
    public init(of rows: Matrix<Float>, clusters: [Int32]) {
        let n = rows.rowCount
        precondition(clusters.count == n, "\(clusters.count) clusters for \(n) rows")
        let count = Int(clusters.max() ?? -1) + 1
        var sizes = [Int](repeating: 0, count: count)
        for cluster in clusters { sizes[Int(cluster)] += 1 }
        guard sizes.count(where: { $0 > 0 }) > 1 else {
            values = Array(repeating: .nan, count: n)
            return
        }
        let squared = SquaredDistances(of: rows)
        var sums = [Double](repeating: 0, count: count)
        values = (0..<n).map { row in
            for cluster in sums.indices { sums[cluster] = 0 }
            for other in 0..<n { sums[Int(clusters[other])] += squared[row, other].squareRoot() }
            let own = Int(clusters[row])
            guard sizes[own] > 1 else { return 0 }
            let within = sums[own] / Double(sizes[own] - 1)
            var nearest = Double.infinity
            for cluster in sums.indices where cluster != own && sizes[cluster] > 0 {
                nearest = min(nearest, sums[cluster] / Double(sizes[cluster]))
            }
            let larger = max(within, nearest)
            return larger > 0 ? (nearest - within) / larger : 0
        }
    }
}

/// The squared distances of all pairs of rows, |x|² − 2 x·y + |y|² by one matrix product; where that difference of large
/// numbers has lost its digits they are taken entry by entry.
private struct SquaredDistances {
    /// Below this share of |x|² + |y|² single precision leaves too few digits.
    private static let smallShare: Float = 1e-2

    private let rows: Matrix<Float>
    private let squares: [Float]
    /// x·y, `[n, n]`.
    private let products: Matrix<Float>

    init(of original: Matrix<Float>) {
        let (n, d) = (original.rowCount, original.columnCount)
        var centred = original
        var transposed = Matrix<Float>(rows: d, columns: n, repeating: 0)
        var squares = [Float](repeating: 0, count: n)
        centred.withMutableSpan { values in
            transposed.withMutableSpan { turned in
                for column in 0..<d {
                    var sum = 0.0
                    for row in 0..<n { sum += Double(values[row * d + column]) }
                    let mean = Float(sum / Double(max(n, 1)))
                    for row in 0..<n {
                        let value = values[row * d + column] - mean
                        values[row * d + column] = value
                        turned[column * n + row] = value
                        squares[row] += value * value
                    }
                }
            }
        }
        rows = centred
        self.squares = squares
        products = centred.multiply(transposed)
    }

    subscript(row: Int, other: Int) -> Double {
        let sum = squares[row] + squares[other]
        let distance = sum - 2 * products[row, other]
        guard distance < Self.smallShare * sum else { return Double(distance) }
        guard row != other else { return 0 }
        let d = rows.columnCount
        return rows.withSpan { values in
            var exact = 0.0
            for column in 0..<d {
                let difference = Double(values[row * d + column]) - Double(values[other * d + column])
                exact += difference * difference
            }
            return exact
        }
    }
}
