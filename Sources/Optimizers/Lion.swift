public import Autodiff
import CKernels
public import FileFormats
public import LinearAlgebra

/// Lion: Chen et al. (2023), "Symbolic discovery of optimization algorithms". Every parameter moves by the learning rate
/// itself, in the direction of the sign of a mean of gradients; weight decay is decoupled.
///
/// The learning rate should be three to ten times smaller than Adam's, and weight decay as many times larger.
public final class Lion: Optimizer, @unchecked Sendable {
    public struct Settings: Sendable, Codable, Equatable {
        /// How much of the momentum is in the direction, denoted β₁; the rest is the gradient's.
        public var beta1: Double = 0.9
        /// The decay of the momentum, denoted β₂.
        public var beta2: Double = 0.99
        /// The strength of the pull of parameters to zero, apart from the gradient.
        public var weightDecay: Double = 0

        public init() {}
    }

    public let settings: Settings
    private let runs: ParameterRuns
    private let momentum: FloatBuffer
    private var stepCount = 0
    private let kernels: UnsafePointer<ck_flat_kernels>

    public init(layout: ParameterLayout, settings: Settings = Settings()) {
        self.settings = settings
        runs = ParameterRuns(layout, tellsDecay: settings.weightDecay > 0)
        momentum = FloatBuffer(count: layout.count)
        kernels = ck_flat(ck_level())
    }

    public func step(
        _ parameters: FloatBuffer, gradients: FloatBuffer, gradientScale: Float, learningRate: Float,
        on pool: WorkerPool
    ) {
        stepCount += 1
        var call = ck_lion()
        call.learning_rate = learningRate
        call.beta1 = Float(settings.beta1)
        call.beta2 = Float(settings.beta2)
        call.gradient_scale = gradientScale
        runs.forEach(on: pool) { run in
            var call = call
            call.weight_decay = run.decays ? Float(settings.weightDecay) : 0
            kernels.pointee.lion(
                parameters.base + run.start, momentum.base + run.start, gradients.base + run.start, run.count, &call)
        }
    }

    private var moments: [(name: String, buffer: FloatBuffer)] { [("momentum", momentum)] }

    public func save(into archive: inout Archive) throws {
        try archive.setMoments(moments, stepCount: stepCount)
    }

    public func restore(from archive: Archive) throws { stepCount = try archive.readMoments(into: moments) }
}
