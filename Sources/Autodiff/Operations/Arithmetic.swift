import CKernels

/// A function of two numbers, element by element; smaller operands are broadcast.
struct ElementwisePair: Operation {
    enum Function: String, Hashable, Sendable {
        case add = "+"
        case subtract = "−"
        case multiply = "·"
        case divide = "/"
        case minimum, maximum
        case lessOrEqual = "≤"
        // The derivatives of the activations, from their output y and the gradient g.
        case tanhDerivative, sigmoidDerivative, reluDerivative
    }

    var function: Function
    var name: String { function.rawValue }
    var worksInPlace: Bool { true }

    func shape(of inputs: [Shape]) throws(Misfit) -> Shape {
        guard let shape = inputs[0].broadcast(with: inputs[1]) else {
            throw Misfit("\(inputs[0]) and \(inputs[1]) do not fit together")
        }
        return shape
    }

    func reference(_ inputs: [ReferenceTensor], shape: Shape, batch: Int) -> ReferenceTensor {
        ReferenceTensor(shape: shape, batch: batch) { row, column in
            value(inputs[0].broadcast(row, column, to: shape), inputs[1].broadcast(row, column, to: shape))
        }
    }

    private func value(_ a: Double, _ b: Double) -> Double {
        switch function {
        case .add: a + b
        case .subtract: a - b
        case .multiply: a * b
        case .divide: a / b
        case .minimum: b < a ? b : a
        case .maximum: b > a ? b : a
        case .lessOrEqual: a <= b ? 1 : 0
        case .tanhDerivative: b * (1 - a * a)
        case .sigmoidDerivative: b * a * (1 - a)
        case .reluDerivative: a > 0 ? b : 0
        }
    }

    func derivative(of output: Tensor, inputs: [Tensor], gradient g: Tensor) -> [Tensor?] {
        let (a, b) = (inputs[0], inputs[1])
        let derivatives: (Tensor?, Tensor?) =
            switch function {
            case .add: (g, g)
            case .subtract: (g, -g)
            case .multiply: (g * b, g * a)
            case .divide: (g / b, -g * output / b)
            // At a tie the whole gradient goes to the first operand.
            case .minimum: (g * (a <= b), g - g * (a <= b))
            case .maximum: (g * (b <= a), g - g * (b <= a))
            case .lessOrEqual: (nil, nil)
            case .tanhDerivative: (-2 * g * a * b, pair(.tanhDerivative, a, g))
            case .sigmoidDerivative: (g * b * (1 - 2 * a), pair(.sigmoidDerivative, a, g))
            case .reluDerivative: (nil, pair(.reluDerivative, a, g))
            }
        return [derivatives.0?.summed(to: a.shape), derivatives.1?.summed(to: b.shape)]
    }

    func instruction(_ operands: Lowering) -> ck_instruction { operands.elementwise(kernel) }

    private var kernel: ck_operation {
        switch function {
        case .add: CK_add
        case .subtract: CK_subtract
        case .multiply: CK_multiply
        case .divide: CK_divide
        case .minimum: CK_minimum
        case .maximum: CK_maximum
        case .lessOrEqual: CK_less_or_equal
        case .tanhDerivative: CK_tanh_derivative
        case .sigmoidDerivative: CK_sigmoid_derivative
        case .reluDerivative: CK_relu_derivative
        }
    }
}

/// An activation of a sum: what bias and activation of a dense layer are planned as.
struct AddActivation: Operation {
    var activation: ElementwiseFunction.Function
    var name: String { "+ \(activation.rawValue)" }
    var worksInPlace: Bool { true }

    /// The kernel of an activation after an addition; nil where there is none.
    static func kernel(_ activation: ElementwiseFunction.Function) -> ck_operation? {
        switch activation {
        case .tanh: CK_add_tanh
        case .sigmoid: CK_add_sigmoid
        case .relu: CK_add_relu
        default: nil
        }
    }

