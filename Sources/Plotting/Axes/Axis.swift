import Foundation

/// One axis of a chart: what it shows, in which unit, and how values are spread along it.
public struct Axis: Sendable, Equatable {
    /// What the axis shows, with its unit; none where the panel's title says it.
    public var title: String?
    public var scale: AxisScale
    /// The values at the ends; chosen from the data where none is given.
    public var range: ClosedRange<Double>?
    /// Values from here on are counted in thousands, millions or billions.
    public var wordsFrom: Double
    /// Whether a unit that the axis chose itself (thousands, ×10⁻⁷) is printed.
    public var showsUnit: Bool
    /// How values are marked along the axis.
    var marks = Marks.labelled

    /// Ticks with labels; the lines of the grid alone; nothing.
    enum Marks { case labelled, gridOnly, none }

    public init(
        _ title: String? = nil, scale: AxisScale = .linear, range: ClosedRange<Double>? = nil, wordsFrom: Double = 1e6,
        showsUnit: Bool = true
    ) {
        self.title = title
        self.scale = scale
        self.range = range
        self.wordsFrom = wordsFrom
        self.showsUnit = showsUnit
    }

    public static let automatic = Axis()
    public static let logarithmic = Axis(scale: .logarithmic)
    /// Environment steps, in thousands from 10,000 on.
    public static let environmentSteps = Axis("environment steps", wordsFrom: 10_000)

    /// The same axis without its words, for small panels below one that has them.
    public func untitled() -> Axis {
        var copy = self
        copy.title = nil
        copy.showsUnit = false
        return copy
    }

    /// The same axis marked in another way, for charts that share an axis or name their rows themselves.
    func marked(_ marks: Marks) -> Axis {
        var copy = marks == .labelled ? self : untitled()
        copy.marks = marks
        return copy
    }

    /// The axis of a chart without values: with its title, but no ticks unless its range was given.
    var ofNothing: Axis {
        var copy = self
        if range == nil { copy.marks = .none }
        return copy
    }

    /// The values at the ends of the axis, from the `values` that it has to show.
    ///
    /// - Parameters:
    ///   - padding: The share of the span that is left free at an end that is not zero.
    ///   - zeroWithin: The axis begins at zero if the smallest value is positive and at most this share of the largest.
    func limits(
        showing values: some Sequence<Double>, padding: Double, zeroWithin: Double
    ) -> ClosedRange<Double> {
        if let range, range.lowerBound.isPlottable, range.upperBound.isPlottable, range.lowerBound < range.upperBound,
            scale == .linear || range.lowerBound > 0
        {
            return range
        }
        var low = Double.infinity, high = -Double.infinity
        for value in values where value.isPlottable && (scale == .linear || value > .leastNormalMagnitude) {
            low = min(low, value)
            high = max(high, value)
        }
        guard low <= high else { return scale == .linear ? 0...1 : 1...10 }
        if scale == .logarithmic {
            guard high > low * (1 + 1e-9) else { return low / 2...high * 2 }
            let room = exp(padding * log(high / low))
            return low / room...high * room
        }
        guard high - low > 1e-12 * max(low.magnitude, high.magnitude) else {
            let room = low == 0 ? 1 : low.magnitude * 0.1
            return low - room...high + room
        }
        let startsAtZero = low >= 0 && low <= zeroWithin * high
        let endsAtZero = high <= 0 && high >= zeroWithin * low
        let room = padding * (high - low)
        return (startsAtZero ? 0 : low - room)...(endsAtZero ? 0 : high + room)
    }
}
