import CKernels

/// What a node of a tensor program computes: its shape rule, its meaning in plain loops, its derivative in tensor
/// operations, and the kernel that runs it. An operation is one file; adding one touches nothing else.
protocol Operation: Hashable, Sendable {
    /// As errors and listings name it.
    var name: String { get }

    /// The result's shape, from the inputs'.
    func shape(of inputs: [Shape]) throws(Misfit) -> Shape

    /// The result in plain loops and double precision: the oracle.
    func reference(_ inputs: [ReferenceTensor], shape: Shape, batch: Int) -> ReferenceTensor

    /// The derivative of a scalar with respect to each input, from its derivative `gradient` with respect to `output`;
    /// nil where it is zero everywhere.
    func derivative(of output: Tensor, inputs: [Tensor], gradient: Tensor) -> [Tensor?]

    /// The kernel call that computes a shard's rows of the result.
    func instruction(_ operands: Lowering) -> ck_instruction

    /// Whether the result sums over the batch: the only way in which rows may meet.
    func sumsOverBatch(_ inputs: [Shape]) -> Bool

    /// The multiply-adds for one row of the batch, or in all where there is none; 0 for what passes over memory once.
    func multiplyAdds(_ inputs: [Shape], output: Shape) -> Int

    /// The floats of memory that the kernel needs while it runs over `rows` rows.
    func scratchCount(_ inputs: [Shape], output: Shape, rows: Int) -> Int

    /// Whether the result is the first input under another shape or name, in the same place.
    var isAlias: Bool { get }

    /// Whether the result may be written over an input of the same extents.
    var worksInPlace: Bool { get }
}

extension Operation {
    func sumsOverBatch(_ inputs: [Shape]) -> Bool { false }
    func multiplyAdds(_ inputs: [Shape], output: Shape) -> Int { 0 }
    func scratchCount(_ inputs: [Shape], output: Shape, rows: Int) -> Int { 0 }
    var isAlias: Bool { false }
    var worksInPlace: Bool { false }
}

/// Why shapes do not fit an operation.
struct Misfit: Error {
    var explanation: String
    init(_ explanation: String) { self.explanation = explanation }
}

/// Where a tensor's rows (of one shard, or all) stand in memory.
struct Place {
    var address: UnsafeMutableRawPointer
    var shape: Shape
    var extents: Extents

    var floats: UnsafeMutablePointer<Float> { address.assumingMemoryBound(to: Float.self) }
    var indices: UnsafeMutablePointer<Int32> { address.assumingMemoryBound(to: Int32.self) }
}

/// What an operation needs to know to name its kernel call: where its result and its inputs stand, and the size of the
/// whole batch.
struct Lowering {
    var output: Place
    var inputs: [Place]
    var batch: Int
    /// The number of the shard's first row in the batch.
    var firstRow = 0
    var level: Int32
    /// As many floats as `Operation.scratchCount` asked for.
    var scratch: UnsafeMutablePointer<Float>?
    var details: InstructionDetails

    /// A call of `operation` over the output's extents; inputs that are smaller are broadcast by their strides.
    func elementwise(_ operation: ck_operation, alpha: Float = 0, beta: Float = 0) -> ck_instruction {
        var operands = ck_operands()
        let repetitions = inputs.map { Repetition(of: $0.shape, in: output.shape) }
        let columns = Repetition.columns(repetitions) ?? output.extents.columns
        operands.out = output.floats
        operands.columns = columns
        operands.rows = output.extents.count / columns
        operands.alpha = alpha
        operands.beta = beta
        operands.a = UnsafePointer(inputs[0].floats)
        (operands.a_row, operands.a_column) = repetitions[0].strides(columns: columns)
        if inputs.count > 1 {
            operands.b = UnsafePointer(inputs[1].floats)
            (operands.b_row, operands.b_column) = repetitions[1].strides(columns: columns)
        }
        return call(operation, operands)
    }

    /// A call of a kernel that walks the first input's rows.
    func rowwise(_ operation: ck_operation, indices: Place? = nil, weights: Place? = nil) -> ck_instruction {
        var operands = ck_operands()
        operands.out = output.floats
        operands.rows = inputs[0].extents.rows
        operands.columns = inputs[0].extents.columns
        operands.a = UnsafePointer(inputs[0].floats)
        operands.a_row = operands.columns
        operands.a_column = 1
        operands.indices = indices.map { UnsafePointer($0.indices) }
        if let weights {
            operands.b = UnsafePointer(weights.floats)
            operands.b_row = weights.extents.rows == 1 && operands.rows > 1 ? 0 : 1
        }
        return call(operation, operands)
    }

    func call(_ operation: ck_operation, _ operands: ck_operands) -> ck_instruction {
        ck_instruction(run: ck_tensor_kernel(Int32(operation.rawValue), level), operands: operands)
    }

    /// A call of a whole layer's kernel, over the rows of the output, with the inputs in the places a … e.
    func layer<Details: BitwiseCopyable>(
        _ operation: ck_layer_operation, _ inputs: [Place?], details value: Details, indices: Place? = nil
    ) -> ck_instruction {
        var operands = ck_operands()
        operands.out = output.floats
        operands.rows = output.extents.rows
        operands.columns = output.extents.columns
        let places = inputs.map { $0.map { UnsafePointer($0.floats) } } + [nil, nil, nil, nil, nil]
        (operands.a, operands.b, operands.c, operands.d, operands.e) =
            (places[0], places[1], places[2], places[3], places[4])
        operands.indices = indices.map { UnsafePointer($0.indices) }
        operands.inner = firstRow
        operands.details = UnsafeRawPointer(details.keep(value))
        operands.scratch = scratch
        return ck_instruction(run: ck_layer_kernel(Int32(operation.rawValue), level), operands: operands)
    }
}

/// What instructions point to besides tensors; it lives as long as their program.
final class InstructionDetails: @unchecked Sendable {
    private var kept: [UnsafeMutableRawPointer] = []

    func keep<Details: BitwiseCopyable>(_ value: Details) -> UnsafeMutableRawPointer {
        let place = UnsafeMutablePointer<Details>.allocate(capacity: 1)
        place.initialize(to: value)
        kept.append(UnsafeMutableRawPointer(place))
        return kept[kept.count - 1]
    }

    deinit {
        for place in kept { place.deallocate() }
    }
}
