public import Autodiff

/// Self-attention in several heads over sequences `[batch, steps, width]`: Vaswani et al. (2017), with PyTorch's names and
/// shapes.
public struct MultiHeadAttention: Layer {
    public let inputWeight: ParameterSlice
    public let inputBias: ParameterSlice
    public let output: Dense
    public let heads: Int
    public let isCausal: Bool

    /// Declares `name.in_proj_weight` `[3 · width, width]`, `in_proj_bias`, `out_proj.weight` and `out_proj.bias`.
    ///
    /// - Parameter isCausal: whether no step looks at later ones.
    public init(_ name: String, width: Int, heads: Int, isCausal: Bool = false, in layout: inout ParameterLayout) {
        precondition(heads > 0 && width % heads == 0, "a width of \(width) in \(heads) heads")
        inputWeight = layout.declare(
            "\(name).in_proj_weight", shape: [3 * width, width], initializer: VarianceScaling.glorotUniform)
        inputBias = layout.declare(
            "\(name).in_proj_bias", shape: [3 * width], initializer: Constant(0), decays: false)
        output = Dense(
            "\(name).out_proj", from: width, to: width, initializer: VarianceScaling.glorotUniform, in: &layout)
        self.heads = heads
        self.isCausal = isCausal
    }

    /// `[batch, steps, width]` → `[batch, steps, width]`
    public func callAsFunction(_ x: Tensor, _ sequence: SequenceContext) -> Tensor {
        let width = inputWeight.shape[1]
        let all = matrixProduct(x, x.parameter(inputWeight), transposingSecond: true) + x.parameter(inputBias)
        let parts = (0..<3).map { all.columns($0 * width..<($0 + 1) * width) }
        return output(
            attention(
                queries: parts[0], keys: parts[1], values: parts[2], heads: heads, isCausal: isCausal,
                lengths: sequence.lengths))
    }
}
