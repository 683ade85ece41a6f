/// A kind of action that a batch can hand to its environments without allocating: `Int` for a discrete space,
/// `InlineArray<k, Int>` for a multi-discrete or binary one of k components, `InlineArray<k, Float>` for a box.
public protocol EnvironmentAction: Sendable {
    /// The action in row `row` of a buffer of whole numbers, [rows, k], or of points, [rows, k].
    init(row: Int, discrete: Span<Int32>, continuous: Span<Float>)

    /// Writes the action into row `row` of the buffer that holds its kind.
    func write(row: Int, discrete: inout MutableSpan<Int32>, continuous: inout MutableSpan<Float>)

    /// Moves each element of a point into low ... high; whole numbers stay as they are.
    mutating func clamp(low: Span<Float>, high: Span<Float>)

    /// The action's components.
    var numbers: [Double] { get }
}

extension Int: EnvironmentAction {
    @inlinable
    public init(row: Int, discrete: Span<Int32>, continuous: Span<Float>) {
        self = Int(discrete[row])
    }

    @inlinable
    public func write(row: Int, discrete: inout MutableSpan<Int32>, continuous: inout MutableSpan<Float>) {
        discrete[row] = Int32(self)
    }

    @inlinable
    public mutating func clamp(low: Span<Float>, high: Span<Float>) {}

    public var numbers: [Double] { [Double(self)] }
}

/// What the components of an action are: `Int` or `Float`.
public protocol EnvironmentActionComponent: Sendable {
    init(place: Int, discrete: Span<Int32>, continuous: Span<Float>)
    func write(place: Int, discrete: inout MutableSpan<Int32>, continuous: inout MutableSpan<Float>)
    mutating func clamp(place: Int, low: Span<Float>, high: Span<Float>)
    var number: Double { get }
}

extension Int: EnvironmentActionComponent {
    @inlinable
    public init(place: Int, discrete: Span<Int32>, continuous: Span<Float>) {
        self = Int(discrete[place])
    }

    @inlinable
    public func write(place: Int, discrete: inout MutableSpan<Int32>, continuous: inout MutableSpan<Float>) {
        discrete[place] = Int32(self)
    }

    @inlinable
    public mutating func clamp(place: Int, low: Span<Float>, high: Span<Float>) {}

    public var number: Double { Double(self) }
}

extension Float: EnvironmentActionComponent {
    @inlinable
    public init(place: Int, discrete: Span<Int32>, continuous: Span<Float>) {
        self = continuous[place]
    }

    @inlinable
    public func write(place: Int, discrete: inout MutableSpan<Int32>, continuous: inout MutableSpan<Float>) {
        continuous[place] = self
    }

    @inlinable
    public mutating func clamp(place: Int, low: Span<Float>, high: Span<Float>) {
        self = min(max(self, low[place]), high[place])
    }

    public var number: Double { Double(self) }
}

extension InlineArray: EnvironmentAction where Element: EnvironmentActionComponent {
    @inlinable
    public init(row: Int, discrete: Span<Int32>, continuous: Span<Float>) {
        self.init { Element(place: row * Self.count + $0, discrete: discrete, continuous: continuous) }
    }

    @inlinable
    public func write(row: Int, discrete: inout MutableSpan<Int32>, continuous: inout MutableSpan<Float>) {
        for index in indices {
            self[index].write(place: row * Self.count + index, discrete: &discrete, continuous: &continuous)
        }
    }

    @inlinable
    public mutating func clamp(low: Span<Float>, high: Span<Float>) {
        for index in indices { self[index].clamp(place: index, low: low, high: high) }
    }

    public var numbers: [Double] { indices.map { self[$0].number } }
}

/// An action put away: what a state that has to remember actions keeps, since an `InlineArray` has no coding of its own.
public struct RecordedAction: Codable, Equatable, Sendable {
    /// [k]; empty for points.
    @usableFromInline var discrete: [Int32]
    /// [k]; empty for whole numbers.
    @usableFromInline var continuous: [Float]

    /// The action of all zeros.
    public init(in space: Space) {
        discrete = space.isDiscrete ? Array(repeating: 0, count: space.componentCount) : []
        continuous = space.isDiscrete ? [] : Array(repeating: 0, count: space.componentCount)
    }

    /// Makes it the action of all zeros. Allocates nothing.
    @inlinable
    public mutating func clear() {
        for index in discrete.indices { discrete[index] = 0 }
        for index in continuous.indices { continuous[index] = 0 }
    }

    /// Allocates nothing.
    @inlinable
    public mutating func record(_ action: some EnvironmentAction) {
        writeAction(action, discrete: &discrete, continuous: &continuous)
    }

    @inlinable
    public func action<Action: EnvironmentAction>() -> Action {
        Action(row: 0, discrete: discrete.span, continuous: continuous.span)
    }
}

/// Writes `action` into row 0 of the buffer that holds its kind.
@inlinable
func writeAction(_ action: some EnvironmentAction, discrete: inout [Int32], continuous: inout [Float]) {
    // Two arguments, since spans of two properties of one value cannot be had at once.
    var discrete = discrete.mutableSpan
    var continuous = continuous.mutableSpan
    action.write(row: 0, discrete: &discrete, continuous: &continuous)
}
