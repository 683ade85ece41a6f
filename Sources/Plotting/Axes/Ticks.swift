import Foundation

/// The marks of an axis and their labels, as a journal would print them.
public struct Ticks: Sendable, Equatable {
    public let values: [Double]
    public let labels: [String]
    /// Marks without labels between the others (logarithmic axes only).
    public let minorValues: [Double]
    /// What the labels count in, where it is not one: "thousands", "×10⁻⁷", "+ 1,000,000".
    public let unit: String?

    public init(values: [Double], labels: [String], minorValues: [Double] = [], unit: String? = nil) {
        precondition(values.count == labels.count, "\(values.count) ticks cannot have \(labels.count) labels")
        self.values = values
        self.labels = labels
        self.minorValues = minorValues
        self.unit = unit
    }

    /// How far beyond an end of the axis, as a share of its span, a tick may lie: nobody sees it, and an axis up to
    /// 99,999 is labelled 100,000 at its end.
    private static let tolerance = 1e-3

    /// At most `count` multiples of 1, 2 or 5 times a power of ten: the finest step that keeps to it.
    ///
    /// - Parameters:
    ///   - wordsFrom: Values from here on are counted in thousands, millions or billions.
    ///   - minimumStep: 1 where only whole numbers have a meaning.
    public static func linear(
        _ range: ClosedRange<Double>, atMost count: Int, wordsFrom: Double = 1e6, minimumStep: Double = 0
    ) -> Ticks {
        let span = range.upperBound - range.lowerBound
        guard span > 0, span.isPlottable, range.lowerBound.isPlottable, count > 0 else {
            return Ticks(values: [], labels: [])
        }
        var exponent = Int(log10(span / Double(count)).rounded(.down)) - 1
        while true {
            for digit in [1.0, 2, 5] {
                // Dividing by a power of ten keeps 3 × 0.1 = 0.3, which multiplying by 0.1 would not.
                let (factor, divisor) = exponent >= 0 ? (pow(10, Double(exponent)), 1) : (1, pow(10, Double(-exponent)))
                let step = digit * factor / divisor
                let slack = tolerance * span / step
                let first = (range.lowerBound / step - slack).rounded(.up)
                let last = (range.upperBound / step + slack).rounded(.down)
                guard last - first < Double(count), step >= minimumStep else { continue }
                let multiples = last >= first ? (0...Int(last - first)).map { first + Double($0) } : []
                let values = multiples.map { ($0 == 0 ? 0 : $0) * digit * factor / divisor }
                let unit = TickUnit(values: values, step: step, wordsFrom: wordsFrom)
                return Ticks(values: values, labels: values.map(unit.label), unit: unit.name)
            }
            exponent += 1
        }
    }

    /// Powers of ten, thinned to at most `count`; over less than two decades 1, 2 and 5 times such powers, and where
    /// even these are too few, the ticks of a linear axis.
    public static func logarithmic(_ range: ClosedRange<Double>, atMost count: Int) -> Ticks {
        guard range.lowerBound > 0, range.upperBound.isPlottable, range.upperBound > range.lowerBound, count > 0 else {
            return Ticks(values: [], labels: [])
        }
        let low = log10(range.lowerBound) - 1e-9, high = log10(range.upperBound) + 1e-9
        let exponents = Int(low.rounded(.up))..<Int(high.rounded(.down)) + 1
        let decades = Int(low.rounded(.down))...Int(high.rounded(.down))
        func multiples(_ digits: [Double]) -> [Double] {
            decades.flatMap { exponent in digits.map { $0 * pow(10, Double(exponent)) } }
                .filter { range.contains($0) }
        }
        if exponents.count >= 2 {
            let every = (exponents.count + count - 1) / count
            let kept = exponents.filter { ($0 - exponents.lowerBound) % every == 0 }
            return Ticks(
                values: kept.map { pow(10, Double($0)) }, labels: kept.map(NumberText.power),
                minorValues: every == 1
                    ? multiples([2, 3, 4, 5, 6, 7, 8, 9])
                    : exponents.filter { !kept.contains($0) }.map { pow(10, Double($0)) })
        }
        for digits in [[1.0, 2, 5], [1, 3]] {
            let values = multiples(digits)
            guard (2...count).contains(values.count) else { continue }
            return Ticks(
                values: values, labels: values.map { NumberText.short($0) },
                minorValues: multiples([1, 2, 3, 4, 5, 6, 7, 8, 9]).filter { !values.contains($0) })
        }
        return linear(range, atMost: count)
    }

    /// As many ticks as fit: labels keep a distance of at least their font's size (along a horizontal axis; twice
    /// the size from baseline to baseline along a vertical one), measured with the font that draws them.
    static func fitting(
        _ mapping: AxisMapping, wordsFrom: Double, minimumStep: Double = 0, length: Double, isHorizontal: Bool,
        font: Font, measuring measure: TextMeasure
    ) -> Ticks {
        let spacing = isHorizontal ? 3.8 * font.size : 2.3 * font.size
        let wanted = max(2, Int(min(length / spacing + 1, 8)))
        // From the wanted number downwards; then upwards, where a coarser step leaves fewer than two ticks.
        let counts = Array((2...wanted).reversed()) + Array(wanted + 1...wanted + 4)
        var fallback = Ticks(values: [], labels: [])
        for count in counts {
            let ticks =
                mapping.scale == .logarithmic
                ? logarithmic(mapping.range, atMost: count)
                : linear(mapping.range, atMost: count, wordsFrom: wordsFrom, minimumStep: minimumStep)
            guard !ticks.isCrowded(mapping, length, isHorizontal, font, measure) else { continue }
            if ticks.values.count >= 2 { return ticks }
            if ticks.values.count > fallback.values.count { fallback = ticks }
        }
        return fallback
    }

    private func isCrowded(
        _ mapping: AxisMapping, _ length: Double, _ isHorizontal: Bool, _ font: Font, _ measure: TextMeasure
    ) -> Bool {
        let places = values.map { (mapping.share(of: $0) ?? 0) * length }
        let widths = labels.map { measure.width(of: $0, in: font) }
        return zip(places.indices, places.indices.dropFirst()).contains { a, b in
            let needed = isHorizontal ? (widths[a] + widths[b]) / 2 + font.size : 2 * font.size
            return places[b] - places[a] < needed
        }
    }
}
