/// Quantiles with linear interpolation between the order statistics (Hyndman & Fan 1996, type 7, NumPy's default).
public enum Quantile {
    /// - Parameter sorted: Ascending. The result is not a number where there are no values.
    public static func of(sorted: [Double], _ share: Double) -> Double {
        precondition((0...1).contains(share), "a quantile is asked for at a share of 0…1, not \(share)")
        guard let last = sorted.last else { return .nan }
        let place = share * Double(sorted.count - 1)
        let below = Int(place)
        guard below + 1 < sorted.count else { return last }
        return sorted[below] + (place - Double(below)) * (sorted[below + 1] - sorted[below])
    }

    public static func median(_ values: [Double]) -> Double { of(sorted: values.filter(\.isFinite).sorted(), 0.5) }
}
