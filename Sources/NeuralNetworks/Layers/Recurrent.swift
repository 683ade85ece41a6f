public import Autodiff

/// Long short-term memory over sequences `[batch, steps, in]`: Hochreiter and Schmidhuber (1997), with PyTorch's names,
/// shapes and order of gates.
public struct LongShortTermMemory: Layer {
    let core: RecurrentCore
    public init(
        _ name: String, from inputs: Int, to width: Int, returnsSequence: Bool = false, in layout: inout ParameterLayout
    ) {
        core = RecurrentCore(name, from: inputs, to: width, gates: 4, returnsSequence: returnsSequence, in: &layout)
    }

    /// `[batch, steps, in]` → the last hidden state `[batch, width]`, or all of them `[batch, steps, width]`.
    public func callAsFunction(_ x: Tensor, _ sequence: SequenceContext) -> Tensor {
        let bias = x.parameter(core.inputBias) + x.parameter(core.recurrentBias)
        let sums = matrixProduct(x, x.parameter(core.inputWeight), transposingSecond: true) + bias
        return core.result(
            longShortTermMemory(sums, weights: x.parameter(core.recurrentWeight), lengths: sequence.lengths))
    }
}

/// The gated recurrent unit over sequences `[batch, steps, in]`: Cho et al. (2014), with PyTorch's names, shapes and order
/// of gates.
public struct GatedRecurrentUnit: Layer {
    let core: RecurrentCore
    public init(
        _ name: String, from inputs: Int, to width: Int, returnsSequence: Bool = false, in layout: inout ParameterLayout
    ) {
        core = RecurrentCore(name, from: inputs, to: width, gates: 3, returnsSequence: returnsSequence, in: &layout)
    }

    /// `[batch, steps, in]` → the last hidden state `[batch, width]`, or all of them `[batch, steps, width]`.
    public func callAsFunction(_ x: Tensor, _ sequence: SequenceContext) -> Tensor {
        let sums =
            matrixProduct(x, x.parameter(core.inputWeight), transposingSecond: true) + x.parameter(core.inputBias)
        return core.result(
            gatedRecurrentUnit(
                sums, weights: x.parameter(core.recurrentWeight), bias: x.parameter(core.recurrentBias),
                lengths: sequence.lengths))
    }
}

/// The parameters of a recurrent layer.
struct RecurrentCore: Sendable {
    let inputWeight: ParameterSlice
    let recurrentWeight: ParameterSlice
    let inputBias: ParameterSlice
    let recurrentBias: ParameterSlice
    let width: Int
    let returnsSequence: Bool

    /// Declares `name.weight_ih_l0`, `weight_hh_l0`, `bias_ih_l0` and `bias_hh_l0`, all even between ±1 / √width.
    init(
        _ name: String, from inputs: Int, to width: Int, gates: Int, returnsSequence: Bool,
        in layout: inout ParameterLayout
    ) {
        let initializer = SymmetricUniform(bound: 1 / Double(width).squareRoot())
        inputWeight = layout.declare(
            "\(name).weight_ih_l0", shape: [gates * width, inputs], initializer: initializer)
        recurrentWeight = layout.declare(
            "\(name).weight_hh_l0", shape: [gates * width, width], initializer: initializer)
        inputBias = layout.declare(
            "\(name).bias_ih_l0", shape: [gates * width], initializer: initializer, decays: false)
        recurrentBias = layout.declare(
            "\(name).bias_hh_l0", shape: [gates * width], initializer: initializer, decays: false)
        self.width = width
        self.returnsSequence = returnsSequence
    }

    /// All hidden states, or the last one: past a sequence's end the state stays, so that the last step holds it.
    func result(_ states: Tensor) -> Tensor {
        guard !returnsSequence else { return states }
        let count = states.shape.elementsPerRow
        return states.reshaped(to: [count]).columns(count - width..<count)
    }
}
