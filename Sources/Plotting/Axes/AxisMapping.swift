import Foundation

/// Takes values to places along an axis of a plot.
struct AxisMapping {
    let scale: AxisScale
    let range: ClosedRange<Double>

    /// Where the value lies between the ends of the axis, 0…1 inside; nil where it cannot be shown.
    func share(of value: Double) -> Double? {
        guard value.isPlottable else { return nil }
        switch scale {
        case .linear:
            return (value - range.lowerBound) / (range.upperBound - range.lowerBound)
        case .logarithmic:
            guard value > 0 else { return nil }
            return log(value / range.lowerBound) / log(range.upperBound / range.lowerBound)
        }
    }
}
