internal import Datasets
internal import FileFormats
internal import LinearAlgebra
internal import Randomness
internal import UnsupervisedLearning

/// What the figure of a clustering shows beyond its metrics.
struct ClusteringDrawing {
    /// The numbers in the figure's words.
    struct Summary: Codable, Equatable {
        var inertia: Double
        /// Σ of the squared distances of the rows to their mean.
        var totalSumOfSquares: Double
        var iterations: Int
        var rowCount: Int
        var columnCount: Int
        /// The share of the variance along the two axes of the scatter, of the rows shown.
        var shownVariance: [Double]
        var picture: DataPicture?
        var columnNames: [String]
    }

    /// A scatter of more rows is a blot.
    private static let mostShown = 3000

    var summary: Summary
    /// Rows in each cluster, `[k]`.
    var sizes: [Int64]
    /// `[k, d]`
    var centroids: [Float]
    /// The row of each cluster that is farthest from its centroid, `[k, d]`.
    var farthest: [Float]
    /// The rows shown, on two principal components: `[shown, 2]`.
    var places: [Float]
    /// The cluster of each row shown.
    var groups: [Int32]
    /// `[k, 2]`
    var centroidPlaces: [Float]

    init(_ model: KMeansModel, of dataset: Dataset) {
        let features = dataset.training.features
        let (n, d) = (features.rowCount, features.columnCount)
        var random = RandomStream(seed: 0, purpose: "rows of a figure")
        var order = (0..<Int32(n)).map(\.self)
        random.shuffle(&order)
        let shown = order.prefix(Self.mostShown).map { Int($0) }.sorted()
        let rows = features.rows(shown).floats()
        let axes = n >= 2 && d >= 2 ? PrincipalComponents(of: rows, count: 2) : nil
        let spread = Spread(model, features)
        summary = Summary(
            inertia: model.inertia, totalSumOfSquares: spread.totalSumOfSquares, iterations: model.iterations,
            rowCount: n, columnCount: d, shownVariance: axes?.explainedVarianceRatio ?? [],
            picture: DataPicture(dataset), columnNames: dataset.columnNames)
        sizes = model.sizes.map { Int64($0) }
        centroids = model.centroids.array
        farthest = features.rows(spread.farthest).floats().array
        places = axes?.projections(of: rows).array ?? []
        groups = axes == nil ? [] : shown.map { model.assignments[$0] }
        centroidPlaces = axes?.projections(of: model.centroids).array ?? []
    }

    func archive() throws -> Archive {
        var archive = Archive()
        try archive.encode("summary", summary)
        let (k, d) = (sizes.count, summary.columnCount)
        archive.set("sizes", sizes)
        archive.set("centroids", centroids, shape: [k, d])
        archive.set("farthest", farthest, shape: [k, d])
        archive.set("places", places, shape: [groups.count, 2])
        archive.set("groups", groups)
        archive.set("centroidPlaces", centroidPlaces, shape: [centroidPlaces.count / 2, 2])
        return archive
    }

    /// - Throws: `FileFormatError` if something is missing or does not fit.
    init(_ archive: Archive) throws {
        summary = try archive.decode("summary")
        sizes = try archive.int64s("sizes")
        let (k, d) = (sizes.count, summary.columnCount)
        centroids = try archive.floats("centroids", shape: [k, d])
        farthest = try archive.floats("farthest", shape: [k, d])
        groups = try archive.int32s("groups")
        places = try archive.floats("places", shape: [groups.count, 2])
        centroidPlaces = try archive.floats("centroidPlaces")
    }
}

/// How far rows lie from their centroids and from their mean.
private struct Spread {
    var totalSumOfSquares = 0.0
    /// The row farthest from each centroid; 0 for an empty cluster.
    var farthest: [Int]

    init(_ model: KMeansModel, _ features: Features) {
        farthest = Array(repeating: 0, count: model.clusterCount)
        switch features {
        case .bytes(let rows): measure(model, rows) { Float($0) }
        case .floats(let rows): measure(model, rows) { $0 }
        }
    }

    private mutating func measure<Element>(
        _ model: KMeansModel, _ rows: Matrix<Element>, _ number: (Element) -> Float
    ) {
        let (n, d) = (rows.rowCount, rows.columnCount)
        var sums = [Double](repeating: 0, count: d)
        var squares = 0.0
        var largest = [Float](repeating: -1, count: model.clusterCount)
        rows.withSpan { values in
            model.centroids.withSpan { centroids in
                for row in 0..<n {
                    let cluster = Int(model.assignments[row])
                    var distance: Float = 0
                    var square: Float = 0
                    for column in 0..<d {
                        let value = number(values[row * d + column])
                        let difference = value - centroids[cluster * d + column]
                        distance += difference * difference
                        square += value * value
                        sums[column] += Double(value)
                    }
                    squares += Double(square)
                    if distance > largest[cluster] { (largest[cluster], farthest[cluster]) = (distance, row) }
                }
            }
        }
        totalSumOfSquares = squares - sums.reduce(0) { $0 + $1 * $1 } / Double(max(n, 1))
    }
}
