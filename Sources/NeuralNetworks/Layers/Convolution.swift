public import Autodiff

/// A convolution of images `[batch, height, width, in]`, with weights `[out, in / groups, height, width]` and a bias `[out]`.
public struct Convolution2D: Layer {
    public let weight: ParameterSlice
    public let bias: ParameterSlice?
    public let window: Window

    /// Declares `name.weight`, drawn by `initializer`, and `name.bias`, zero at first.
    public init(
        _ name: String, from inputs: Int, to outputs: Int, window: Window, hasBias: Bool = true,
        initializer: some Initializer, in layout: inout ParameterLayout
    ) {
        precondition(
            inputs % window.groups == 0 && outputs % window.groups == 0,
            "\(inputs) to \(outputs) channels in \(window.groups) groups")
        weight = layout.declare(
            "\(name).weight", shape: [outputs, inputs / window.groups, window.size.height, window.size.width],
            initializer: initializer)
        bias =
            hasBias
            ? layout.declare("\(name).bias", shape: [outputs], initializer: Constant(0), decays: false) : nil
        self.window = window
    }

    /// `[batch, height, width, in]` → `[batch, height, width, out]`
    public func callAsFunction(_ x: Tensor, _ sequence: SequenceContext) -> Tensor {
        convolution(x, x.parameter(weight), bias: bias.map { x.parameter($0) }, window: window)
    }
}

/// A convolution of sequences `[batch, steps, in]`, with weights `[out, in / groups, size]` and a bias `[out]`.
public struct Convolution1D: Layer {
    public let weight: ParameterSlice
    public let bias: ParameterSlice?
    private let window: Window

    /// Declares `name.weight`, drawn by `initializer`, and `name.bias`, zero at first.
    public init(
        _ name: String, from inputs: Int, to outputs: Int, size: Int, stride: Int = 1, padding: Int = 0,
        dilation: Int = 1, groups: Int = 1, hasBias: Bool = true, initializer: some Initializer,
        in layout: inout ParameterLayout
    ) {
        precondition(
            inputs % groups == 0 && outputs % groups == 0, "\(inputs) to \(outputs) channels in \(groups) groups")
        window = Window(
            .init(1, size), stride: .init(1, stride), padding: .init(0, padding), dilation: .init(1, dilation),
            groups: groups)
        weight = layout.declare(
            "\(name).weight", shape: [outputs, inputs / groups, size], initializer: initializer)
        bias =
            hasBias
            ? layout.declare("\(name).bias", shape: [outputs], initializer: Constant(0), decays: false) : nil
    }

    /// `[batch, steps, in]` → `[batch, steps, out]`
    public func callAsFunction(_ x: Tensor, _ sequence: SequenceContext) -> Tensor {
        let shape = weight.shape
        let image = x.reshaped(to: [1] + x.shape.dimensions)
        let weights = x.parameter(weight).reshaped(to: [shape[0], shape[1], 1, shape[2]])
        let result = convolution(image, weights, bias: bias.map { x.parameter($0) }, window: window)
        return result.reshaped(to: Array(result.shape.dimensions.dropFirst()))
    }
}
