public import Autodiff
public import FileFormats
public import Datasets
public import LinearAlgebra
import NeuralNetworks
import Randomness

/// A multilayer perceptron with all it needs to predict: parameters, and the scales of its features and values.
public final class FittedNetwork: @unchecked Sendable {
    /// What a network is built from, as an archive describes it.
    struct Architecture: Codable, Equatable {
        /// The widths of the features, of each hidden layer, and of the output.
        var sizes: [Int]
        var activation: Activation
        /// Whether the outputs are scores of classes; else they are values.
        var hasClasses: Bool
        /// The scale of the features.
        var features: FeatureScale
        /// The scale of the values, where there are values.
        var values: Standardization?
    }

    public let parameters: ParameterStore
    let architecture: Architecture
    private let perceptron: MultilayerPerceptron
    private let pool: WorkerPool
    private let prediction: BatchedInference

    /// A network with weights drawn for `seed`, and scales measured on the rows `rows`.
    convenience init(
        hiddenSizes: [Int], activation: Activation, samples: Samples, rows: [Int32], seed: UInt64, pool: WorkerPool
    ) throws {
        var architecture = Architecture(
            sizes: [samples.features.columnCount] + hiddenSizes + [samples.targets.outputCount],
            activation: activation, hasClasses: true,
            features: FeatureScale(for: samples.features, rows: rows, largestByte: samples.largestByte))
        if case .values(let matrix) = samples.targets {
            architecture.hasClasses = false
            architecture.values = Standardization(of: matrix, rows: rows)
        }
        try self.init(architecture, seed: seed, pool: pool)
    }

    private init(_ architecture: Architecture, seed: UInt64, pool: WorkerPool) throws {
        self.architecture = architecture
        self.pool = pool
        var layout = ParameterLayout()
        let perceptron = MultilayerPerceptron(
            "network", sizes: architecture.sizes, activation: architecture.activation,
            hidden: architecture.activation.initializer, output: VarianceScaling.glorotUniform, in: &layout)
        self.perceptron = perceptron
        var random = RandomStream(seed: seed, purpose: "weights")
        parameters = ParameterStore(layout, using: &random)
        prediction = try BatchedInference(parameters: parameters, pool: pool) { trace in
            let output = perceptron(trace.input("features", architecture.sizes[0]))
            trace.output("prediction", architecture.hasClasses ? exp(logSoftmax(output)) : output)
        }
    }

    /// The number of features that the network takes.
    public var featureCount: Int { architecture.sizes[0] }
    /// The number of classes, or of values.
    public var outputCount: Int { architecture.sizes[architecture.sizes.count - 1] }

    /// The loss over a trace's inputs, and the result `prediction`: scores of classes, or values.
    func loss(_ trace: inout Trace) -> Tensor {
        let output = perceptron(trace.input("features", featureCount))
        trace.output("prediction", output)
        return architecture.hasClasses
            ? softmaxCrossEntropy(output, trace.indices("labels"))
            : meanSquaredError(output, trace.input("targets", outputCount))
    }

    /// Features and values as the network sees them.
    func scaled(_ samples: Samples) -> (features: ScaledFeatures, targets: Targets) {
        let features = architecture.features(samples.features)
        guard case .values(let matrix) = samples.targets, let scale = architecture.values else {
            return (features, samples.targets)
        }
        return (features, .values(scale(matrix)))
    }

    // MARK: Predicting

    /// The probability of each class, `[n, classes]`, or the values, `[n, outputs]`, for each row.
    ///
    /// - Throws: `SamplesError` if there are not as many features as the network was fitted to.
    public func predictions(for features: Features) throws -> Matrix<Float> {
        try Samples.check(features, fittedTo: featureCount)
        let outputs = prediction.results("prediction", columns: outputCount, of: architecture.features(features))
        return architecture.values.map { $0.inverse(outputs) } ?? outputs
    }

    /// The most probable class of each row.
    ///
    /// - Precondition: the network is a classifier.
    public func classes(of features: Features) throws -> [Int32] {
        precondition(architecture.hasClasses, "the network predicts values, not classes")
        return try predictions(for: features).withSpan { probabilities in
            (0..<features.rowCount).map { row in
                Int32(probabilities.largest(in: row * outputCount..<(row + 1) * outputCount))
            }
        }
    }

    /// How well a network does on samples.
    public struct Evaluation: Sendable, Equatable {
        /// Mean cross entropy in nats; or, for values, the mean squared error over the variance of the training targets.
        public let loss: Double
        /// Which classes were taken for which; nil for values.
        public let confusion: ConfusionMatrix?
        /// The share of rows whose class is predicted; nil for values.
        public var accuracy: Double? { confusion?.accuracy }
    }

    /// How well the network does on `samples`.
    ///
    /// - Throws: `SamplesError` if features or targets are not of the kind that the network was fitted to.
    public func evaluate(on samples: Samples) throws -> Evaluation {
        try Samples.check(samples.features, fittedTo: featureCount)
        let seen = scaled(samples)
        var confusion: ConfusionMatrix?
        switch samples.targets {
        case .classes(let labels, let count) where architecture.hasClasses && count == outputCount:
            confusion = ConfusionMatrix(
                labels: labels, predictions: try classes(of: samples.features), classes: count)
        case .values(let matrix) where !architecture.hasClasses && matrix.columnCount == outputCount: break
        default:
            let outputs = architecture.hasClasses ? "classes" : "values"
            throw SamplesError(problem: "the network was fitted to \(outputCount) \(outputs); the targets are others")
        }
        let inference = try BatchedInference(parameters: parameters, pool: pool) { trace in
            trace.output("loss", loss(&trace))
        }
        return Evaluation(loss: inference.meanLoss(over: seen.features, seen.targets), confusion: confusion)
    }

    // MARK: Saving

    /// Writes the parameters by name, and `architecture`: layers and scales.
    public func save(into archive: inout Archive) throws {
        parameters.save(into: &archive)
        try archive.encode("architecture", architecture)
    }

    /// The network that `save` wrote.
    ///
    /// - Throws: `FileFormatError` if something is missing or does not fit.
    public convenience init(restoring archive: Archive, pool: WorkerPool = .shared) throws {
        let architecture = try archive.decode("architecture", as: Architecture.self)
        guard architecture.features.fits(sizes: architecture.sizes),
            architecture.values.map({ $0.fits(columns: architecture.sizes[architecture.sizes.count - 1]) }) ?? true
        else {
            throw SamplesError(problem: "\(archive.name): the architecture \(architecture.sizes) makes no network")
        }
        // The weights are replaced; any seed does.
        try self.init(architecture, seed: 0, pool: pool)
        try parameters.restore(from: archive)
    }
}

