public import Randomness

/// A named part of a model's parameters: its shape and its place in the flat buffer.
public struct ParameterSlice: Hashable, Sendable, Codable {
    /// As checkpoints name it: `actor.0.weight`.
    public let name: String
    /// Weights are stored `[out, in]`, as PyTorch stores them.
    public let shape: [Int]
    /// The place of the first element in the flat buffer.
    public let offset: Int
    /// Whether an optimizer steps it; the running statistics of batch normalisation are not stepped.
    public let isTrainable: Bool
    /// Whether weight decay pulls it to zero: weights, but not biases or the scales of a normalisation.
    public let decays: Bool
    public var count: Int { shape.reduce(1, *) }
    public var range: Range<Int> { offset..<offset + count }
}

/// How a parameter's first values are drawn.
public protocol Initializer: Sendable {
    /// Values for a parameter of `shape`, row-major; a weight is `[out, in]`.
    func values(shape: [Int], using random: inout RandomStream) -> [Float]
}

/// The parameters of a model, by name, and where they stand in one flat buffer.
///
/// Layers declare their parameters here, in order; the slices they get back are all that they keep. Every slice begins
/// at a multiple of sixteen elements; the gaps stay zero.
public struct ParameterLayout: Sendable {
    public private(set) var slices: [ParameterSlice] = []
    private(set) var initializers: [any Initializer] = []

    public init() {}

    /// The length of the flat buffer.
    public var count: Int { slices.last.map { Self.aligned($0.range.upperBound) } ?? 0 }

    /// The number of parameters: what `count` is without the gaps.
    public var parameterCount: Int { slices.reduce(0) { $0 + $1.count } }

    /// Adds a parameter.
    public mutating func declare(
        _ name: String, shape: [Int], initializer: some Initializer, isTrainable: Bool = true, decays: Bool = true
    ) -> ParameterSlice {
        precondition(!slices.contains { $0.name == name }, "two parameters are called \(name)")
        let slice = ParameterSlice(
            name: name, shape: shape, offset: count, isTrainable: isTrainable, decays: decays && isTrainable)
        slices.append(slice)
        initializers.append(initializer)
        return slice
    }

    public subscript(name: String) -> ParameterSlice? { slices.first { $0.name == name } }

    static func aligned(_ count: Int) -> Int { (count + 15) / 16 * 16 }
}
