public import Autodiff

/// What follows a layer's sum, element by element.
public enum Activation: String, Sendable, Codable, CaseIterable {
    case identity, tanh, relu, sigmoid

    public func callAsFunction(_ x: Tensor) -> Tensor {
        switch self {
        case .identity: x
        case .tanh: Autodiff.tanh(x)
        case .relu: Autodiff.relu(x)
        case .sigmoid: Autodiff.sigmoid(x)
        }
    }
}
