import CKernels

/// Numbers that are known when the program is traced, the same for the whole batch: the weights of classes. `[n]`
struct ConstantRow: Operation {
    let values: [Float]
    /// The values at an address that kernels may keep; it lives as long as the trace.
    private let storage: FloatBuffer

    init(_ values: [Float]) {
        self.values = values
        storage = FloatBuffer(count: values.count)
        storage.replace(at: 0, with: values)
    }

    static func == (a: ConstantRow, b: ConstantRow) -> Bool { a.values == b.values }
    func hash(into hasher: inout Hasher) { hasher.combine(values) }

    var name: String { "constants" }

    func shape(of inputs: [Shape]) -> Shape { Shape([values.count]) }
    func reference(_ inputs: [ReferenceTensor], shape: Shape, batch: Int) -> ReferenceTensor {
        ReferenceTensor(values: values.map(Double.init), shape: shape, batch: batch)
    }
    func derivative(of output: Tensor, inputs: [Tensor], gradient: Tensor) -> [Tensor?] { [] }
    func instruction(_ operands: Lowering) -> ck_instruction {
        var call = ck_operands()
        call.out = operands.output.floats
        call.a = UnsafePointer(storage.base)
        (call.rows, call.columns) = (1, values.count)
        (call.a_row, call.a_column) = (values.count, 1)
        call.alpha = 1
        return operands.call(CK_affine, call)
    }
}

extension Trace {
    /// Numbers that are known now, the same for the whole batch: `[n]`.
    public func constant(_ values: [Float]) -> Tensor { graph.record(ConstantRow(values), []) }
}

extension Tensor {
    /// Numbers that are known now, in this tensor's trace: `[n]`.
    public func constant(_ values: [Float]) -> Tensor { graph.record(ConstantRow(values), []) }

    /// 1 in the column that each row's index names, 0 elsewhere: indices `[batch]` → `[batch, columns]`.
    public func oneHot(columns: Int) -> Tensor {
        graph.constant(1).broadcast(to: .batch()).applying(Scatter(columns: columns), self)
    }
}
