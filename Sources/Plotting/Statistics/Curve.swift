/// Measured values `y` at the places `x`, `[n]` each, in the order of measurement. What is not a number is a gap.
public struct Curve: Sendable, Equatable {
    public let x: [Double]
    public let y: [Double]

    public init(x: [Double], y: [Double]) {
        precondition(x.count == y.count, "a curve needs as many x as y: \(x.count) ≠ \(y.count)")
        self.x = x
        self.y = y
    }
}
