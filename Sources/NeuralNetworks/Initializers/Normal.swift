public import Autodiff
public import Randomness

/// Independent normal values with mean 0.
public struct Normal: Initializer {
    public let deviation: Float
    public init(deviation: Float) { self.deviation = deviation }

    public func values(shape: [Int], using random: inout RandomStream) -> [Float] {
        (0..<shape.reduce(1, *)).map { _ in deviation * Float(random.normal()) }
    }
}

/// Independent values, even between −bound and bound.
public struct SymmetricUniform: Initializer {
    public let bound: Double
    public init(bound: Double) { self.bound = bound }

    public func values(shape: [Int], using random: inout RandomStream) -> [Float] {
        (0..<shape.reduce(1, *)).map { _ in Float(random.uniform(in: -bound...bound)) }
    }
}
