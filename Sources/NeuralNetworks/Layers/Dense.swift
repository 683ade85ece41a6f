public import Autodiff

/// A dense layer: activation(x · Wᵀ + b), with the weights W `[out, in]` and the bias b `[out]`.
public struct Dense: Layer {
    public let weight: ParameterSlice
    public let bias: ParameterSlice
    public let activation: Activation

    /// Declares `name.weight`, drawn by `initializer`, and `name.bias`, zero at first, which does not decay.
    public init(
        _ name: String, from inputs: Int, to outputs: Int, activation: Activation = .identity,
        initializer: some Initializer, in layout: inout ParameterLayout
    ) {
        weight = layout.declare("\(name).weight", shape: [outputs, inputs], initializer: initializer)
        bias = layout.declare("\(name).bias", shape: [outputs], initializer: Constant(0), decays: false)
        self.activation = activation
    }

    /// `[batch, in]` → `[batch, out]`
    public func callAsFunction(_ x: Tensor, _ sequence: SequenceContext) -> Tensor {
        activation(matrixProduct(x, x.parameter(weight), transposingSecond: true) + x.parameter(bias))
    }
}
