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
    private let velocity: FloatBuffer
    private var stepCount = 0
    private let kernels: UnsafePointer<ck_flat_kernels>

    public init(parameterCount: Int, settings: Settings = Settings()) {
        self.settings = settings
        velocity = FloatBuffer(count: parameterCount)
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
        call.weight_decay = Float(settings.weightDecay)
        call.gradient_scale = gradientScale
        call.nesterov = settings.nesterov ? 1 : 0
        call.first_step = stepCount == 1 ? 1 : 0
        pool.run(Pieces.count(parameters.count)) { piece in
            let range = Pieces.range(piece, of: parameters.count)
            let start = range.lowerBound
            kernels.pointee.momentum(
                parameters.base + start, velocity.base + start, gradients.base + start, range.count, &call)
        }
    }

    public func save(into archive: inout Archive) throws {
        archive.set("velocity", velocity.values(0..<velocity.count))
        try archive.encode("stepCount", stepCount)
    }

    public func restore(from archive: Archive) throws {
        let values = try archive.floats("velocity", shape: [velocity.count])
        stepCount = try archive.decode("stepCount", as: Int.self)
        velocity.replace(at: 0, with: values)
    }
}
