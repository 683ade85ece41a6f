import Foundation

/// Takes values to places along an axis of a plot.
struct AxisMapping {
    let scale: AxisScale
    let range: ClosedRange<Double>

    /// So far outside the plot that nobody sees where, and near enough for the drawing library's fixed-point numbers.
    private static let farthest = 1_000.0

    /// Where the value lies between the ends of the axis, 0…1 inside; nil where it cannot be shown.
    func share(of value: Double) -> Double? {
        guard value.isPlottable, scale == .linear || value > 0 else { return nil }
        let share =
            switch scale {
            case .linear: (value - range.lowerBound) / (range.upperBound - range.lowerBound)
            case .logarithmic: log(value / range.lowerBound) / log(range.upperBound / range.lowerBound)
            }
        return share.isNaN ? nil : min(max(share, -AxisMapping.farthest), AxisMapping.farthest)
    }
}
