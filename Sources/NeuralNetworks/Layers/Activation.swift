public import Autodiff

/// What follows a layer's sum: element by element, but for softmax, which makes each row a distribution.
public enum Activation: String, Sendable, Codable, CaseIterable {
    case identity, tanh, relu, sigmoid
    /// x, or 0.01 x below zero.
    case leakyReLU
    /// x, or eˣ − 1 below zero.
    case elu
    /// x Φ(x), with the normal distribution function itself.
    case gelu
    /// GELU's approximation by tanh.
    case geluTanh
    /// x · sigmoid(x), also called swish.
    case silu
    /// ln(1 + eˣ).
    case softplus
    /// eˣ / Σ eˣ along the last axis.
    case softmax

    public func callAsFunction(_ x: Tensor) -> Tensor {
        switch self {
        case .identity: x
        case .tanh: Autodiff.tanh(x)
        case .relu: Autodiff.relu(x)
        case .sigmoid: Autodiff.sigmoid(x)
        case .leakyReLU: Autodiff.leakyReLU(x)
        case .elu: Autodiff.elu(x)
        case .gelu: Autodiff.gelu(x)
        case .geluTanh: Autodiff.geluTanh(x)
        case .silu: Autodiff.silu(x)
        case .softplus: Autodiff.softplus(x)
        case .softmax: Autodiff.softmax(x)
        }
    }
}
