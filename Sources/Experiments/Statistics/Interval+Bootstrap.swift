/// 95 % percentile intervals of a plain sample by the bootstrap (Efron, 1979). Equal values have an equal interval,
/// every time; one value has an interval without width.
extension Interval {
    /// That of the mean. Samples of rows and episodes are large, and their means nearly normal: fewer resamples do.
    public static func bootstrapped(meanOf values: [Double]) -> Interval {
        precondition(!values.isEmpty, "an interval of no values")
        let sample = ScoreSample(values)
        return StratifiedBootstrap.interval(strata: [values.count], resamples: 2_000) { sample.mean($0) }
            ?? Interval(values[0], values[0])
    }

    /// That of the mean of the middle half (Agarwal et al., 2021).
    public static func bootstrapped(interquartileMeanOf values: [Double]) -> Interval {
        precondition(!values.isEmpty, "an interval of no values")
        let sample = ScoreSample(values)
        return StratifiedBootstrap.interval(strata: [values.count]) { sample.interquartileMean($0) }
            ?? Interval(values[0], values[0])
    }
}
