/// A number, or several side by side that are computed with at once, each as if it were alone: formulas that are written
/// over this protocol give the same bits either way.
public protocol LaneArithmetic: Sendable {
    init(_ value: Double)
    static func + (a: Self, b: Self) -> Self
    static func - (a: Self, b: Self) -> Self
    static func * (a: Self, b: Self) -> Self
    static func / (a: Self, b: Self) -> Self
    static prefix func - (a: Self) -> Self

    /// Both at once; see `sineAndCosine(of: Double)`.
    static func sineAndCosine(of angle: Self) -> (sine: Self, cosine: Self)
}

extension LaneArithmetic {
    @inlinable @inline(__always) public static func + (a: Double, b: Self) -> Self { Self(a) + b }
    @inlinable @inline(__always) public static func - (a: Double, b: Self) -> Self { Self(a) - b }
    @inlinable @inline(__always) public static func * (a: Double, b: Self) -> Self { Self(a) * b }
    @inlinable @inline(__always) public static func / (a: Self, b: Double) -> Self { a / Self(b) }
    @inlinable @inline(__always) public static func += (a: inout Self, b: Self) { a = a + b }
}

extension Double: LaneArithmetic {
    @inlinable @inline(__always)
    public static func sineAndCosine(of angle: Double) -> (sine: Double, cosine: Double) {
        LinearAlgebra.sineAndCosine(of: angle)
    }
}

/// Eight numbers side by side, for processors that add two, four or eight at once.
public struct DoubleLanes: LaneArithmetic {
    public static var count: Int { 8 }

    @usableFromInline var numbers: SIMD8<Double>

    @inlinable @inline(__always)
    init(_ numbers: SIMD8<Double>) { self.numbers = numbers }

    /// `value` in all places.
    @inlinable @inline(__always)
    public init(_ value: Double) { numbers = SIMD8(repeating: value) }

    @inlinable
    public subscript(place: Int) -> Double {
        @inline(__always) get { numbers[place] }
        @inline(__always) set { numbers[place] = newValue }
    }

    @inlinable @inline(__always) public static func + (a: Self, b: Self) -> Self { Self(a.numbers + b.numbers) }
    @inlinable @inline(__always) public static func - (a: Self, b: Self) -> Self { Self(a.numbers - b.numbers) }
    @inlinable @inline(__always) public static func * (a: Self, b: Self) -> Self { Self(a.numbers * b.numbers) }
    @inlinable @inline(__always) public static func / (a: Self, b: Self) -> Self { Self(a.numbers / b.numbers) }
    @inlinable @inline(__always) public static prefix func - (a: Self) -> Self { Self(-a.numbers) }

    @inlinable @inline(__always)
    public static func sineAndCosine(of angle: Self) -> (sine: Self, cosine: Self) {
        if all(angle.numbers .<= 0.25 * Double.pi) && all(angle.numbers .>= -0.25 * Double.pi) {
            return LinearAlgebra.sineAndCosine(reduced: angle, rest: Self(0))
        }
        guard all(angle.numbers .< 1e5) && all(angle.numbers .> -1e5) else { return oneByOne(angle) }
        let (reduced, rest, quadrant) = LinearAlgebra.reduced(angle)
        let (sine, cosine) = LinearAlgebra.sineAndCosine(reduced: reduced, rest: rest)
        // A quarter of a turn exchanges the two; the second and third, and the first and second, are negative.
        let quarter = unsafeBitCast(quadrant.numbers, to: SIMD8<UInt64>.self)
        let isExchanged = quarter & 1 .== 1
        return (
            Self(negating(sine.numbers.replacing(with: cosine.numbers, where: isExchanged), where: quarter)),
            Self(negating(cosine.numbers.replacing(with: sine.numbers, where: isExchanged), where: quarter &+ 1))
        )
    }

    /// `numbers` with another sign where bit 1 of `quarter` is set.
    @inlinable @inline(__always)
    static func negating(_ numbers: SIMD8<Double>, where quarter: SIMD8<UInt64>) -> SIMD8<Double> {
        let signs = (quarter & 2) &<< 62
        return unsafeBitCast(unsafeBitCast(numbers, to: SIMD8<UInt64>.self) ^ signs, to: SIMD8<Double>.self)
    }

    @usableFromInline
    static func oneByOne(_ angle: Self) -> (sine: Self, cosine: Self) {
        var (sines, cosines) = (angle, angle)
        for place in 0..<count {
            (sines[place], cosines[place]) = LinearAlgebra.sineAndCosine(of: angle[place])
        }
        return (sines, cosines)
    }
}
