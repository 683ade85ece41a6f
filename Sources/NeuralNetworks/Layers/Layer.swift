public import Autodiff

/// A part of a network: it holds slices of the parameters and turns a tensor into another.
public protocol Layer: Sendable {
    /// - Parameter sequence: what is known of the sequences in the batch, where there are any.
    func callAsFunction(_ x: Tensor, _ sequence: SequenceContext) -> Tensor
}

/// What layers may know of a batch of sequences or bags besides their elements.
public struct SequenceContext {
    /// The number of steps of each sequence, `[batch]`; nil where all are whole.
    public var lengths: Tensor?
    /// The weight of each token of a bag, `[batch, length]`; nil where all weigh the same.
    public var weights: Tensor?

    public init(lengths: Tensor? = nil, weights: Tensor? = nil) {
        self.lengths = lengths
        self.weights = weights
    }
}

extension Layer {
    public func callAsFunction(_ x: Tensor) -> Tensor { self(x, SequenceContext()) }
}

/// Layers, one after the other.
public struct Sequential: Layer {
    public let layers: [any Layer]
    public init(_ layers: [any Layer]) { self.layers = layers }

    public func callAsFunction(_ x: Tensor, _ sequence: SequenceContext) -> Tensor {
        layers.reduce(x) { $1($0, sequence) }
    }
}

/// x + layers(x): He, Zhang, Ren and Sun (2016).
public struct Residual: Layer {
    public let body: Sequential
    public init(_ body: Sequential) { self.body = body }

    public func callAsFunction(_ x: Tensor, _ sequence: SequenceContext) -> Tensor { x + body(x, sequence) }
}

/// Several ways through the same input, their results side by side in the last dimension.
public struct Parallel: Layer {
    public let branches: [Sequential]
    public init(_ branches: [Sequential]) { self.branches = branches }

    public func callAsFunction(_ x: Tensor, _ sequence: SequenceContext) -> Tensor {
        concatenate(branches.map { $0(x, sequence) })
    }
}

/// A layer without parameters: a formula.
struct Formula: Layer {
    let body: @Sendable (Tensor, SequenceContext) -> Tensor
    func callAsFunction(_ x: Tensor, _ sequence: SequenceContext) -> Tensor { body(x, sequence) }
}