    func shape(of inputs: [Shape]) throws(Misfit) -> Shape { try ElementwisePair(function: .add).shape(of: inputs) }
    func reference(_ inputs: [ReferenceTensor], shape: Shape, batch: Int) -> ReferenceTensor {
        let sum = ElementwisePair(function: .add).reference(inputs, shape: shape, batch: batch)
        return ElementwiseFunction(function: activation).reference([sum], shape: shape, batch: batch)
    }
    func derivative(of output: Tensor, inputs: [Tensor], gradient: Tensor) -> [Tensor?] {
        preconditionFailure("the planner fuses after differentiation")
    }
    func instruction(_ operands: Lowering) -> ck_instruction {
        guard let kernel = Self.kernel(activation) else { preconditionFailure("no fused kernel for \(name)") }
        return operands.elementwise(kernel)
    }
}

/// `function` of a and b. Where an operand was broadcast to a shape that the other one has anyway, the broadcast is left
/// to the kernel's strides.
func pair(_ function: ElementwisePair.Function, _ a: Tensor, _ b: Tensor) -> Tensor {
    func beforeBroadcast(_ x: Tensor, beside other: Tensor) -> Tensor {
        let node = x.graph.nodes[x.node]
        guard node.operation is Broadcast, node.shape == other.shape else { return x }
        return x.graph.tensor(node.inputs[0])
    }
    let first = beforeBroadcast(a, beside: b)
    return first.applying(ElementwisePair(function: function), beforeBroadcast(b, beside: first))
}

extension Tensor {
    public static func + (a: Tensor, b: Tensor) -> Tensor {
        if let c = a.unbroadcastConstant(beside: b) { return b.affine(scale: 1, shift: c.value) }
        if let c = b.unbroadcastConstant(beside: a) { return a.affine(scale: 1, shift: c.value) }
        return pair(.add, a, b)
    }
    public static func - (a: Tensor, b: Tensor) -> Tensor {
        if let c = a.unbroadcastConstant(beside: b) { return b.affine(scale: -1, shift: c.value) }
        if let c = b.unbroadcastConstant(beside: a) { return a.affine(scale: 1, shift: -c.value) }
        return pair(.subtract, a, b)
    }
    public static func * (a: Tensor, b: Tensor) -> Tensor {
        if let c = a.unbroadcastConstant(beside: b, orPerBatch: true) { return b.scaled(by: c) }
        if let c = b.unbroadcastConstant(beside: a, orPerBatch: true) { return a.scaled(by: c) }
        return pair(.multiply, a, b)
    }
    public static func / (a: Tensor, b: Tensor) -> Tensor {
        if let c = b.unbroadcastConstant(beside: a) { return a.affine(scale: 1 / c.value) }
        return pair(.divide, a, b)
    }
    public static prefix func - (a: Tensor) -> Tensor { a.affine(scale: -1) }

    public static func + (a: Tensor, b: Float) -> Tensor { a.affine(scale: 1, shift: b) }
    public static func + (a: Float, b: Tensor) -> Tensor { b.affine(scale: 1, shift: a) }
    public static func - (a: Tensor, b: Float) -> Tensor { a.affine(scale: 1, shift: -b) }
    public static func - (a: Float, b: Tensor) -> Tensor { b.affine(scale: -1, shift: a) }
    public static func * (a: Tensor, b: Float) -> Tensor { a.affine(scale: b) }
    public static func * (a: Float, b: Tensor) -> Tensor { b.affine(scale: a) }
    public static func / (a: Tensor, b: Float) -> Tensor { a.affine(scale: 1 / b) }

    /// 1 where a ≤ b, else 0; a constant to differentiation.
    public static func <= (a: Tensor, b: Tensor) -> Tensor { pair(.lessOrEqual, a, b) }

    private func scaled(by c: Constant) -> Tensor { affine(scale: c.value, dividesByBatch: c.dividesByBatch) }

    /// The constant that this tensor is, where leaving it out of a product or sum with `other` loses no shape.
    private func unbroadcastConstant(beside other: Tensor, orPerBatch: Bool = false) -> Constant? {
        var source = self
        let node = graph.nodes[self.node]
        if node.operation is Broadcast, node.shape == other.shape { source = graph.tensor(node.inputs[0]) }
        guard let constant = source.constant, orPerBatch || !constant.dividesByBatch else { return nil }
        return constant
    }
}

/// The smaller of each pair of elements.
public func minimum(_ a: Tensor, _ b: Tensor) -> Tensor { pair(.minimum, a, b) }
/// The larger of each pair of elements.
public func maximum(_ a: Tensor, _ b: Tensor) -> Tensor { pair(.maximum, a, b) }
