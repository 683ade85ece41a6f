public import Autodiff
public import Datasets
public import FileFormats
public import LinearAlgebra
import NeuralNetworks
import Randomness
import SupervisedLearning

/// Encoder and decoder, with the scale of their features.
public final class AutoencoderNetwork: @unchecked Sendable {
    /// What a network is built from, as an archive describes it.
    private struct Architecture: Codable {
        /// The widths of the features, of each of the encoder's hidden layers, and of the code.
        var sizes: [Int]
        var activation: Activation
        var features: FeatureScale

        /// Sigmoids reach 0 … 1, which is what bytes are seen as.
        var outputActivation: Activation {
            if case .factor = features { .sigmoid } else { .identity }
        }
    }

    public let parameters: ParameterStore
    private let architecture: Architecture
    private let encoder: MultilayerPerceptron
    private let decoder: MultilayerPerceptron
    private let encoding: BatchedInference
    private let decoding: BatchedInference
    private let reconstruction: BatchedInference
    private let pool: WorkerPool

    /// A network with weights drawn for `seed`, and a scale measured on the rows `rows`.
    convenience init(
        hiddenSizes: [Int], codeSize: Int, activation: Activation, features: Features, rows: [Int32],
        largestByte: Float, seed: UInt64, pool: WorkerPool
    ) throws {
        let architecture = Architecture(
            sizes: [features.columnCount] + hiddenSizes + [codeSize], activation: activation,
            features: FeatureScale(for: features, rows: rows, largestByte: largestByte))
        try self.init(architecture, seed: seed, pool: pool)
    }

    private init(_ architecture: Architecture, seed: UInt64, pool: WorkerPool) throws {
        self.architecture = architecture
        self.pool = pool
        var layout = ParameterLayout()
        let hidden = architecture.activation.initializer
        encoder = MultilayerPerceptron(
            "encoder", sizes: architecture.sizes, activation: architecture.activation,
            outputActivation: architecture.activation, hidden: hidden, output: hidden, in: &layout)
        decoder = MultilayerPerceptron(
            "decoder", sizes: architecture.sizes.reversed(), activation: architecture.activation,
            outputActivation: architecture.outputActivation, hidden: hidden,
            output: VarianceScaling.glorotUniform, in: &layout)
        var random = RandomStream(seed: seed, purpose: "weights")
        parameters = ParameterStore(layout, using: &random)
        let (encoder, decoder, width) = (encoder, decoder, architecture.sizes[0])
        let codeSize = architecture.sizes[architecture.sizes.count - 1]
        encoding = try BatchedInference(parameters: parameters, pool: pool) { trace in
            trace.output("code", encoder(trace.input("features", width)))
        }
        decoding = try BatchedInference(parameters: parameters, pool: pool) { trace in
            trace.output("reconstruction", decoder(trace.input("features", codeSize)))
        }
        reconstruction = try BatchedInference(parameters: parameters, pool: pool) { trace in
            trace.output("reconstruction", decoder(encoder(trace.input("features", width))))
        }
    }

    /// The number of features of a sample.
    public var featureCount: Int { architecture.sizes[0] }
    /// The number of values in a code.
    public var codeSize: Int { architecture.sizes[architecture.sizes.count - 1] }

    /// The mean squared error of an element, over the input `features`.
    func loss(_ trace: inout Trace) -> Tensor {
        let features = trace.input("features", featureCount)
        return meanSquaredError(decoder(encoder(features)), features)
    }

    /// Features as the network sees them.
    func scaled(_ features: Features) -> ScaledFeatures { architecture.features(features) }

    // MARK: Using

    /// The code of each sample: `[n, codeSize]`.
    ///
    /// - Throws: `SamplesError` if there are not as many features as the network was fitted to.
    public func encode(_ features: Features) throws -> Matrix<Float> {
        try Samples.check(features, fittedTo: featureCount)
        return encoding.results("code", columns: codeSize, of: .dense(scaled(features)))
    }

    /// Each sample as the network reproduces it, in the features' own units: `[n, d]`.
    ///
    /// - Throws: `SamplesError` if there are not as many features as the network was fitted to.
    public func reconstruct(_ features: Features) throws -> Matrix<Float> {
        try Samples.check(features, fittedTo: featureCount)
        let outputs = reconstruction.results("reconstruction", columns: featureCount, of: .dense(scaled(features)))
        return architecture.features.inverse(outputs)
    }

    /// What the network makes of codes `[n, codeSize]`, in the features' own units: `[n, d]`.
    ///
    /// - Throws: `SamplesError` if codes have another width.
    public func decode(_ codes: Matrix<Float>) throws -> Matrix<Float> {
        try Samples.check(.floats(codes), fittedTo: codeSize)
        let outputs = decoding.results(
            "reconstruction", columns: featureCount, of: .dense(ScaledFeatures(features: .floats(codes))))
        return architecture.features.inverse(outputs)
    }

    /// The mean squared error of an element, of features as the network sees them: bytes as 0 … 1, floats standardized.
    ///
    /// - Throws: `SamplesError` if there are not as many features as the network was fitted to.
    public func reconstructionError(on features: Features) throws -> Double {
        try Samples.check(features, fittedTo: featureCount)
        let inference = try BatchedInference(parameters: parameters, pool: pool) { trace in
            trace.output("loss", loss(&trace))
        }
        return inference.meanLoss(over: .dense(scaled(features)))
    }

    /// The mean squared error of an element of each sample, of features as the network sees them: `[n]`.
    ///
    /// - Throws: `SamplesError` if there are not as many features as the network was fitted to.
    public func reconstructionErrors(on features: Features) throws -> [Double] {
        try Samples.check(features, fittedTo: featureCount)
        let seen = scaled(features)
        let outputs = reconstruction.results("reconstruction", columns: featureCount, of: .dense(seen))
        let inputs = seen.features.floats(scaledBy: seen.byteScale)
        return (0..<features.rowCount).map { row in
            (0..<featureCount).reduce(0.0) { sum, column in
                let error = Double(outputs[row, column] - inputs[row, column])
                return sum + error * error
            } / Double(featureCount)
        }
    }

    // MARK: Saving

    /// Writes the parameters by name, and `architecture`: layers and scale.
    public func save(into archive: inout Archive) throws {
        parameters.save(into: &archive)
        try archive.encode("architecture", architecture)
    }

    /// The network that `save` wrote.
    ///
    /// - Throws: `FileFormatError` if something is missing or does not fit.
    public convenience init(restoring archive: Archive, pool: WorkerPool = .shared) throws {
        let architecture = try archive.decode("architecture", as: Architecture.self)
        guard architecture.features.fits(sizes: architecture.sizes) else {
            throw SamplesError(problem: "\(archive.name): the architecture \(architecture.sizes) makes no network")
        }
        // The weights are replaced; any seed does.
        try self.init(architecture, seed: 0, pool: pool)
        try parameters.restore(from: archive)
    }
}
