public import Datasets
public import LinearAlgebra

/// How far rows lie from their centroids and from their mean: what indices of a clustering are made of, in one pass.
public struct ClusterSpread: Sendable, Equatable {
    /// Rows in each cluster, `[k]`.
    public private(set) var sizes: [Int]
    /// The mean distance of each cluster's rows to its centroid, `[k]`; 0 for an empty one.
    public private(set) var meanDistances: [Double]
    /// Σ of the squared distances of the rows to their centroids.
    public private(set) var withinSumOfSquares = 0.0
    /// Σ of the squared distances of the rows to their mean.
    public private(set) var totalSumOfSquares = 0.0
    /// The row farthest from each centroid, `[k]`; 0 for an empty cluster.
    public private(set) var farthest: [Int]

    /// - Parameters:
    ///   - rows: `[n, d]`
    ///   - clusters: the cluster of each row, `[n]`.
    ///   - centroids: `[k, d]`
    /// - Precondition: widths and numbers of rows agree.
    public init(of rows: Features, clusters: [Int32], centroids: Matrix<Float>) {
        precondition(
            rows.rowCount == clusters.count && rows.columnCount == centroids.columnCount,
            "\(clusters.count) clusters of \(centroids.columnCount) columns for rows \(rows.rowCount) × \(rows.columnCount)"
        )
        let count = centroids.rowCount
        sizes = Array(repeating: 0, count: count)
        meanDistances = Array(repeating: 0, count: count)
        farthest = Array(repeating: 0, count: count)
        switch rows {
        case .bytes(let matrix): measure(matrix, clusters, centroids) { Double($0) }
        case .floats(let matrix): measure(matrix, clusters, centroids) { Double($0) }
        }
    }

    private mutating func measure<Element>(
        _ rows: Matrix<Element>, _ clusters: [Int32], _ centroids: Matrix<Float>, _ number: (Element) -> Double
    ) {
        let (n, d) = (rows.rowCount, rows.columnCount)
        // Sums of squares far from zero would cancel each other: they are taken from the middle of the centroids.
        let middle = centroids.withSpan { centroids in
            (0..<d).map { column in
                (0..<sizes.count).reduce(0.0) { $0 + Double(centroids[$1 * d + column]) } / Double(max(sizes.count, 1))
            }
        }
        var sums = [Double](repeating: 0, count: d)
        var squares = 0.0
        var largest = [Double](repeating: -1, count: sizes.count)
        rows.withSpan { values in
            centroids.withSpan { centroids in
                for row in 0..<n {
                    let cluster = Int(clusters[row])
                    var distance = 0.0
                    for column in 0..<d {
                        let value = number(values[row * d + column])
                        let difference = value - Double(centroids[cluster * d + column])
                        let fromMiddle = value - middle[column]
                        distance += difference * difference
                        squares += fromMiddle * fromMiddle
                        sums[column] += fromMiddle
                    }
                    sizes[cluster] += 1
                    withinSumOfSquares += distance
                    meanDistances[cluster] += distance.squareRoot()
                    if distance > largest[cluster] { (largest[cluster], farthest[cluster]) = (distance, row) }
                }
            }
        }
        totalSumOfSquares = squares - sums.reduce(0) { $0 + $1 * $1 } / Double(max(n, 1))
        for cluster in sizes.indices where sizes[cluster] > 0 { meanDistances[cluster] /= Double(sizes[cluster]) }
    }
}
