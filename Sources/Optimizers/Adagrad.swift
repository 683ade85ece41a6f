public import Autodiff
import CKernels
public import FileFormats
public import LinearAlgebra

/// Adagrad: Duchi, Hazan and Singer (2011). Steps by the gradient over the root of the sum of all its squares so far, so
/// that what is rarely seen (a word's embedding) still moves; in PyTorch's form, with ε added to the root.
public final class Adagrad: Optimizer, @unchecked Sendable {
    public struct Settings: Sendable, Codable, Equatable {
        /// What the sums of squares begin with.
        public var initialSum: Double = 0
        /// Keeps the step finite where the gradient has been zero.
        public var epsilon: Double = 1e-10
        /// The strength of the pull of parameters to zero, added to the gradient.
        public var weightDecay: Double = 0

        public init() {}
    }

    public let settings: Settings
    private let runs: ParameterRuns
    private let sumOfSquares: FloatBuffer
    private var stepCount = 0
    private let kernels: UnsafePointer<ck_flat_kernels>

    public init(layout: ParameterLayout, settings: Settings = Settings()) {
        self.settings = settings
        runs = ParameterRuns(layout, tellsDecay: settings.weightDecay > 0)
        sumOfSquares = FloatBuffer(count: layout.count)
        sumOfSquares.fill(Float(settings.initialSum))
        kernels = ck_flat(ck_level())
    }

    public func step(
        _ parameters: FloatBuffer, gradients: FloatBuffer, gradientScale: Float, learningRate: Float,
        on pool: WorkerPool
    ) {
        stepCount += 1
        var call = ck_adagrad()
        call.learning_rate = learningRate
        call.epsilon = Float(settings.epsilon)
        call.gradient_scale = gradientScale
        runs.forEach(on: pool) { run in
            var call = call
            call.weight_decay = run.decays ? Float(settings.weightDecay) : 0
            kernels.pointee.adagrad(
                parameters.base + run.start, sumOfSquares.base + run.start, gradients.base + run.start, run.count,
                &call)
        }
    }

    private var moments: [(name: String, buffer: FloatBuffer)] { [("sumOfSquares", sumOfSquares)] }

    public func save(into archive: inout Archive) throws {
        try archive.setMoments(moments, stepCount: stepCount)
    }

    public func restore(from archive: Archive) throws { stepCount = try archive.readMoments(into: moments) }
}
