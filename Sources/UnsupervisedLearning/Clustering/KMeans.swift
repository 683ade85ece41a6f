public import FileFormats
public import LinearAlgebra
public import Randomness
public import SupervisedLearning

/// k-means: centroids that minimise the sum of the squared distances of the rows to the nearest of them.
///
/// An update is one iteration of Lloyd's algorithm (Lloyd, 1957/1982): each row gets the label of its nearest centroid,
/// then each centroid moves to the mean of its rows. A start ends when no label changes, when the centroids' moves fall
/// below the tolerance, or when its iterations are used up; then the labels belong to the final centroids. A cluster
/// that is left empty continues at the row farthest from its centroid. Of several starts the lowest inertia is kept.
///
/// The result depends on the rows, the settings and the random stream, not on the number of threads; clusterings of
/// bytes from the same first centroids do not even depend on the CPU level.
public struct KMeans: Learner {
    public static let unit = "iterations"

    public let settings: KMeansSettings
    private let rowCount: Int
    private let columnCount: Int
    private let pool: WorkerPool
    private var random: RandomStream
    private var initialCentroids: Matrix<Float>?
    private var clustering: any Clustering

    /// The starts that have ended.
    private var endedStarts = 0
    /// The iterations of the present start.
    private var iteration = 0
    /// The squared moves of the centroids below which a start ends; known after the first assignment.
    private var threshold = 0.0
    private var best: KMeansModel?

    public let metricNames = ["inertia", "changedLabels", "centroidShift", "restart"]
    public private(set) var metrics = [Double](repeating: .nan, count: 4)

    /// Clusters rows of bytes `[n, columns]`, which stay bytes in memory.
    ///
    /// - Parameter initialCentroids: `[k, columns]` to start from, instead of seeding; then there is one start.
    /// - Throws: `ClusteringError` if a setting is out of range, or the rows cannot be clustered so.
    public init(
        _ settings: KMeansSettings, rows: Matrix<UInt8>, random: RandomStream, initialCentroids: Matrix<Float>? = nil,
        on pool: WorkerPool = .shared
    ) throws {
        try self.init(settings, .bytes(rows), random, initialCentroids, pool)
    }

    /// Clusters rows of floats `[n, columns]`.
    ///
    /// - Parameter initialCentroids: `[k, columns]` to start from, instead of seeding; then there is one start.
    /// - Throws: `ClusteringError` if a setting is out of range, or the rows cannot be clustered so.
    public init(
        _ settings: KMeansSettings, rows: Matrix<Float>, random: RandomStream, initialCentroids: Matrix<Float>? = nil,
        on pool: WorkerPool = .shared
    ) throws {
        try self.init(settings, .floats(rows), random, initialCentroids, pool)
    }

    private init(
        _ settings: KMeansSettings, _ rows: ClusterRows, _ random: RandomStream, _ initialCentroids: Matrix<Float>?,
        _ pool: WorkerPool
    ) throws {
        try settings.validate()
        try rows.validate()
        guard rows.rowCount >= settings.clusters else {
            throw ClusteringError.tooFewRows(rows: rows.rowCount, clusters: settings.clusters)
        }
        if let initialCentroids {
            guard initialCentroids.rowCount == settings.clusters else {
                throw ClusteringError.centroids(found: initialCentroids.rowCount, clusters: settings.clusters)
            }
            guard initialCentroids.columnCount == rows.columnCount else {
                throw ClusteringError.columns(found: initialCentroids.columnCount, expected: rows.columnCount)
            }
            try ClusterRows.floats(initialCentroids).validate()
        }
        self.settings = settings
        self.random = random
        self.initialCentroids = initialCentroids
        self.pool = pool
        rowCount = rows.rowCount
        columnCount = rows.columnCount
        let origin = Matrix<Float>(rows: settings.clusters, columns: rows.columnCount, repeating: 0)
        clustering = rows.clustering(centroids: origin, on: pool)
    }

    private var starts: Int { initialCentroids == nil ? settings.restarts : 1 }

    private var progress: Progress {
        let most = settings.maximumIterations
        return Progress(completed: endedStarts * most + iteration, of: starts * most)
    }

    /// The clustering found: the best start that has ended. While none has, the present centroids with the rows
    /// assigned to them; nil before the first update.
    public var model: KMeansModel? {
        if let best { return best }
        guard iteration > 0 else { return nil }
        var present = clustering
        _ = present.assign(on: pool)
        return KMeansModel(
            centroids: present.centroids, assignments: present.labels.array, inertia: present.finalInertia(on: pool),
            iterations: iteration, converged: false)
    }

