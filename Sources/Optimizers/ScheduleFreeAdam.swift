public import Autodiff
import CKernels
public import FileFormats
public import LinearAlgebra

/// Schedule-free AdamW: Defazio et al. (2024), "The road less scheduled", algorithm 1. An average of the steps takes the
/// place of a falling learning rate, so that the end of training need not be known.
///
/// Steps z go on from gradients that are taken at y, between z and their average x:
///
///     y = (1 − β₁) z + β₁ x
///     v ← β₂ v + (1 − β₂) g²
///     z ← z − γ (g / (√v + ε) + λ y),  γ = learning rate · √(1 − β₂ᵗ)
///     x ← (1 − c) x + c z,             c = γ² / Σ γ²
///
/// The parameters hold y while training goes on; `showAveraged` puts x there, which is what is to be evaluated and kept.
/// (Running statistics of batch normalisation are those seen at y.) The learning rate given at each step should be
/// constant but for a warm-up.
public final class ScheduleFreeAdam: Optimizer, @unchecked Sendable {
    public struct Settings: Sendable, Codable, Equatable {
        /// How close to the average gradients are taken, denoted β₁.
        public var beta1: Double = 0.9
        /// The decay of the running mean of the gradient's square, denoted β₂.
        public var beta2: Double = 0.999
        /// Keeps the step finite where the gradient has been zero.
        public var epsilon: Double = 1e-8
        /// The strength of the pull of parameters to zero, apart from the gradient.
        public var weightDecay: Double = 0

        public init() {}
    }

    public let settings: Settings
    private let runs: ParameterRuns
    /// z
    private let steps: FloatBuffer
    /// x
    private let average: FloatBuffer
    /// v
    private let secondMoment: FloatBuffer
    /// y, while x is shown.
    private let training: FloatBuffer
    private var showsAverage = false
    private var stepCount = 0
    /// Σ γ²
    private var weightSum = 0.0
    private let kernels: UnsafePointer<ck_flat_kernels>

    public init(layout: ParameterLayout, settings: Settings = Settings()) {
        self.settings = settings
        runs = ParameterRuns(layout, tellsDecay: settings.weightDecay > 0)
        steps = FloatBuffer(count: layout.count)
        average = FloatBuffer(count: layout.count)
        secondMoment = FloatBuffer(count: layout.count)
        training = FloatBuffer(count: layout.count)
        kernels = ck_flat(ck_level())
    }

    public func step(
        _ parameters: FloatBuffer, gradients: FloatBuffer, gradientScale: Float, learningRate: Float,
        on pool: WorkerPool
    ) {
        precondition(!showsAverage, "a step while the average is shown; showTraining goes before it")
        stepCount += 1
        let rate = Double(learningRate) * (1 - power(settings.beta2, stepCount)).squareRoot()
        weightSum += rate * rate
        var call = ck_schedule_free()
        call.learning_rate = Float(rate)
        call.beta1 = Float(settings.beta1)
        call.beta2 = Float(settings.beta2)
        call.epsilon = Float(settings.epsilon)
        call.gradient_scale = gradientScale
        call.averaging = weightSum > 0 ? Float(rate * rate / weightSum) : 1
        call.first_step = stepCount == 1 ? 1 : 0
        runs.forEach(on: pool) { run in
            var call = call
            call.weight_decay = run.decays ? Float(settings.weightDecay) : 0
            let start = run.start
            kernels.pointee.schedule_free(
                parameters.base + start, steps.base + start, average.base + start, secondMoment.base + start,
                gradients.base + start, run.count, &call)
        }
    }

    public func showAveraged(in parameters: FloatBuffer) {
        guard stepCount > 0, !showsAverage else { return }
        showsAverage = true
        training.copy(from: parameters)
        runs.forEach(on: .shared) { run in
            (parameters.base + run.start).update(from: average.base + run.start, count: run.count)
        }
    }

    public func showTraining(in parameters: FloatBuffer) {
        guard showsAverage else { return }
        showsAverage = false
        parameters.copy(from: training)
    }

    private var moments: [(name: String, buffer: FloatBuffer)] {
        [("steps", steps), ("average", average), ("secondMoment", secondMoment)]
    }

    public func save(into archive: inout Archive) throws {
        try archive.setMoments(moments, stepCount: stepCount)
        try archive.encode("weightSum", weightSum)
    }

    public func restore(from archive: Archive) throws {
        let weightSum = try archive.decode("weightSum", as: Double.self)
        stepCount = try archive.readMoments(into: moments)
        self.weightSum = weightSum
        showsAverage = false
    }
}
