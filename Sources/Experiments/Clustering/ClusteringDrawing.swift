internal import Datasets
internal import FileFormats
internal import LinearAlgebra
internal import Randomness
internal import UnsupervisedLearning

/// What the figures of a clustering show beyond its metrics.
///
/// | name in the archive | shape | what it is |
/// |---|---|---|
/// | `sizes` | `[k]` | rows in each cluster |
/// | `centroids` | `[k, d]` | |
/// | `farthest` | `[k, d]` | the row of each cluster that is farthest from its centroid |
/// | `places` | `[shown, 2]` | rows on two principal components, a sample |
/// | `groups` | `[shown]` | their clusters |
/// | `centroidPlaces` | `[k, 2]` | the centroids on the same components |
/// | `silhouettes` | `[sampled]` | of a sample of rows among each other |
/// | `silhouetteClusters` | `[sampled]` | their clusters |
/// | `contingency` | `[classes, k]` | rows of each class in each cluster, where rows have classes |
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
        /// Indices of the clustering over all rows; nil where they are none, or from runs of earlier versions.
        var calinskiHarabasz: Double?
        var daviesBouldin: Double?
        /// Agreement with the classes, where rows have classes.
        var adjustedRandIndex: Double?
        var normalizedMutualInformation: Double?
        var classNames: [String]?
    }

    /// A scatter of more rows is a blot.
    private static let mostShown = 3000
    /// Silhouettes take as many distances as there are pairs of rows.
    private static let mostSilhouettes = 2000

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
    var silhouettes: [Double] = []
    var silhouetteClusters: [Int32] = []
    var contingency: [Int64] = []

    init(_ model: KMeansModel, of dataset: Dataset) {
        let features = dataset.training.features
        let (n, d) = (features.rowCount, features.columnCount)
        var random = RandomStream(seed: 0, purpose: "rows of a figure")
        var order = (0..<Int32(n)).map(\.self)
        random.shuffle(&order)
        let shown = order.prefix(Self.mostShown).map { Int($0) }.sorted()
        let rows = features.rows(shown).floats()
        let axes = n >= 2 && d >= 2 ? PrincipalComponents(of: rows, count: 2) : nil
        let spread = ClusterSpread(of: features, clusters: model.assignments, centroids: model.centroids)
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
        measure(model, spread, sample: order.prefix(Self.mostSilhouettes).map { Int($0) }.sorted(), of: dataset)
    }

    /// Silhouettes of the rows `sample`, indices, and the agreement with classes.
    private mutating func measure(_ model: KMeansModel, _ spread: ClusterSpread, sample: [Int], of dataset: Dataset) {
        let sampled = Silhouette(
            of: dataset.training.features.rows(sample).floats(), clusters: sample.map { model.assignments[$0] })
        if sampled.values.allSatisfy({ !$0.isNaN }) {
            silhouettes = sampled.values
            silhouetteClusters = sample.map { model.assignments[$0] }
        }
        summary.calinskiHarabasz = Self.known(CalinskiHarabaszIndex.of(spread))
        summary.daviesBouldin = Self.known(DaviesBouldinIndex.of(spread, centroids: model.centroids))
        guard let labels = dataset.training.labels, let names = dataset.classNames else { return }
        let table = ContingencyTable(
            classes: labels, clusters: model.assignments, classCount: names.count, clusterCount: model.clusterCount)
        summary.classNames = names
        summary.adjustedRandIndex = AdjustedRandIndex.of(table)
        summary.normalizedMutualInformation = NormalizedMutualInformation.of(table)
        contingency = table.counts.joined().map { Int64($0) }
    }

    private static func known(_ index: Double) -> Double? { index.isFinite ? index : nil }

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
        archive.set("silhouettes", silhouettes)
        archive.set("silhouetteClusters", silhouetteClusters)
        archive.set("contingency", contingency)
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
        // Runs of earlier versions have none.
        guard archive.array("silhouettes") != nil else { return }
        silhouetteClusters = try archive.int32s("silhouetteClusters")
        silhouettes = try archive.doubles("silhouettes", shape: [silhouetteClusters.count])
        contingency = try archive.int64s("contingency", shape: [k * (summary.classNames?.count ?? 0)])
    }
}
