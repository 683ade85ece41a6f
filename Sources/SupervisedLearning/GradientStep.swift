public import Autodiff
public import FileFormats
public import LinearAlgebra
public import Optimizers

/// One step of gradient descent on a loss: forward, backward, clipping, optimizer. The step that classifier, autoencoder
/// and policy all take.
///
/// ```swift
/// let step = try GradientStep(parameters: store, optimizer: Adam(parameterCount: store.layout.count)) { trace in
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

    private let function: TensorFunction
    private let norm: GradientNorm
    private let pool: WorkerPool
    /// The number of steps taken.
    public private(set) var stepCount = 0
    /// ‖g‖₂ at the latest step, before clipping.
    public private(set) var gradientNorm = 0.0

    /// - Parameter loss: writes the loss, a scalar, over the trace's inputs; it may name further results.
    /// - Throws: `ShapeError` where the loss's operations do not fit.
    public init(
        parameters: ParameterStore, optimizer: any Optimizer, maximumGradientNorm: Double? = nil,
        pool: WorkerPool = .shared, loss: (inout Trace) throws -> Tensor
    ) throws {
        self.parameters = parameters
        self.optimizer = optimizer
        self.maximumGradientNorm = maximumGradientNorm
        self.pool = pool
        norm = GradientNorm(parameterCount: parameters.layout.count)
        function = try TensorFunction(parameters: parameters, pool: pool) { trace in
            let value = try loss(&trace)
            trace.output("loss", value)
            trace.differentiate(value)
        }
    }

    /// The program of a minibatch of `batch` rows, whose inputs are to be filled.
    public func program(batch: Int) -> Program { function.program(batch: batch) }

    /// Runs `program` on its inputs and moves the parameters by one step.
    ///
    /// - Throws: `DivergedTraining` if the loss or the gradient is not finite; the parameters are then as before.
    public func run(_ program: Program, learningRate: Double) throws {
        program.run()
        gradientNorm = norm(function.gradients, on: pool)
        guard program.scalar("loss").isFinite && gradientNorm.isFinite else {
            throw DivergedTraining(
                step: stepCount + 1, learningRate: learningRate,
                cause: program.firstNonFinite() ?? "the gradient's norm is \(gradientNorm)")
        }
        let scale = maximumGradientNorm.map { GradientNorm.clippingFactor(norm: gradientNorm, maximum: $0) } ?? 1
        optimizer.step(
            parameters.values, gradients: function.gradients, gradientScale: scale,
            learningRate: Float(learningRate), on: pool)
        stepCount += 1
    }

    public func save(into archive: inout Archive) throws {
        parameters.save(into: &archive)
        var moments = Archive()
        try optimizer.save(into: &moments)
        archive.add("optimizer", moments)
        try archive.encode("gradientSteps", stepCount)
    }

    public func restore(from archive: Archive) throws {
        try parameters.restore(from: archive)
        try optimizer.restore(from: archive.part("optimizer"))
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
