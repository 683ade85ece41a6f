internal import Datasets
public import FileFormats
internal import LinearAlgebra
internal import Plotting
internal import Randomness
public import UnsupervisedLearning

/// Clustering the rows of a data set by k-means.
public struct ClusterExperiment: Experiment {
    public let plan: RunPlan
    public let settings: KMeansSettings
    private let data: DataSubject

    /// - Parameter assignments: settings as they were given, in order, with their source: `("clusters", "10", "flag
    ///   --clusters")`.
    /// - Throws: `ExperimentError` if a setting is unknown, has a wrong value, or does not fit the others.
    public init(_ data: DataSubject, seed: UInt64, settings given: [GivenSetting]) throws {
        try self.init(
            data, seeds: try RunPlan.seeds(from: seed, count: 1),
            SettingsLayers(defaults: KMeansSettings(), algorithm: AlgorithmNames.clustering, given: given))
    }

    /// The clustering that a run was begun with.
    init(of record: RunRecord) throws {
        var layers = try SettingsLayers(defaults: KMeansSettings(), algorithm: AlgorithmNames.clustering)
        try layers.apply(record.settings, from: record.name)
        try self.init(DataSubject(of: record), seeds: record.seeds, layers)
    }

    private init(_ data: DataSubject, seeds: [UInt64], _ layers: SettingsLayers<KMeansSettings>) throws {
        let resolved = try layers.resolve { try $0.validate() }
        settings = resolved.settings
        self.data = data
        plan = RunPlan(
            verb: "cluster", subject: data.subject, algorithm: AlgorithmNames.clustering, seeds: seeds,
            settings: resolved.values,
            mainMetric: ("inertia", "inertia"), data: data.source)
    }

    public func makeLearner(seed: UInt64) throws -> KMeans {
        let random = RandomStream(seed: seed, purpose: "k-means")
        do {
            switch data.dataset.training.features {
            case .bytes(let rows): return try KMeans(settings, rows: rows, random: random)
            case .floats(let rows): return try KMeans(settings, rows: rows, random: random)
            }
        } catch let error as ClusteringError {
            throw ExperimentError(.badData, "\(error)")
        }
    }

    public func conclude(_ work: KMeans, seed: SeedProgress, isComplete: Bool) throws -> Conclusion<ClusteringResult> {
        guard let model = work.model else { throw ExperimentError(.failed, "no iteration was done") }
        let centroids = model.centroids.array
        let shape = [model.clusterCount, model.centroids.columnCount]
        var parameters = Archive()
        parameters.set("centroids", centroids, shape: shape)
        var drawing = try ClusteringDrawing(model, of: data.dataset).archive()
        try Baseline.trivialClusters(count: model.clusterCount, rowCount: model.assignments.count)
            .save(into: &drawing)
        return Conclusion(
            ClusteringResult(inertia: model.inertia, iterations: model.iterations, seconds: seed.seconds),
            files: [
                ("assignments.npy", NPY.encode(model.assignments)),
                ("centroids.npy", NPY.encode(centroids, shape: shape)),
                ("parameters.safetensors", try parameters.encoded()),
            ], drawing: drawing)
    }

    public func evaluate(
        _ parameters: Archive, of seed: UInt64, as request: EvaluationRequest
    ) throws -> [EvaluationSample] {
        let part = data.dataset.test ?? data.dataset.training
        let shape = [settings.clusters, part.features.columnCount]
        let centroids = try parameters.floats("centroids", shape: shape)
        let distances = try KMeansModel.squaredDistances(
            of: part.features, to: Matrix(rows: shape[0], columns: shape[1], centroids))
        let rows = data.dataset.test == nil ? "training rows" : "test rows"
        return [EvaluationSample("squared distance to the nearest centroid", of: rows, distances)]
    }

    public func result(of seeds: [ClusteringResult]) -> any Encodable & Sendable { seeds[0] }
}

/// What a clustering came to.
public struct ClusteringResult: Codable, Sendable, Equatable {
    /// Σ of the squared distances of the rows to their centroids.
    public let inertia: Double
    /// Those of the start that was kept.
    public let iterations: Int
    /// The time of all starts.
    public let seconds: Double
}
