public import Autodiff
import CKernels
public import FileFormats
public import LinearAlgebra

/// Stochastic gradient descent with momentum, heavy-ball or Nesterov, in PyTorch's form: v ← μ v + g (v = g at the first
/// step), θ ← θ − α v; Nesterov steps by g + μ v. Sutskever, Martens, Dahl and Hinton (2013).
public final class GradientDescent: Optimizer, @unchecked Sendable {
    public struct Settings: Sendable, Codable, Equatable {
        /// How much of the last step goes on, denoted μ; 0 is plain gradient descent.
        public var momentum: Double = 0
        /// Whether the gradient is taken as if the momentum's step had been made.
        public var nesterov = false
        /// The strength of the pull of parameters to zero, added to the gradient.
        public var weightDecay: Double = 0

        public init() {}
    }

    public let settings: Settings
    private let runs: ParameterRuns
    private let velocity: FloatBuffer
    private var stepCount = 0
    private let kernels: UnsafePointer<ck_flat_kernels>

    public convenience init(layout: ParameterLayout, settings: Settings = Settings()) {
        let runs = ParameterRuns(layout, tellsDecay: settings.weightDecay > 0)
        self.init(count: layout.count, runs: runs, settings: settings)
    }

    /// Over a buffer of which every element is stepped and decays.
    public convenience init(parameterCount: Int, settings: Settings = Settings()) {
        self.init(count: parameterCount, runs: ParameterRuns(count: parameterCount), settings: settings)
    }

    private init(count: Int, runs: ParameterRuns, settings: Settings) {
        self.settings = settings
        self.runs = runs
        velocity = FloatBuffer(count: count)
        kernels = ck_flat(ck_level())
    }

    public func step(
        _ parameters: FloatBuffer, gradients: FloatBuffer, gradientScale: Float, learningRate: Float,
        on pool: WorkerPool
    ) {
        stepCount += 1
        var call = ck_momentum()
        call.learning_rate = learningRate
        call.momentum = Float(settings.momentum)
        call.gradient_scale = gradientScale
        call.nesterov = settings.nesterov ? 1 : 0
        call.first_step = stepCount == 1 ? 1 : 0
        runs.forEach(on: pool) { run in
            var call = call
            call.weight_decay = run.decays ? Float(settings.weightDecay) : 0
            kernels.pointee.momentum(
                parameters.base + run.start, velocity.base + run.start, gradients.base + run.start, run.count, &call)
        }
    }

    private var moments: [(name: String, buffer: FloatBuffer)] { [("velocity", velocity)] }

    public func save(into archive: inout Archive) throws {
        try archive.setMoments(moments, stepCount: stepCount)
    }

    public func restore(from archive: Archive) throws { stepCount = try archive.readMoments(into: moments) }
}
