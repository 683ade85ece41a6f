/// A kind of action that a batch can hand to its environments without allocating: `Int` for a discrete space, or
/// `InlineArray<size, Float>` for a box of that size.
public protocol EnvironmentAction: Sendable {
    /// The action in row `row` of a buffer of discrete actions, [rows], or of continuous ones, [rows, size].
    init(row: Int, discrete: Span<Int32>, continuous: Span<Float>)

    /// Moves each element of a continuous action into low ... high; a discrete one stays as it is.
    mutating func clamp(low: Span<Float>, high: Span<Float>)
}

extension Int: EnvironmentAction {
    @inlinable
    public init(row: Int, discrete: Span<Int32>, continuous: Span<Float>) {
        self = Int(discrete[row])
    }

    @inlinable
    public mutating func clamp(low: Span<Float>, high: Span<Float>) {}
}

extension InlineArray: EnvironmentAction where Element == Float {
    @inlinable
    public init(row: Int, discrete: Span<Int32>, continuous: Span<Float>) {
        self.init { continuous[row * Self.count + $0] }
    }

    @inlinable
    public mutating func clamp(low: Span<Float>, high: Span<Float>) {
        for index in indices { self[index] = min(max(self[index], low[index]), high[index]) }
    }
}
