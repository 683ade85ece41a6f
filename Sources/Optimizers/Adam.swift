public import Autodiff
import CKernels
public import FileFormats
public import LinearAlgebra

/// Adam: Kingma and Ba (2015), algorithm 1. Steps by the mean of the gradient over its root mean square, both running and
/// corrected for their start at zero.
///
/// ε is added to the corrected root, as in PyTorch. With `decouplesWeightDecay` it is AdamW: Loshchilov and Hutter (2019).
public final class Adam: Optimizer, @unchecked Sendable {
    public struct Settings: Sendable, Codable, Equatable {
        /// The decay of the running mean of the gradient, denoted β₁.
        public var beta1: Double = 0.9
        /// The decay of the running mean of its square, denoted β₂.
        public var beta2: Double = 0.999
        /// Keeps the step finite where the gradient has been zero.
        public var epsilon: Double = 1e-8
        /// The strength of the pull of parameters to zero.
        public var weightDecay: Double = 0
        /// Whether the pull is apart from the gradient (AdamW) or a part of it (L2 regularisation).
        public var decouplesWeightDecay = false

        public init() {}
    }

    public let settings: Settings
    private let firstMoment: FloatBuffer
    private let secondMoment: FloatBuffer
    private var stepCount = 0
    private let kernels: UnsafePointer<ck_flat_kernels>

    public init(parameterCount: Int, settings: Settings = Settings()) {
        self.settings = settings
        firstMoment = FloatBuffer(count: parameterCount)
        secondMoment = FloatBuffer(count: parameterCount)
        kernels = ck_flat(ck_level())
    }

    public func step(
        _ parameters: FloatBuffer, gradients: FloatBuffer, gradientScale: Float, learningRate: Float,
        on pool: WorkerPool
    ) {
        stepCount += 1
        var call = ck_adam()
        call.learning_rate = learningRate
        call.beta1 = Float(settings.beta1)
        call.beta2 = Float(settings.beta2)
        call.epsilon = Float(settings.epsilon)
        call.correction1 = Float(1 / (1 - power(settings.beta1, stepCount)))
        call.correction2 = Float(1 / (1 - power(settings.beta2, stepCount)).squareRoot())
        call.weight_decay = Float(settings.weightDecay)
        call.decoupled = settings.decouplesWeightDecay ? 1 : 0
        call.gradient_scale = gradientScale
        pool.run(Pieces.count(parameters.count)) { piece in
            let range = Pieces.range(piece, of: parameters.count)
            let start = range.lowerBound
            kernels.pointee.adam(
                parameters.base + start, firstMoment.base + start, secondMoment.base + start, gradients.base + start,
                range.count, &call)
        }
    }

    public func save(into archive: inout Archive) throws {
        archive.set("firstMoment", firstMoment.values(0..<firstMoment.count))
        archive.set("secondMoment", secondMoment.values(0..<secondMoment.count))
        try archive.encode("stepCount", stepCount)
    }

    public func restore(from archive: Archive) throws {
        let first = try archive.floats("firstMoment", shape: [firstMoment.count])
        let second = try archive.floats("secondMoment", shape: [secondMoment.count])
        stepCount = try archive.decode("stepCount", as: Int.self)
        firstMoment.replace(at: 0, with: first)
        secondMoment.replace(at: 0, with: second)
    }
}

/// base to a whole power.
func power(_ base: Double, _ exponent: Int) -> Double {
    var (result, factor, rest) = (1.0, base, exponent)
    while rest > 0 {
        if rest & 1 == 1 { result *= factor }
        factor *= factor
        rest >>= 1
    }
    return result
}
