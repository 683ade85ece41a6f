internal import Datasets
public import FileFormats
internal import LinearAlgebra
internal import SupervisedLearning
public import UnsupervisedLearning

/// Fitting an autoencoder to a data set, testing it, and encoding every row.
public struct EncodeExperiment: Experiment {
    public let plan: RunPlan
    public let settings: AutoencoderSettings
    private let dataset: Dataset
    private let parts: TestSplit

    /// - Throws: `ExperimentError` if a setting is wrong, or there is nothing to learn in the data.
    public init(_ data: DataSubject, seed: UInt64, settings given: [GivenSetting]) throws {
        try self.init(
            data, seeds: try RunPlan.seeds(from: seed, count: 1),
            SettingsLayers(defaults: AutoencoderSettings(), algorithm: AlgorithmNames.encoding, given: given))
    }

    /// The autoencoder that a run was begun with.
    init(of record: RunRecord) throws {
        var layers = try SettingsLayers(defaults: AutoencoderSettings(), algorithm: AlgorithmNames.encoding)
        try layers.apply(record.settings, from: record.name)
        try self.init(DataSubject(of: record), seeds: record.seeds, layers)
    }

    private init(_ data: DataSubject, seeds: [UInt64], _ layers: SettingsLayers<AutoencoderSettings>) throws {
        let resolved = try layers.resolve { try $0.validate() }
        settings = resolved.settings
        dataset = data.dataset
        parts = try TestSplit(data.dataset, share: SelectionSettings().testFraction)
        plan = RunPlan(
            verb: "encode", subject: data.subject, algorithm: AlgorithmNames.encoding,
            seeds: seeds, settings: resolved.values, mainMetric: ("trainingLoss", "loss"),
            evaluationMetric: .init("validationLoss", higherIsBetter: false), data: data.source)
    }

    public func makeLearner(seed: UInt64) throws -> Autoencoder {
        do {
            return try Autoencoder(
                settings, features: parts.training.features, largestByte: dataset.valueRange?.upperBound ?? 255,
                seed: seed)
        } catch let error as SamplesError {
            throw ExperimentError(.badData, "\(error)")
        }
    }

    public func conclude(
        _ work: Autoencoder, seed: SeedProgress, isComplete: Bool
    ) throws -> Conclusion<EncodingResult> {
        let error = try work.network.reconstructionError(on: parts.test.features)
        var parameters = Archive()
        try work.network.save(into: &parameters)
        var files = [(name: "parameters.safetensors", bytes: try parameters.encoded())]
        if isComplete {
            let codes = try work.network.encode(dataset.training.features)
            files.append(("codes.npy", NPY.encode(codes.array, shape: [codes.rowCount, codes.columnCount])))
        }
        let drawing = try EncodingDrawing(
            work.network, error: error, test: parts.test, trainingCount: parts.training.features.rowCount, of: dataset)
        var archive = try drawing.archive()
        if isComplete {
            try Baseline.reconstruction(
                by: work.network, training: parts.training.features, test: parts.test.features
            ).save(into: &archive)
        }
        let (codes, rowErrors) = try (
            work.network.encode(parts.test.features), work.network.reconstructionErrors(on: parts.test.features)
        )
        CodeSpread(of: codes, rowErrors: rowErrors.map { Float($0) }).save(into: &archive)
        return Conclusion(
            EncodingResult(test: .init(meanSquaredError: error), seconds: seed.seconds), files: files,
            drawing: archive)
    }

    public func evaluate(
        _ parameters: Archive, of seed: UInt64, as request: EvaluationRequest
    ) throws -> [EvaluationSample] {
        let network = try AutoencoderNetwork(restoring: parameters)
        return [
            EvaluationSample(
                "mean squared error", of: "test rows", try network.reconstructionErrors(on: parts.test.features))
        ]
    }

    public func result(of seeds: [EncodingResult]) -> any Encodable & Sendable { seeds[0] }
}

/// What an autoencoder came to.
public struct EncodingResult: Codable, Sendable, Equatable {
    public struct Test: Codable, Sendable, Equatable {
        /// Of an element: bytes count as 0 … 1, other numbers are standardized.
        public let meanSquaredError: Double
    }

    /// On rows that were not learned from.
    public let test: Test
    /// The time that fitting took, without the test.
    public let seconds: Double
}
