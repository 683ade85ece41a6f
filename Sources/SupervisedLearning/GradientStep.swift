public import Autodiff
public import FileFormats
public import LinearAlgebra
public import Optimizers

/// One step of gradient descent on a loss: forward, backward, penalty, clipping, optimizer, average. The step that
/// classifier, autoencoder and policy all take.
///
/// ```swift
/// let step = try GradientStep(parameters: store, optimizer: Adam(layout: store.layout)) { trace in
///     softmaxCrossEntropy(network(trace.input("features", 784)), trace.indices("labels"))
/// }
/// let program = step.program(batch: 128)
/// …fill program.input("features")…
/// try step.run(program, learningRate: 1e-3)
/// ```
public final class GradientStep: @unchecked Sendable {
    public let parameters: ParameterStore
    public let optimizer: any Optimizer
    /// The norm that gradients are scaled down to; nil leaves them.
    public let maximumGradientNorm: Double?
    /// What each element of the gradient is held within, before the norm is; nil leaves them.
    public let maximumGradientValue: Double?

    private let penalty: WeightPenalty?
    private let weightAverage: WeightAverage?
    private let function: TensorFunction
    private let norm: GradientNorm
    private let pool: WorkerPool
    /// What random masks are drawn from, with the step.
    private let seed: UInt64
    /// The number of steps taken.
    public private(set) var stepCount = 0
    /// ‖g‖₂ at the latest step, with the penalty's part, before clipping.
    public private(set) var gradientNorm = 0.0

    /// - Parameters:
    ///   - penalty: what pulls weights to zero through the gradient; the result `loss` is without it, so that it compares
    ///     with that of other data.
    ///   - weightAverageDecay: the decay of an average of the parameters, for `showAveraged`; nil for none.
    ///   - seed: what random operations such as dropout draw from.
    ///   - loss: writes the loss, a scalar, over the trace's inputs, as while learning; it may name further results.
    /// - Throws: `ShapeError` where the loss's operations do not fit.
    public init(
        parameters: ParameterStore, optimizer: any Optimizer, maximumGradientNorm: Double? = nil,
        maximumGradientValue: Double? = nil, penalty: WeightPenalty? = nil, weightAverageDecay: Double? = nil,
        seed: UInt64 = 0, pool: WorkerPool = .shared, loss: (inout Trace) throws -> Tensor
    ) throws {
        self.parameters = parameters
        self.optimizer = optimizer
        self.maximumGradientNorm = maximumGradientNorm
        self.maximumGradientValue = maximumGradientValue
        self.penalty = penalty
        weightAverage = weightAverageDecay.map { WeightAverage(of: parameters.values, decay: $0) }
        self.pool = pool
        self.seed = seed
        norm = GradientNorm(parameterCount: parameters.layout.count)
        function = try TensorFunction(parameters: parameters, mode: .training, pool: pool) { trace in
            let value = try loss(&trace)
            trace.output("loss", value)
            trace.differentiate(value)
        }
    }

    /// As above, with what `settings` say of optimizer, clipping, penalty and average.
    package convenience init(
        parameters: ParameterStore, settings: any MinibatchSettings, seed: UInt64 = 0, pool: WorkerPool = .shared,
        loss: (inout Trace) throws -> Tensor
    ) throws {
        func unlessZero(_ value: Double) -> Double? { value > 0 ? value : nil }
        let layout = parameters.layout
        let isPenalized = settings.l1 > 0 || settings.l2 > 0
        try self.init(
            parameters: parameters,
            optimizer: settings.optimizer.optimizer(layout: layout, weightDecay: settings.weightDecay),
            maximumGradientNorm: unlessZero(settings.maximumGradientNorm),
            maximumGradientValue: unlessZero(settings.maximumGradientValue),
            penalty: isPenalized ? WeightPenalty(layout: layout, l1: settings.l1, l2: settings.l2) : nil,
            weightAverageDecay: unlessZero(settings.weightAveraging), seed: seed, pool: pool, loss: loss)
    }

    /// The program of a minibatch of `batch` rows, whose inputs are to be filled.
    public func program(batch: Int) -> Program { function.program(batch: batch) }

    /// Runs `program` on its inputs and moves the parameters by one step.
    ///
    /// - Throws: `DivergedTraining` if the loss or the gradient is not finite; the parameters are then as before.
    public func run(_ program: Program, learningRate: Double) throws {
        program.setRandomKey(seed: seed, step: stepCount)
        program.run()
        penalty?.addGradient(at: parameters.values, to: function.gradients, on: pool)
        gradientNorm = norm(function.gradients, on: pool)
        guard program.scalar("loss").isFinite && gradientNorm.isFinite else {
            throw DivergedTraining(
                step: stepCount + 1, learningRate: learningRate,
                cause: program.firstNonFinite() ?? "the gradient's norm is \(gradientNorm)")
        }
        optimizer.step(
            parameters.values, gradients: function.gradients, gradientScale: clip(),
            learningRate: Float(learningRate), on: pool)
        program.applyUpdates()
        stepCount += 1
        weightAverage?.update(with: parameters.values, on: pool)
    }

    /// Holds the gradient's elements within their bound; gives the factor that holds its norm.
    private func clip() -> Float {
        var norm = gradientNorm
        if let maximumGradientValue {
            GradientBound(maximum: Float(maximumGradientValue))(function.gradients, on: pool)
            if maximumGradientNorm != nil { norm = self.norm(function.gradients, on: pool) }
        }
        return maximumGradientNorm.map { GradientNorm.clippingFactor(norm: norm, maximum: $0) } ?? 1
    }

    /// Puts in the parameters what is to be evaluated and kept, where that is not what steps are made from: the weight
    /// average, or the average of a schedule-free optimizer. There is no step before `showTraining`; parameters saved
    /// meanwhile are those shown, as at the end of training.
    public func showAveraged() {
        optimizer.showAveraged(in: parameters.values)
        weightAverage?.showAveraged(in: parameters.values)
    }

    /// Puts back, bit for bit, what `showAveraged` replaced.
    public func showTraining() {
        weightAverage?.showTraining(in: parameters.values)
        optimizer.showTraining(in: parameters.values)
    }

    public func save(into archive: inout Archive) throws {
        parameters.save(into: &archive)
        var moments = Archive()
        try optimizer.save(into: &moments)
        archive.add("optimizer", moments)
        if let weightAverage {
            var average = Archive()
            try weightAverage.save(into: &average)
            archive.add("weightAverage", average)
        }
        try archive.encode("gradientSteps", stepCount)
    }

    public func restore(from archive: Archive) throws {
        try parameters.restore(from: archive)
        try optimizer.restore(from: archive.part("optimizer"))
        try weightAverage?.restore(from: archive.part("weightAverage"))
        stepCount = try archive.decode("gradientSteps", as: Int.self)
    }
}

/// Training whose loss or gradient stopped being finite: at which step, and which operation gave the first such value.
public struct DivergedTraining: Error, CustomStringConvertible, Sendable {
    public let step: Int
    public let learningRate: Double
    public let cause: String

    public var description: String {
        "training diverged at gradient step \(step): \(cause). "
            + "A learning rate below \(learningRate), or a lower bound on the gradient's norm, may help."
    }
}
