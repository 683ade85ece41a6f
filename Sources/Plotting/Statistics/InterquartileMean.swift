/// The mean of the middle half of the values: robust against single lucky or failed seeds, and with less spread than
/// the median.
///
/// As rliable (Agarwal et al. 2021) and `scipy.stats.trim_mean(values, 0.25)` compute it: ⌊n/4⌋ values are cut from
/// each end and the others count fully (no fractional weights), so that our numbers can be compared with published
/// ones.
public enum InterquartileMean {
    /// Not a number where there are no finite values.
    public static func of(_ values: [Double]) -> Double {
        let sorted = values.filter(\.isFinite).sorted()
        let kept = sorted.dropFirst(sorted.count / 4).dropLast(sorted.count / 4)
        return kept.isEmpty ? .nan : kept.reduce(0, +) / Double(kept.count)
    }
}
