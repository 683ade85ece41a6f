/// The two curves of a classifier that ranks rows by a score.
extension LineChart {
    /// The share of positives found against the share of negatives taken for them, over all thresholds; the diagonal is
    /// chance. Put the area under the curve into the series' names.
    public static func receiverOperatingCharacteristic(_ series: [Series]) -> LineChart {
        LineChart(
            series, x: Axis("false positive rate", range: 0...1), y: Axis("true positive rate", range: -0.01...1.02),
            diagonal: "chance")
    }

    /// The share of those found that are positive against the share of positives found.
    ///
    /// - Parameter baseRate: The share of positives among all rows: what chance reaches.
    public static func precisionRecall(_ series: [Series], baseRate: Double) -> LineChart {
        LineChart(
            series, x: Axis("recall", range: 0...1), y: Axis("precision", range: 0...1.02),
            referenceLines: [ReferenceLine("base rate \(NumberText.short(baseRate, digits: 2))", at: baseRate)])
    }
}
