public import Autodiff
public import Datasets
public import FileFormats
public import LinearAlgebra
public import NeuralNetworks
import Randomness

/// A network with all it needs to predict: its architecture and parameters, the preprocessing of samples, and what its
/// outputs mean. It is what a model file holds.
public final class FittedNetwork: @unchecked Sendable {
    /// What the outputs mean.
    public struct Target: Codable, Sendable, Equatable {
        /// What is predicted; nil if it has no name.
        public var name: String?
        public var hasClasses: Bool
        /// A name for each class; empty for values, or where classes have none.
        public var classNames: [String] = []
        /// The scale of the values, where there are values.
        var values: Standardization?
    }

    /// What a network is made from, as an archive describes it.
    struct Architecture: Codable, Equatable {
        var network: NetworkDescription
        var preprocessing: Preprocessing
        var target: Target
        /// How samples to predict are read; nil where they come from no file.
        var schema: RawSchema?
        /// The settings that it was fitted by.
        @SettingsOfAnyVersion var settings: FittingSettings
    }

    public let parameters: ParameterStore
    let architecture: Architecture
    let network: Network
    let pool: WorkerPool
    private let prediction: BatchedInference

    /// A network with weights drawn for `seed`, and a preprocessing measured on the rows `rows`.
    ///
    /// - Throws: `InvalidSetting`, `PreprocessingError`, `SamplesError` or `NetworkError` if they do not fit each other.
    convenience init(
        _ settings: FittingSettings, samples: Samples, rows: [Int32], seed: UInt64, pool: WorkerPool
    ) throws {
        let preprocessing = try Preprocessing(
            fitting: samples.features, rows: rows.map { Int($0) }, options: settings.preprocessing(of: samples))
        var target = Target(name: samples.targetName, hasClasses: true, classNames: samples.classNames)
        if case .values(let matrix) = samples.targets {
            target.hasClasses = false
            target.values = Standardization(of: matrix, rows: rows)
        }
        let network = try settings.network(for: preprocessing, outputs: samples.targets.outputCount)
        try self.init(
            Architecture(
                network: network, preprocessing: preprocessing, target: target,
                schema: preprocessing.schema ?? samples.schema, settings: settings), seed: seed, pool: pool)
    }

    convenience init(_ architecture: Architecture, seed: UInt64, pool: WorkerPool) throws {
        try self.init(architecture, pool: pool) { layout in
            var random = RandomStream(seed: seed, purpose: "weights")
            return ParameterStore(layout, using: &random)
        }
    }

    private init(
        _ architecture: Architecture, pool: WorkerPool, parameters: (ParameterLayout) throws -> ParameterStore
    ) throws {
        self.architecture = architecture
        self.pool = pool
        var layout = ParameterLayout()
        let network = try Network(architecture.network, in: &layout)
        guard network.output.count == 1 else {
            throw NetworkError(layer: "output", problem: "the network gives \(network.output) for a sample, not a row")
        }
        self.network = network
        self.parameters = try parameters(layout)
        prediction = try BatchedInference(parameters: self.parameters, pool: pool) { trace in
            let output = network(&trace)
            trace.output("prediction", architecture.target.hasClasses ? exp(logSoftmax(output)) : output)
        }
    }

    public var target: Target { architecture.target }
    /// How samples to predict are read; nil where it was fitted to none from a file.
    public var schema: RawSchema? { architecture.schema }
    public var settings: FittingSettings { architecture.settings }
    public var preprocessing: Preprocessing { architecture.preprocessing }
    /// The number of classes, or of values.
    public var outputCount: Int { network.output[0] }
    /// The layers, with their outputs, parameters and multiply-adds.
    public var summary: [Network.Summary] { network.summary }

    /// Samples as the network sees them.
    func encoded(_ samples: Samples) throws -> (features: EncodedFeatures, targets: Targets) {
        let features = try preprocessing(samples.features)
        switch samples.targets {
        case .classes(_, let count) where target.hasClasses && count == outputCount: return (features, samples.targets)
        case .values(let matrix) where matrix.columnCount == outputCount:
            guard let scale = target.values else { break }
            return (features, .values(scale(matrix)))
        default: break
        }
        let outputs = target.hasClasses ? "classes" : "values"
        throw SamplesError(problem: "the network was fitted to \(outputCount) \(outputs); the targets are others")
    }

    /// The loss of predictions over a trace's inputs, and the result `prediction`: scores of classes, or values.
    func loss(_ trace: inout Trace) -> Tensor {
        let output = network(&trace)
        trace.output("prediction", output)
        return target.hasClasses
            ? softmaxCrossEntropy(output, trace.indices("labels"))
            : meanSquaredError(output, trace.input("targets", outputCount))
    }

    // MARK: Predicting

    /// The probability of each class, `[n, classes]`, or the values, `[n, outputs]`, for each row.
    ///
    /// - Throws: `PreprocessingError`, `FileFormatError` or `SamplesError` if they are not such as it was fitted to.
    public func predictions(for features: RawFeatures) throws -> Matrix<Float> {
        let outputs = prediction.results("prediction", columns: outputCount, of: try preprocessing(features))
        return target.values.map { $0.inverse(outputs) } ?? outputs
    }

    /// As above, for numbers.
    public func predictions(for features: Features) throws -> Matrix<Float> {
        try predictions(for: .matrix(features, image: nil))
    }

