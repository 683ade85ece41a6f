public import Datasets
public import LinearAlgebra

/// A fitted clustering: each row belongs to the nearest centroid, of equally near ones to the lowest.
public struct KMeansModel: Sendable, Equatable {
    /// `[k, columns]`
    public let centroids: Matrix<Float>
    /// The cluster of each row that the model was fitted on.
    public let assignments: [Int32]
    /// Σ of the squared distances of the rows to their centroids.
    public let inertia: Double
    /// The iterations of the start that was kept.
    public let iterations: Int
    /// Whether that start ended because nothing changed any more, and not because its iterations were used up.
    public let converged: Bool

    /// The number of clusters.
    public var clusterCount: Int { centroids.rowCount }

    /// The number of rows in each cluster.
    public var sizes: [Int] {
        var sizes = [Int](repeating: 0, count: clusterCount)
        for label in assignments { sizes[Int(label)] += 1 }
        return sizes
    }

    /// The cluster of each of other rows `[n, columns]`.
    ///
    /// - Throws: `ClusteringError` if the rows have another width than the centroids, or a value is not finite.
    public func predict(_ rows: Matrix<UInt8>, on pool: WorkerPool = .shared) throws -> [Int32] {
        try predict(.bytes(rows), on: pool)
    }

    /// The cluster of each of other rows `[n, columns]`.
    ///
    /// - Throws: `ClusteringError` if the rows have another width than the centroids, or a value is not finite.
    public func predict(_ rows: Matrix<Float>, on pool: WorkerPool = .shared) throws -> [Int32] {
        try predict(.floats(rows), on: pool)
    }

    private func predict(_ rows: ClusterRows, on pool: WorkerPool) throws -> [Int32] {
        try Self.nearest(to: rows, among: centroids, on: pool)
    }

    /// The squared distance of each row `[n, columns]` to the nearest of `centroids` `[k, columns]`.
    ///
    /// - Throws: `ClusteringError` if the rows have another width than the centroids, or a value is not finite.
    public static func squaredDistances(
        of features: Features, to centroids: Matrix<Float>, on pool: WorkerPool = .shared
    ) throws -> [Double] {
        let nearest =
            switch features {
            case .bytes(let rows): try nearest(to: .bytes(rows), among: centroids, on: pool)
            case .floats(let rows): try nearest(to: .floats(rows), among: centroids, on: pool)
            }
        let rows = features.floats()
        return nearest.indices.map { row in
            zip(rows.row(row), centroids.row(Int(nearest[row]))).reduce(0.0) { sum, pair in
                let difference = Double(pair.0) - Double(pair.1)
                return sum + difference * difference
            }
        }
    }

    private static func nearest(
        to rows: ClusterRows, among centroids: Matrix<Float>, on pool: WorkerPool
    ) throws -> [Int32] {
        guard rows.columnCount == centroids.columnCount else {
            throw ClusteringError.columns(found: rows.columnCount, expected: centroids.columnCount)
        }
        try rows.validate()
        var clustering = rows.clustering(centroids: centroids, on: pool)
        _ = clustering.assign(on: pool)
        return clustering.labels.array
    }
}
