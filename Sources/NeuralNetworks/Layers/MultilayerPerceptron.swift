public import Autodiff

/// Dense layers, one after the other.
public struct MultilayerPerceptron: Sendable {
    public let layers: [Dense]

    /// Declares the layers `name.0`, `name.1`, … in `layout`.
    ///
    /// - Parameters:
    ///   - sizes: the width of the input, of each hidden layer, and of the output.
    ///   - activation: what follows each hidden layer.
    ///   - outputActivation: what follows the last layer.
    ///   - hidden: how the hidden layers' weights are drawn.
    ///   - output: how the last layer's weights are drawn.
    public init(
        _ name: String, sizes: [Int], activation: Activation, outputActivation: Activation = .identity,
        hidden: some Initializer, output: some Initializer, in layout: inout ParameterLayout
    ) {
        precondition(sizes.count >= 2, "sizes \(sizes): an input and an output are needed")
        var layers: [Dense] = []
        for index in 0..<sizes.count - 1 {
            let (layer, inputs, outputs) = ("\(name).\(index)", sizes[index], sizes[index + 1])
            if index < sizes.count - 2 {
                layers.append(
                    Dense(layer, from: inputs, to: outputs, activation: activation, initializer: hidden, in: &layout))
            } else {
                layers.append(
                    Dense(
                        layer, from: inputs, to: outputs, activation: outputActivation, initializer: output,
                        in: &layout))
            }
        }
        self.layers = layers
    }

    /// `[batch, first size]` → `[batch, last size]`
    public func callAsFunction(_ x: Tensor) -> Tensor { layers.reduce(x) { $1($0) } }
}
