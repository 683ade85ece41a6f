import CKernels

#if canImport(Glibc)
    import Glibc
#endif

/// The activations with a kernel for their value and one for their derivative. (The older ones, tanh, sigmoid and relu,
/// are among `ElementwiseFunction`.)
struct ActivationFunction: Operation {
    enum Function: String, Hashable, Sendable {
        case leakyReLU = "leaky relu"
        case elu, gelu
        case geluTanh = "gelu (tanh)"
        case silu, softplus

        /// Whether the derivative is had from the activation's result, rather than from its input: then the input need
        /// not be kept.
        var derivesFromResult: Bool { self == .leakyReLU || self == .elu }

        func value(_ x: Double) -> Double {
            switch self {
            case .leakyReLU: x > 0 ? x : Double(ActivationFunction.leak) * x
            case .elu: x > 0 ? x : expm1(x)
            case .gelu: x * normalDistribution(x)
            case .geluTanh: 0.5 * x * (1 + Glibc.tanh(GELUApproximation.inner(x)))
            case .silu: x * logistic(x)
            case .softplus: max(x, 0) + log1p(exp(-abs(x)))
            }
        }

        /// The slope, from the result where `derivesFromResult`, else from the input.
        func slope(_ x: Double) -> Double {
            switch self {
            case .leakyReLU: return x > 0 ? 1 : Double(ActivationFunction.leak)
            case .elu: return x > 0 ? 1 : x + 1
            case .gelu: return normalDistribution(x) + x * exp(-0.5 * x * x) / (2 * Double.pi).squareRoot()
            case .geluTanh:
                let t = Glibc.tanh(GELUApproximation.inner(x))
                return 0.5 * (1 + t) + 0.5 * x * (1 - t * t) * GELUApproximation.innerSlope(x)
            case .silu: return logistic(x) * (1 + x * (1 - logistic(x)))
            case .softplus: return logistic(x)
            }
        }
    }

    /// The slope of leaky ReLU below zero, as in PyTorch: 0.01.
    static let leak: Float = 0.01

    var function: Function
    var name: String { function.rawValue }
    var worksInPlace: Bool { true }

    func shape(of inputs: [Shape]) -> Shape { inputs[0] }
    func reference(_ inputs: [ReferenceTensor], shape: Shape, batch: Int) -> ReferenceTensor {
        ReferenceTensor(values: inputs[0].values.map(function.value), shape: shape, batch: batch)
    }
    func derivative(of output: Tensor, inputs: [Tensor], gradient: Tensor) -> [Tensor?] {
        let source = function.derivesFromResult ? output : inputs[0]
        return [source.applying(ActivationDerivative(function: function), gradient.broadcast(to: output.shape))]
    }
    func instruction(_ operands: Lowering) -> ck_instruction { operands.elementwise(kernel) }

    private var kernel: ck_operation {
        switch function {
        case .leakyReLU: CK_leaky_relu
        case .elu: CK_elu
        case .gelu: CK_gelu
        case .geluTanh: CK_gelu_tanh
        case .silu: CK_silu
        case .softplus: CK_softplus
        }
    }
}

/// The gradient (second input) times an activation's slope at the first input, which is the activation's input, or its
/// result where that is enough.
struct ActivationDerivative: Operation {
    var function: ActivationFunction.Function
    var name: String { "\(function.rawValue) derivative" }
    var worksInPlace: Bool { true }

    func shape(of inputs: [Shape]) -> Shape { inputs[0] }
    func reference(_ inputs: [ReferenceTensor], shape: Shape, batch: Int) -> ReferenceTensor {
        let values = zip(inputs[0].values, inputs[1].values).map { function.slope($0) * $1 }
        return ReferenceTensor(values: values, shape: shape, batch: batch)
    }

    func derivative(of output: Tensor, inputs: [Tensor], gradient: Tensor) -> [Tensor?] {
        let (x, g) = (inputs[0], inputs[1])
        let h = gradient.broadcast(to: output.shape)
        return [slopeOfSlope(x).map { h * g * $0 }, x.applying(self, h)]
    }

    /// The derivative of `Function.slope`, in tensor operations; nil where it is zero.
    private func slopeOfSlope(_ x: Tensor) -> Tensor? {
        switch function {
        case .leakyReLU: return nil
        case .elu: return x.isWithin(-Float.infinity...0)
        case .gelu: return Float(1 / (2 * Double.pi).squareRoot()) * exp(-0.5 * x.squared()) * (2 - x.squared())
        case .geluTanh:
            let t = tanh(Float(GELUApproximation.scale) * x * (1 + Float(GELUApproximation.cubic) * x.squared()))
            let slope = Float(GELUApproximation.scale) * (1 + Float(3 * GELUApproximation.cubic) * x.squared())
            let curvature = Float(6 * GELUApproximation.scale * GELUApproximation.cubic) * x
            return (1 - t.squared()) * (slope + 0.5 * x * (curvature - 2 * t * slope.squared()))
        case .silu:
            let s = sigmoid(x)
            return s * (1 - s) * (2 + x * (1 - 2 * s))
        case .softplus:
            let s = sigmoid(x)
            return s * (1 - s)
        }
    }

    func instruction(_ operands: Lowering) -> ck_instruction {
        let kernel =
            switch function {
            case .leakyReLU: CK_leaky_relu_derivative
            case .elu: CK_elu_derivative
            case .gelu: CK_gelu_derivative
            case .geluTanh: CK_gelu_tanh_derivative
            case .silu: CK_silu_derivative
            case .softplus: CK_softplus_derivative
            }
        return operands.elementwise(kernel)
    }
}

/// u(x) = √(2/π) (x + 0.044715 x³), with which ½ x (1 + tanh u) is close to x Φ(x).
private enum GELUApproximation {
    static let scale = (2 / Double.pi).squareRoot()
    static let cubic = 0.044715
    static func inner(_ x: Double) -> Double { scale * x * (1 + cubic * x * x) }
    static func innerSlope(_ x: Double) -> Double { scale * (1 + 3 * cubic * x * x) }
}

private func logistic(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
private func normalDistribution(_ x: Double) -> Double { 0.5 * erfc(-x / 2.0.squareRoot()) }

/// x where x > 0, else 0.01 x: Maas, Hannun and Ng (2013).
public func leakyReLU(_ x: Tensor) -> Tensor { x.applying(ActivationFunction(function: .leakyReLU)) }
/// x where x > 0, else eˣ − 1: Clevert, Unterthiner and Hochreiter (2016), with α = 1.
public func elu(_ x: Tensor) -> Tensor { x.applying(ActivationFunction(function: .elu)) }
/// x Φ(x), where Φ is the normal distribution function: Hendrycks and Gimpel (2016).
public func gelu(_ x: Tensor) -> Tensor { x.applying(ActivationFunction(function: .gelu)) }
/// GELU's approximation ½ x (1 + tanh(√(2/π) (x + 0.044715 x³))), from the same paper.
public func geluTanh(_ x: Tensor) -> Tensor { x.applying(ActivationFunction(function: .geluTanh)) }
/// x · sigmoid(x): Elfwing, Uchibe and Doya (2018); also called swish.
public func silu(_ x: Tensor) -> Tensor { x.applying(ActivationFunction(function: .silu)) }
/// ln(1 + eˣ), without overflow for large x and without cancellation for small.
public func softplus(_ x: Tensor) -> Tensor { x.applying(ActivationFunction(function: .softplus)) }
