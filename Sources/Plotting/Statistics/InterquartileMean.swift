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
        return of(sorted: sorted, multiplicities: Array(repeating: 1, count: sorted.count))
    }

    /// The interquartile mean of a resample: `sorted[i]` occurs `multiplicities[i]` times.
    static func of(sorted: [Double], multiplicities: [Int]) -> Double {
        let count = multiplicities.reduce(0, +)
        let cut = count / 4
        var sum = 0.0, passed = 0
        for (value, multiplicity) in zip(sorted, multiplicities) {
            let kept = max(0, min(passed + multiplicity, count - cut) - max(passed, cut))
            sum += Double(kept) * value
            passed += multiplicity
        }
        return count == 0 ? .nan : sum / Double(count - 2 * cut)
    }
}