    /// One iteration of Lloyd's algorithm; the first of a start chooses its centroids.
    public mutating func advance() throws -> Progress? {
        guard endedStarts < starts else { return nil }
        if iteration == 0 {
            clustering.restart(
                from: initialCentroids ?? clustering.seeds(settings, &random, on: pool), on: pool)
        }
        let changedLabels = clustering.assignRepairingEmptyClusters(on: pool)
        if iteration == 0 { threshold = settings.tolerance * clustering.meanColumnVariance }
        iteration += 1
        metrics[0] = clustering.inertia(on: pool)
        metrics[1] = Double(changedLabels)
        metrics[2] = changedLabels == 0 ? 0 : clustering.moveCentroids(on: pool)
        metrics[3] = Double(endedStarts)
        let converged = metrics[2] <= threshold
        if converged || iteration == settings.maximumIterations {
            end(converged: converged, labelsAreFinal: changedLabels == 0)
        }
        return progress
    }

    /// Ends a start: the labels shall belong to the final centroids.
    private mutating func end(converged: Bool, labelsAreFinal: Bool) {
        if !labelsAreFinal { _ = clustering.assign(on: pool) }
        let inertia = clustering.finalInertia(on: pool)
        metrics[0] = inertia
        if inertia < best?.inertia ?? .infinity {
            best = KMeansModel(
                centroids: clustering.centroids, assignments: clustering.labels.array, inertia: inertia,
                iterations: iteration, converged: converged)
        }
        endedStarts += 1
        iteration = 0
    }
}

extension KMeans {
    /// What is put away besides arrays.
    private struct State: Codable {
        var random: RandomStream
        var endedStarts: Int
        var iteration: Int
        var threshold: Double
        var metrics: [Double]
        var best: Best?

        struct Best: Codable {
            var inertia: Double
            var iterations: Int
            var converged: Bool
        }
    }

    public func save(into archive: inout Archive) throws {
        let state = State(
            random: random, endedStarts: endedStarts, iteration: iteration, threshold: threshold, metrics: metrics,
            best: best.map { .init(inertia: $0.inertia, iterations: $0.iterations, converged: $0.converged) })
        try archive.encode("kMeans", state)
        archive.set("centroids", clustering.centroids.array, shape: [settings.clusters, columnCount])
        archive.set("labels", clustering.labels.array)
        archive.set("sums", clustering.sums.array, shape: [settings.clusters, columnCount])
        archive.set("squares", clustering.squares)
        if let best {
            archive.set("best/centroids", best.centroids.array, shape: [settings.clusters, columnCount])
            archive.set("best/labels", best.assignments)
        }
    }

    public mutating func restore(from archive: Archive) throws {
        let state = try archive.decode("kMeans", as: State.self)
        let shape = [settings.clusters, columnCount]
        let centroids = try archive.floats("centroids", shape: shape)
        let labels = try labels("labels", of: archive, lowest: -1)
        let sums = try archive.doubles("sums", shape: shape)
        let squares = try archive.doubles("squares", shape: [settings.clusters])
        guard state.metrics.count == metrics.count, state.endedStarts >= 0, state.iteration >= 0 else {
            throw FileFormatError(file: archive.name, place: .part("kMeans"), problem: "is no state of k-means")
        }
        var restoredBest: KMeansModel?
        if let kept = state.best {
            let centroids = try archive.floats("best/centroids", shape: shape)
            restoredBest = KMeansModel(
                centroids: Matrix(rows: settings.clusters, columns: columnCount, centroids),
                assignments: try self.labels("best/labels", of: archive, lowest: 0), inertia: kept.inertia,
                iterations: kept.iterations, converged: kept.converged)
        }
        clustering.restore(
            centroids: Matrix(rows: settings.clusters, columns: columnCount, centroids), labels: labels, sums: sums,
            squares: squares, on: pool)
        (random, endedStarts, iteration) = (state.random, state.endedStarts, state.iteration)
        (threshold, metrics, best) = (state.threshold, state.metrics, restoredBest)
    }

    public func hash(into hash: inout StateHash) {
        hash.combine(endedStarts)
        hash.combine(iteration)
        hash.combine(Int(random.position))
        hash.combine(metrics)
        clustering.centroids.withSpan { hash.combine($0) }
    }

    /// An array of one label a row, from `lowest` to k − 1.
    private func labels(_ name: String, of archive: Archive, lowest: Int32) throws -> [Int32] {
        let labels = try archive.int32s(name, shape: [rowCount])
        if let wrong = labels.first(where: { $0 < lowest || $0 >= Int32(settings.clusters) }) {
            throw FileFormatError(
                file: archive.name, place: .part(name),
                problem: "holds the label \(wrong), which is none of \(settings.clusters) clusters")
        }
        return labels
    }
}
