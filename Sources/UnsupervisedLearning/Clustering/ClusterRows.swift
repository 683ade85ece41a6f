import LinearAlgebra
import Randomness

/// The data to cluster, in the precision that it is kept in.
enum ClusterRows: Sendable {
    case bytes(Matrix<UInt8>)
    case floats(Matrix<Float>)

    var rowCount: Int {
        switch self {
        case .bytes(let rows): rows.rowCount
        case .floats(let rows): rows.rowCount
        }
    }

    var columnCount: Int {
        switch self {
        case .bytes(let rows): rows.columnCount
        case .floats(let rows): rows.columnCount
        }
    }

    /// - Throws: `ClusteringError` at the first value whose squared distances would not be finite.
    func validate() throws(ClusteringError) {
        guard columnCount > 0 else { throw .noColumns }
        guard case .floats(let rows) = self else { return }
        let bad = rows.withSpan { elements in elements.indices.first { !(abs(elements[$0]) <= 1e15) } }
        guard let bad else { return }
        let (row, column) = bad.quotientAndRemainder(dividingBy: columnCount)
        throw .value(row: row, column: column, value: rows[row, column])
    }

    /// The rows, not yet assigned to the centroids.
    func clustering(centroids: Matrix<Float>, on pool: WorkerPool) -> any Clustering {
        switch self {
        case .bytes(let rows): RowClusters(rows, centroids: centroids, on: pool)
        case .floats(let rows): RowClusters(rows, centroids: centroids, on: pool)
        }
    }
}

/// Rows divided among centroids, whatever they hold: what Lloyd's iteration works with.
protocol Clustering: Sendable {
    var centroids: Matrix<Float> { get }
    var labels: Matrix<Int32> { get }
    var sizes: [Int] { get }
    var sums: Matrix<Double> { get }
    var squares: [Double] { get }
    var meanColumnVariance: Double { get }

    mutating func restart(from centroids: Matrix<Float>, on pool: WorkerPool)
    mutating func restore(
        centroids: Matrix<Float>, labels: [Int32], sums: [Double], squares: [Double], on pool: WorkerPool)
    mutating func assign(on pool: WorkerPool) -> Int
    mutating func assignRepairingEmptyClusters(on pool: WorkerPool) -> Int
    mutating func moveCentroids(on pool: WorkerPool) -> Double
    mutating func inertia(on pool: WorkerPool) -> Double
    mutating func finalInertia(on pool: WorkerPool) -> Double

    /// The first centroids.
    func seeds(_ settings: KMeansSettings, _ random: inout RandomStream, on pool: WorkerPool) -> Matrix<Float>
}

extension RowClusters: Clustering {
    mutating func finalInertia(on pool: WorkerPool) -> Double {
        Element.sumsAreExact ? inertia(on: pool) : directInertia(on: pool)
    }

    func seeds(_ settings: KMeansSettings, _ random: inout RandomStream, on pool: WorkerPool) -> Matrix<Float> {
        let chosen =
            switch settings.seeding {
            case .plusPlus: KMeansSeeding.plusPlus(rows, settings, &random, on: pool)
            case .random: KMeansSeeding.random(of: rows.rowCount, settings, &random)
            }
        return Matrix(
            rows: chosen.count, columns: rows.columnCount,
            chosen.flatMap { rows.row($0).map { Element.number($0) } })
    }
}