    /// The most probable class of each row.
    ///
    /// - Precondition: the network is a classifier.
    public func classes(of features: RawFeatures) throws -> [Int32] {
        precondition(target.hasClasses, "the network predicts values, not classes")
        return try predictions(for: features).withSpan { probabilities in
            (0..<features.rowCount).map { row in
                Int32(probabilities.largest(in: row * outputCount..<(row + 1) * outputCount))
            }
        }
    }

    /// As above, for numbers.
    public func classes(of features: Features) throws -> [Int32] { try classes(of: .matrix(features, image: nil)) }

    // MARK: Saving

    /// Writes the parameters by name, and `architecture`: layers, preprocessing, the outputs' meaning and the settings.
    public func save(into archive: inout Archive) throws {
        parameters.save(into: &archive)
        try archive.encode("architecture", architecture)
    }

    /// The network that `save` wrote.
    ///
    /// - Throws: `FileFormatError` if something is missing or does not fit.
    public convenience init(restoring archive: Archive, pool: WorkerPool = .shared) throws {
        let architecture = try archive.decode("architecture", as: Architecture.self)
        do {
            try self.init(architecture, pool: pool) { try ParameterStore($0, restoring: archive) }
        } catch let error as NetworkError {
            throw FileFormatError(
                file: archive.name, place: .part("architecture"), problem: "makes no network: \(error)")
        }
        guard target.values.map({ $0.fits(columns: outputCount) && !target.hasClasses }) ?? target.hasClasses,
            target.classNames.isEmpty || target.classNames.count == outputCount,
            preprocessing.fits(architecture.network.input)
        else {
            throw FileFormatError(
                file: archive.name, place: .part("architecture"), problem: "its parts do not fit each other",
                advice: "the file is damaged, or was edited")
        }
        for slice in parameters.layout.slices where !parameters[slice].allSatisfy(\.isFinite) {
            throw FileFormatError(
                file: archive.name, place: .part(slice.name), problem: "a parameter is not finite",
                advice: "the file is damaged, or the fit diverged")
        }
    }

    /// A copy to go on from, whose parameters can change without changing these.
    ///
    /// - Parameters:
    ///   - settings: those that it will be fitted by.
    ///   - samples: what it will learn from.
    /// - Throws: `SamplesError` if their classes are others; `InvalidSetting` if the settings mean other layers.
    func copy(fittedBy settings: FittingSettings, to samples: Samples, pool: WorkerPool) throws -> FittedNetwork {
        let (own, others) = (target.classNames, samples.classNames)
        guard own.isEmpty || others.isEmpty || own == others else {
            throw SamplesError(
                problem: "the classes are \(Self.list(others)); those of the earlier model are \(Self.list(own)), in "
                    + "this order")
        }
        var architecture = architecture
        guard try settings.network(for: preprocessing, outputs: outputCount) == architecture.network else {
            let (name, value) = settings.firstLayerSetting(otherThanIn: self.settings)
            throw InvalidSetting(name, value, "must be as in the earlier model, whose layers stay")
        }
        architecture.settings = settings
        return try FittedNetwork(architecture, pool: pool) { _ in ParameterStore(copying: parameters) }
    }

    private static func list(_ names: [String]) -> String {
        names.prefix(20).joined(separator: ", ") + (names.count > 20 ? ", …" : "")
    }
}

extension FittingSettings {
    /// The first setting of the layers that has another value here.
    fileprivate func firstLayerSetting(otherThanIn other: FittingSettings) -> (name: String, value: String) {
        let layers: [(String, String, String)] = [
            ("model", model.rawValue, other.model.rawValue), ("hiddenSizes", "\(hiddenSizes)", "\(other.hiddenSizes)"),
            ("activation", activation.rawValue, other.activation.rawValue),
            ("channels", "\(channels)", "\(other.channels)"),
            ("embeddingSize", "\(embeddingSize)", "\(other.embeddingSize)"),
            ("textEncoder", textEncoder.rawValue, other.textEncoder.rawValue),
            ("batchNormalization", "\(batchNormalization)", "\(other.batchNormalization)"),
        ]
        let changed = layers.first { $0.1 != $0.2 } ?? ("dropout", "\(dropout)", "\(other.dropout)")
        return (changed.0, changed.1)
    }

    func preprocessing(of samples: Samples) -> Preprocessing.Options {
        var options = Preprocessing.Options()
        options.largestByte = samples.largestByte
        options.texts = model == .text ? .words : .terms
        options.terms.words = wordRuns
        options.terms.characters = characterRuns.isEmpty ? nil : characterRuns
        options.table.scale = columnScale
        options.table.imputation =
            switch missingNumbers {
            case .median: .median
            case .mean: .mean
            case .zero: .constant(0)
            }
        return options
    }
}

extension Preprocessing {
    /// The columns that it takes of a table; nil for other kinds of samples.
    var schema: RawSchema? {
        guard case .table(let table) = self else { return nil }
        return .table(table.schema)
    }

    /// Whether what it makes of samples is such a network's input.
    func fits(_ input: NetworkDescription.Input) -> Bool {
        switch (self, input) {
        case (.matrix, .features(let dimensions)), (.table, .features(let dimensions)):
            dimensions.reduce(1, { $0.multipliedReportingOverflow(by: $1).partialValue }) == width
        case (.terms(let terms), .tokens(let length, let entries, let areWeighted)):
            length == width && entries == terms.terms.count && areWeighted
        case (.words(let words), .tokens(let length, let entries, let areWeighted)):
            length == width && entries == words.tokenCount && !areWeighted
        case (.identifiers(let index), .tokens(let length, let entries, _)):
            length == 2 && entries == index.tokenCount
        default: false
        }
    }
}
