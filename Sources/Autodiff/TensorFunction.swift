import CKernels
public import LinearAlgebra

/// A computation written once over symbolic tensors, and planned for every batch size that it is asked for.
///
/// ```swift
/// let loss = try TensorFunction(parameters: store) { trace in
///     let prediction = model(trace.input("features", 4))
///     let loss = (prediction - trace.input("target", 1)).squared().mean()
///     trace.output("loss", loss)
///     trace.differentiate(loss)
/// }
/// ```
public final class TensorFunction: @unchecked Sendable {
    public let parameters: ParameterStore
    /// The gradient of the differentiated loss, in the parameters' layout, of the latest run of any program.
    public let gradients: FloatBuffer

    /// The sums over the batch, of which the gradients are the beginning.
    private let sums: FloatBuffer
    private let trace: Trace
    private let pool: WorkerPool
    private let level: Int32
    private var programs: [Program] = []

    /// Traces `body`.
    ///
    /// - Throws: `ShapeError` for the first operation whose inputs do not fit, with the line that traced it.
    ///
    /// - Parameter mode: what layers do that differ between learning and predicting.
    public convenience init(
        parameters: ParameterStore, mode: Trace.Mode = .inference, pool: WorkerPool = .shared,
        _ body: (inout Trace) throws -> Void
    ) throws {
        try self.init(parameters: parameters, mode: mode, pool: pool, level: ck_level(), body)
    }

    /// As above, with kernels of a given CPU level.
    package init(
        parameters: ParameterStore, mode: Trace.Mode = .inference, pool: WorkerPool = .shared, level: Int32,
        _ body: (inout Trace) throws -> Void
    ) throws {
        var trace = Trace(layout: parameters.layout, mode: mode)
        try body(&trace)
        if let failure = trace.graph.failure { throw failure }
        self.trace = trace
        self.parameters = parameters
        self.pool = pool
        self.level = level
        // What is summed over the batch does not depend on the batch's size.
        sums = FloatBuffer(count: Plan(trace, batch: 1).sumsCount)
        gradients = FloatBuffer(viewing: sums, count: trace.gradients.isEmpty ? 0 : parameters.layout.count)
    }

    /// The program for a batch of `batch` rows; planned at the first call.
    public func program(batch: Int) -> Program {
        for index in programs.indices where programs[index].batch == batch { return programs[index] }
        let program = Program(
            trace, parameters: parameters, sums: sums, batch: batch, pool: pool, level: level)
        programs.append(program)
        return program
    }

    /// What the reference executor makes of a result or a gradient, in double precision.
    package func reference(
        batch: Int, inputs: [String: [Double]], parameters values: [Double]? = nil
    ) -> (outputs: [String: [Double]], gradients: [String: [Double]]) {
        let stored = parameters.values.values(0..<parameters.values.count).map(Double.init)
        var executor = ReferenceExecutor(
            graph: trace.graph, batch: batch, inputs: inputs, parameters: values ?? stored)
        var outputs: [String: [Double]] = [:]
        for (name, tensor) in trace.outputs { outputs[name] = executor.value(of: tensor).values }
        var gradients: [String: [Double]] = [:]
        for (slice, node) in trace.gradients {
            gradients[slice.name] = executor.value(of: trace.graph.tensor(node)).values
        }
        return (outputs, gradients)
    }
}
