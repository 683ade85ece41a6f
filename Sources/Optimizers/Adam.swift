public import Autodiff
import CKernels
public import FileFormats
public import LinearAlgebra

/// Adam: Kingma and Ba (2015), algorithm 1. Steps by the mean of the gradient over its root mean square, both running and
/// corrected for their start at zero.
///
/// ε is added to the corrected root, as in PyTorch. With `decouplesWeightDecay` it is AdamW: Loshchilov and Hutter (2019);
/// with `keepsLargestMoment` AMSGrad: Reddi, Kale and Kumar (2018).
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
        /// Whether steps are over the largest mean square so far, so that they never grow again (AMSGrad).
        public var keepsLargestMoment = false

        public init() {}
    }

    public let settings: Settings
    private let runs: ParameterRuns
    private let firstMoment: FloatBuffer
    private let secondMoment: FloatBuffer
    /// The largest second moment so far, for AMSGrad.
    private let largestMoment: FloatBuffer?
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

    /// Over the given runs of a buffer of `count` elements.
    init(count: Int, runs: ParameterRuns, settings: Settings) {
        self.settings = settings
        self.runs = runs
        firstMoment = FloatBuffer(count: count)
        secondMoment = FloatBuffer(count: count)
        largestMoment = settings.keepsLargestMoment ? FloatBuffer(count: count) : nil
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
        call.decoupled = settings.decouplesWeightDecay ? 1 : 0
        call.gradient_scale = gradientScale
        runs.forEach(on: pool) { run in
            var call = call
            call.weight_decay = run.decays ? Float(settings.weightDecay) : 0
            let (parameter, gradient) = (parameters.base + run.start, gradients.base + run.start)
            let (first, second) = (firstMoment.base + run.start, secondMoment.base + run.start)
            if let largestMoment {
                kernels.pointee.amsgrad(
                    parameter, first, second, largestMoment.base + run.start, gradient, run.count, &call)
            } else {
                kernels.pointee.adam(parameter, first, second, gradient, run.count, &call)
            }
        }
    }

    private var moments: [(name: String, buffer: FloatBuffer)] {
        [("firstMoment", firstMoment), ("secondMoment", secondMoment)]
            + (largestMoment.map { [("largestMoment", $0)] } ?? [])
    }

    public func save(into archive: inout Archive) throws {
        try archive.setMoments(moments, stepCount: stepCount)
    }

    public func restore(from archive: Archive) throws { stepCount = try archive.readMoments(into: moments) }
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
