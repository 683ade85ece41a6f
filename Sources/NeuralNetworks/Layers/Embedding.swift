public import Autodiff

/// A vector for each token: `[batch, length]` → `[batch, length, width]`; zeros for a token below 0.
public struct Embedding: Layer {
    public let weight: ParameterSlice

    /// Declares `name.weight` `[entries, width]`.
    public init(
        _ name: String, entries: Int, width: Int, initializer: some Initializer, in layout: inout ParameterLayout
    ) {
        weight = layout.declare("\(name).weight", shape: [entries, width], initializer: initializer, decays: false)
    }

    public func callAsFunction(_ tokens: Tensor, _ sequence: SequenceContext) -> Tensor {
        tokens.parameter(weight).embedding(tokens)
    }
}

/// The weighted sum, or the mean, of the vectors of a row's tokens: `[batch, length]` → `[batch, width]`.
///
/// With TF-IDF weights and the classes as width it is a linear model over n-grams that never writes the sparse matrix
/// down.
public struct EmbeddingBag: Layer {
    public let weight: ParameterSlice
    public let averages: Bool

    /// Declares `name.weight` `[entries, width]`.
    public init(
        _ name: String, entries: Int, width: Int, averages: Bool, initializer: some Initializer,
        in layout: inout ParameterLayout
    ) {
        weight = layout.declare("\(name).weight", shape: [entries, width], initializer: initializer)
        self.averages = averages
    }

    public func callAsFunction(_ tokens: Tensor, _ sequence: SequenceContext) -> Tensor {
        tokens.parameter(weight).embeddingBag(tokens, weights: sequence.weights, averaging: averages)
    }
}

/// Biased matrix factorisation: Koren, Bell and Volinsky (2009), eq. 4. A row's two tokens, a user and an item, give
/// bias(user) + bias(item) + vector(user) · vector(item): `[batch, 2]` → `[batch, 1]`.
public struct Factorization: Layer {
    public let factors: ParameterSlice
    public let biases: ParameterSlice

    /// Declares `name.factors` `[entries, width]` and `name.biases` `[entries, 1]`; users and items are entries of the
    /// same tables.
    public init(_ name: String, entries: Int, width: Int, in layout: inout ParameterLayout) {
        let deviation = 0.1 / Float(width).squareRoot()
        factors = layout.declare(
            "\(name).factors", shape: [entries, width], initializer: Normal(deviation: deviation))
        biases = layout.declare("\(name).biases", shape: [entries, 1], initializer: Constant(0))
    }

    public func callAsFunction(_ tokens: Tensor, _ sequence: SequenceContext) -> Tensor {
        let width = factors.shape[1]
        let pair = tokens.parameter(factors).embedding(tokens).reshaped(to: [2 * width])
        let product = (pair.columns(0..<width) * pair.columns(width..<2 * width)).sumOfColumns()
        return product + tokens.parameter(biases).embeddingBag(tokens)
    }
}
