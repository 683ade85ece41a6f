import CKernels

#if canImport(Glibc)
    import Glibc
#endif

/// A function of one number, element by element.
struct ElementwiseFunction: Operation {
    enum Function: String, Hashable, Sendable {
        case exponential = "exp"
        case logarithm = "log"
        case tanh, sigmoid, relu, square
        case squareRoot = "sqrt"
        case absolute = "abs"
        case sign
    }

    var function: Function
    var name: String { function.rawValue }
    var worksInPlace: Bool { true }

    func shape(of inputs: [Shape]) -> Shape { inputs[0] }

    func reference(_ inputs: [ReferenceTensor], shape: Shape, batch: Int) -> ReferenceTensor {
        ReferenceTensor(values: inputs[0].values.map(value), shape: shape, batch: batch)
    }

    private func value(_ x: Double) -> Double {
        switch function {
        case .exponential: exp(x)
        case .logarithm: log(x)
        case .tanh: Glibc.tanh(x)
        case .sigmoid: 1 / (1 + exp(-x))
        case .relu: max(x, 0)
        case .square: x * x
        case .squareRoot: x.squareRoot()
        case .absolute: abs(x)
        case .sign: x > 0 ? 1 : x < 0 ? -1 : 0
        }
    }

    func derivative(of output: Tensor, inputs: [Tensor], gradient g: Tensor) -> [Tensor?] {
        let x = inputs[0]
        switch function {
        case .exponential: return [g * output]
        case .logarithm: return [g / x]
        case .tanh: return [pair(.tanhDerivative, output, g)]
        case .sigmoid: return [pair(.sigmoidDerivative, output, g)]
        case .relu: return [pair(.reluDerivative, output, g)]
        case .square: return [g * (2 * x)]
        case .squareRoot: return [g / (2 * output)]
        case .absolute: return [g * x.applying(ElementwiseFunction(function: .sign))]
        case .sign: return [nil]
        }
    }

    func instruction(_ operands: Lowering) -> ck_instruction { operands.elementwise(kernel) }

    private var kernel: ck_operation {
        switch function {
        case .exponential: CK_exponential
        case .logarithm: CK_logarithm
        case .tanh: CK_tanh
        case .sigmoid: CK_sigmoid
        case .relu: CK_relu
        case .square: CK_square
        case .squareRoot: CK_square_root
        case .absolute: CK_absolute
        case .sign: CK_sign
        }
    }
}

/// scale · x + shift, where the scale may be over the size of the batch (and the shift is then 0).
struct Affine: Operation {
    var scale: Float
    var shift: Float
    var dividesByBatch: Bool

    var name: String { "affine \(scale)" + (dividesByBatch ? "/batch" : "") + " x + \(shift)" }
    var worksInPlace: Bool { true }

    func shape(of inputs: [Shape]) -> Shape { inputs[0] }
    func reference(_ inputs: [ReferenceTensor], shape: Shape, batch: Int) -> ReferenceTensor {
        let factor = dividesByBatch ? Double(scale) / Double(batch) : Double(scale)
        let values = inputs[0].values.map { factor * $0 + Double(shift) }
        return ReferenceTensor(values: values, shape: shape, batch: batch)
    }
    func derivative(of output: Tensor, inputs: [Tensor], gradient: Tensor) -> [Tensor?] {
        [gradient.affine(scale: scale, dividesByBatch: dividesByBatch)]
    }
    func instruction(_ operands: Lowering) -> ck_instruction {
        let factor = dividesByBatch ? scale / Float(operands.batch) : scale
        return operands.elementwise(CK_affine, alpha: factor, beta: shift)
    }
}

/// x held within low … high; or, as `marks`, 1 where it lies within and 0 elsewhere.
struct Clamp: Operation {
    var low: Float
    var high: Float
    var marks = false

    var name: String { marks ? "within" : "clamp" }
    var worksInPlace: Bool { true }

    func shape(of inputs: [Shape]) -> Shape { inputs[0] }
    func reference(_ inputs: [ReferenceTensor], shape: Shape, batch: Int) -> ReferenceTensor {
        let (low, high) = (Double(low), Double(high))
        let values = inputs[0].values.map { marks ? ($0 >= low && $0 <= high ? 1 : 0) : min(max($0, low), high) }
        return ReferenceTensor(values: values, shape: shape, batch: batch)
    }
    func derivative(of output: Tensor, inputs: [Tensor], gradient: Tensor) -> [Tensor?] {
        marks ? [nil] : [gradient * inputs[0].applying(Clamp(low: low, high: high, marks: true))]
    }
    func instruction(_ operands: Lowering) -> ck_instruction {
        operands.elementwise(marks ? CK_within : CK_clamp, alpha: low, beta: high)
    }
}

extension Tensor {
    /// scale · self + shift, folded into what is known already.
    func affine(scale: Float, shift: Float = 0, dividesByBatch: Bool = false) -> Tensor {
        if scale == 1 && shift == 0 && !dividesByBatch { return self }
        if let c = constant, !(c.dividesByBatch && (dividesByBatch || shift != 0)), !(dividesByBatch && shift != 0) {
            let folded = Constant(
                value: scale * c.value + shift, dividesByBatch: c.dividesByBatch || dividesByBatch)
            return graph.record(folded, [])
        }
        if graph.nodes[node].operation is Broadcast {
            let source = graph.tensor(graph.nodes[node].inputs[0])
            return source.affine(scale: scale, shift: shift, dividesByBatch: dividesByBatch).broadcast(to: shape)
        }
        if let inner = graph.nodes[node].operation as? Affine, !(inner.dividesByBatch && dividesByBatch),
            !(dividesByBatch && inner.shift != 0), !(inner.dividesByBatch && shift != 0)
        {
            return graph.tensor(graph.nodes[node].inputs[0]).affine(
                scale: scale * inner.scale, shift: scale * inner.shift + shift,
                dividesByBatch: inner.dividesByBatch || dividesByBatch)
        }
        return applying(Affine(scale: scale, shift: shift, dividesByBatch: dividesByBatch))
    }

    /// Each element held within the range; the gradient passes where it lies within.
    public func clamped(to range: ClosedRange<Float>) -> Tensor {
        applying(Clamp(low: range.lowerBound, high: range.upperBound))
    }

    /// The square of each element.
    public func squared() -> Tensor { applying(ElementwiseFunction(function: .square)) }

    /// 1 where an element lies within the range, else 0; a constant to differentiation.
    public func isWithin(_ range: ClosedRange<Float>) -> Tensor {
        applying(Clamp(low: range.lowerBound, high: range.upperBound, marks: true))
    }
}

public func exp(_ x: Tensor) -> Tensor { x.applying(ElementwiseFunction(function: .exponential)) }
public func log(_ x: Tensor) -> Tensor { x.applying(ElementwiseFunction(function: .logarithm)) }
public func tanh(_ x: Tensor) -> Tensor { x.applying(ElementwiseFunction(function: .tanh)) }
/// 1 / (1 + e⁻ˣ)
public func sigmoid(_ x: Tensor) -> Tensor { x.applying(ElementwiseFunction(function: .sigmoid)) }
/// max(x, 0)
public func relu(_ x: Tensor) -> Tensor { x.applying(ElementwiseFunction(function: .relu)) }
public func sqrt(_ x: Tensor) -> Tensor { x.applying(ElementwiseFunction(function: .squareRoot)) }
public func abs(_ x: Tensor) -> Tensor { x.applying(ElementwiseFunction(function: .absolute)) }
