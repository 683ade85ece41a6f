public import Autodiff
public import Randomness

/// The same value everywhere.
public struct Constant: Initializer {
    public let value: Float
    public init(_ value: Float) { self.value = value }

    public func values(shape: [Int], using random: inout RandomStream) -> [Float] {
        Array(repeating: value, count: shape.reduce(1, *))
    }
}
