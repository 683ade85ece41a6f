/// What a network is built of, as a value: what it takes, and its layers in order.
public struct NetworkDescription: Codable, Sendable, Equatable {
    /// What a network takes for each sample.
    public enum Input: Codable, Sendable, Equatable {
        /// Numbers of these dimensions: `[d]`, images `[height, width, channels]`, sequences `[steps, width]`.
        case features([Int])
        /// So many tokens, each one of `entries`; fewer are filled up by −1. They may have weights.
        case tokens(length: Int, entries: Int, areWeighted: Bool)

        var dimensions: [Int] {
            switch self {
            case .features(let dimensions): dimensions
            case .tokens(let length, _, _): [length]
            }
        }
    }

    public var input: Input
    public var layers: [LayerDescription]

    public init(input: Input, layers: [LayerDescription]) {
        self.input = input
        self.layers = layers
    }

    /// A multilayer perceptron: for each hidden width a dense layer, its activation, and dropout where there is any.
    public static func perceptron(
        input: Input, hidden: [Int], activation: Activation, dropout: Double = 0, normalizes: Bool = false, outputs: Int
    ) -> NetworkDescription {
        var layers: [LayerDescription] = []
        if input.dimensions.count > 1 { layers.append(.flatten) }
        for width in hidden {
            layers.append(.dense(width: width))
            if normalizes { layers.append(.batchNormalization) }
            layers.append(.activation(activation))
            if dropout > 0 { layers.append(.dropout(rate: dropout)) }
        }
        return NetworkDescription(input: input, layers: layers + [.dense(width: outputs)])
    }
}

/// A description that makes no network: at which layer, and why.
public struct NetworkError: Error, Equatable, CustomStringConvertible {
    /// The layer's name, as parameters begin with it: `3`; in a residual layer, `2.0`.
    public let layer: String
    public let problem: String

    public init(layer: String, problem: String) {
        self.layer = layer
        self.problem = problem
    }

    public var description: String { "layer \(layer): \(problem)" }
}
