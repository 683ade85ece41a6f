public import Autodiff
import CKernels
public import FileFormats
public import LinearAlgebra

/// RMSprop: Tieleman and Hinton (2012), lecture 6.5. Steps by the gradient over its running root mean square; in PyTorch's
/// form, with ε added to the root.
public final class RMSprop: Optimizer, @unchecked Sendable {
    public struct Settings: Sendable, Codable, Equatable {
        /// The decay of the running mean of the gradient's square, denoted α.
        public var smoothing: Double = 0.99
        /// Keeps the step finite where the gradient has been zero.
        public var epsilon: Double = 1e-8
        /// How much of the last step goes on; 0 is none.
        public var momentum: Double = 0
        /// Whether the gradient's variance takes the place of its mean square: Graves (2013).
        public var isCentered = false
        /// The strength of the pull of parameters to zero, added to the gradient.
        public var weightDecay: Double = 0

        public init() {}
    }

    public let settings: Settings
    private let runs: ParameterRuns
    private let meanSquare: FloatBuffer
    private let mean: FloatBuffer?
    private let velocity: FloatBuffer?
    private var stepCount = 0
    private let kernels: UnsafePointer<ck_flat_kernels>

    public init(layout: ParameterLayout, settings: Settings = Settings()) {
        self.settings = settings
        runs = ParameterRuns(layout, tellsDecay: settings.weightDecay > 0)
        meanSquare = FloatBuffer(count: layout.count)
        mean = settings.isCentered ? FloatBuffer(count: layout.count) : nil
        velocity = settings.momentum > 0 ? FloatBuffer(count: layout.count) : nil
        kernels = ck_flat(ck_level())
    }

    public func step(
        _ parameters: FloatBuffer, gradients: FloatBuffer, gradientScale: Float, learningRate: Float,
        on pool: WorkerPool
    ) {
        stepCount += 1
        var call = ck_rmsprop()
        call.learning_rate = learningRate
        call.smoothing = Float(settings.smoothing)
        call.epsilon = Float(settings.epsilon)
        call.momentum = Float(settings.momentum)
        call.gradient_scale = gradientScale
        runs.forEach(on: pool) { run in
            var call = call
            call.weight_decay = run.decays ? Float(settings.weightDecay) : 0
            kernels.pointee.rmsprop(
                parameters.base + run.start, meanSquare.base + run.start, mean.map { $0.base + run.start },
                velocity.map { $0.base + run.start }, gradients.base + run.start, run.count, &call)
        }
    }

    private var moments: [(name: String, buffer: FloatBuffer)] {
        [("meanSquare", meanSquare)] + (mean.map { [("mean", $0)] } ?? [])
            + (velocity.map { [("velocity", $0)] } ?? [])
    }

    public func save(into archive: inout Archive) throws {
        try archive.setMoments(moments, stepCount: stepCount)
    }

    public func restore(from archive: Archive) throws { stepCount = try archive.readMoments(into: moments) }
}
