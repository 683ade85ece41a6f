public import Autodiff

/// A network that was built from its description: its layers hold their slices of the parameters.
public struct Network: Sendable {
    /// A layer in the network's table.
    public struct Summary: Sendable, Codable, Equatable {
        /// As the names of its parameters begin.
        public let name: String
        public let title: String
        /// Of the output for one sample.
        public let output: [Int]
        public let parameterCount: Int
        /// The multiplications, each with an addition, that the prediction for one sample takes.
        public let multiplyAdds: Int
    }

    public let description: NetworkDescription
    /// The dimensions of the output for one sample.
    public let output: [Int]
    public let summary: [Summary]
    private let body: Sequential
    private let usesLengths: Bool

    /// Declares the parameters in `layout`, named as PyTorch names those of a `Sequential`: `0.weight`, `3.bias`.
    ///
    /// - Parameter prefix: what stands before the names, with a dot.
    /// - Throws: `NetworkError` for the first layer that does not fit what comes before it.
    public init(_ description: NetworkDescription, prefix: String = "", in layout: inout ParameterLayout) throws {
        let input = description.input.dimensions
        guard !input.isEmpty, input.allSatisfy({ (1...1 << 24).contains($0) }),
            NetworkBuilder.product(input) <= NetworkBuilder.mostElements
        else {
            throw NetworkError(layer: "input", problem: "\(input) are no dimensions of a sample")
        }
        var builder = NetworkBuilder(layout: layout, dimensions: input)
        if case .tokens(_, let entries, _) = description.input {
            guard (1...1 << 28).contains(entries) else {
                throw NetworkError(layer: "input", problem: "tokens out of \(entries)")
            }
            builder.entries = entries
        }
        body = try builder.build(description.layers, prefix: prefix)
        layout = builder.layout
        output = builder.dimensions
        summary = builder.summary
        usesLengths = builder.usesLengths && builder.entries != nil
        self.description = description
    }

    /// The number of parameters that are stepped.
    public var parameterCount: Int { summary.reduce(0) { $0 + $1.parameterCount } }
    public var multiplyAdds: Int { summary.reduce(0) { $0 + $1.multiplyAdds } }

    /// The output `[batch, …]` for the trace's inputs: `features`, or `tokens`, `weights` where they have any, and
    /// `lengths` where layers look at sequences.
    public func callAsFunction(_ trace: inout Trace) -> Tensor {
        switch description.input {
        case .features(let dimensions): return body(trace.input("features", dimensions))
        case .tokens(let length, _, let areWeighted):
            let sequence = SequenceContext(
                lengths: usesLengths ? trace.indices("lengths") : nil,
                weights: areWeighted ? trace.input("weights", length) : nil)
            return body(trace.indices("tokens", length: length), sequence)
        }
    }
}
