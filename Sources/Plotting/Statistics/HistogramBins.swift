import Foundation

/// The bins of a histogram, with edges that a reader can name.
///
/// The width follows Freedman & Diaconis (1981), 2 · IQR / ∛n, with no fewer bins than Sturges' ⌈log₂ n⌉ + 1 (1926),
/// and is rounded to 1, 2, 2.5 or 5 times a power of ten, so that edges fall on ticks. Few different whole numbers get
/// a bin each.
public struct HistogramBins: Sendable, Equatable {
    /// `[bins + 1]`, ascending. A bin holds its lower edge; the last one holds its upper edge too.
    public let edges: [Double]

    /// Finer bins than these are noise to the eye.
    private static let mostBins = 80

    /// - Parameters:
    ///   - values: What is not finite, or not positive on a logarithmic axis, has no part in it.
    ///   - count: About so many bins instead of the rule's number.
    public init(of values: [Double], count: Int? = nil, scale: AxisScale = .linear) {
        self.init(ofGroups: [values], count: count, scale: scale)
    }

    /// Common bins of several groups, fine enough for each of them.
    public init(ofGroups groups: [[Double]], count: Int? = nil, scale: AxisScale = .linear) {
        let sorted = groups.map { values in
            let shown = values.filter { $0.isPlottable && (scale == .linear || $0 > .leastNormalMagnitude) }
            return (scale == .linear ? shown : shown.map { log10($0) }).sorted()
        }
        let edges = HistogramBins.linearEdges(of: sorted, count: count, areNice: scale == .linear)
        self.edges = scale == .linear ? edges : edges.map { pow(10, $0) }
    }

    /// How many of the values lie in each bin, `[bins]`.
    public func counts(of values: [Double]) -> [Int] {
        var counts = Array(repeating: 0, count: edges.count - 1)
        for value in values where value >= edges[0] && value <= edges[edges.count - 1] {
            // The first edge above the value, by bisection.
            var (low, high) = (0, edges.count - 1)
            while low < high {
                let middle = (low + high) / 2
                if edges[middle] > value { high = middle } else { low = middle + 1 }
            }
            counts[min(max(low - 1, 0), counts.count - 1)] += 1
        }
        return counts
    }

    private static func linearEdges(of groups: [[Double]], count: Int?, areNice: Bool) -> [Double] {
        guard let low = groups.compactMap(\.first).min(), let high = groups.compactMap(\.last).max() else {
            return [0, 1]
        }
        guard high - low > 1e-9 * max(low.magnitude, high.magnitude) else {
            let room = low == 0 ? 0.5 : 0.05 * low.magnitude
            return [low - room, low + room]
        }
        let span = high - low
        let isWhole =
            areNice && max(low.magnitude, high.magnitude) < 1e9 && groups.joined().allSatisfy { $0 == $0.rounded() }
        if count == nil, isWhole, span < 30 {
            return (Int(low)...Int(high) + 1).map { Double($0) - 0.5 }
        }
        let finest = groups.map(ruleWidth).min() ?? span
        let wanted = min(max(count ?? Int(min((span / finest).rounded(.up), Double(mostBins))), 1), mostBins)
        guard areNice else { return (0...wanted).map { low + span * Double($0) / Double(wanted) } }
        let width = niceWidth(near: span / Double(wanted), isWhole: isWhole)
        let first = (low / width + 1e-9).rounded(.down), last = (high / width - 1e-9).rounded(.up)
        return (0...max(Int(last - first), 1)).map { (first + Double($0)) * width }
    }

    /// The narrower of the two rules' widths; infinite for a group without a span.
    private static func ruleWidth(of sorted: [Double]) -> Double {
        let n = Double(sorted.count)
        guard let low = sorted.first, let high = sorted.last, high > low else { return .infinity }
        let sturges = (high - low) / (log2(n).rounded(.up) + 1)
        let interquartileRange = Quantile.of(sorted: sorted, 0.75) - Quantile.of(sorted: sorted, 0.25)
        let freedmanDiaconis = 2 * interquartileRange / cbrt(n)
        return freedmanDiaconis > 0 ? min(sturges, freedmanDiaconis) : sturges
    }

    /// The width of 1, 2, 2.5 or 5 times a power of ten whose ratio to `width` is nearest to one.
    private static func niceWidth(near width: Double, isWhole: Bool) -> Double {
        let power = pow(10, log10(width).rounded(.down))
        let candidates = (isWhole ? [1.0, 2, 5, 10] : [1.0, 2, 2.5, 5, 10]).map { $0 * power }
        let nearest =
            candidates.min { abs(log($0 / width)) < abs(log($1 / width)) } ?? width
        return isWhole ? max(nearest, 1) : nearest
    }
}
