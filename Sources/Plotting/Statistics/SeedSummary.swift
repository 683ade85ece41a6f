/// The curves of several seeds drawn together: a line, a band, and words for what they are.
///
/// One seed: its curve. Two to four: median and range. Five and more: interquartile mean and the 95 % percentile
/// bootstrap interval over seeds (Agarwal et al. 2021, "Deep Reinforcement Learning at the Edge of the Statistical
/// Precipice"). Where seeds have different lengths, each x uses the seeds that reach it; `counts` says how many.
public struct SeedSummary: Sendable, Equatable {
    public enum Statistic: Sendable, Equatable { case single, medianAndRange, interquartileMeanAndBootstrap }

    static let resampleCount = 1_000

    public let statistic: Statistic
    public let seedCount: Int
    /// `[points]` each.
    public let x: [Double]
    public let line: [Double]
    public let lower: [Double]
    public let upper: [Double]
    /// How many seeds have a value at each x.
    public let counts: [Int]
    /// The curves themselves, to be drawn faintly.
    public let curves: [Curve]

    /// - Parameter alignment: How curves that were measured at different x are brought onto common ones.
    public init(_ curves: [Curve], alignment: SeedAlignment = .interpolation) {
        self.curves = curves
        seedCount = curves.count
        statistic =
            switch curves.count {
            case ...1: .single
            case ...4: .medianAndRange
            default: .interquartileMeanAndBootstrap
            }
        let aligned = alignment.align(curves)
        x = aligned.x
        let resamples = BootstrapResamples(
            count: statistic == .interquartileMeanAndBootstrap ? SeedSummary.resampleCount : 0, of: curves.count)
        var line: [Double] = [], lower: [Double] = [], upper: [Double] = [], counts: [Int] = []
        for point in aligned.x.indices {
            let present = curves.indices.filter { aligned.values[$0][point].isFinite }
                .sorted { (aligned.values[$0][point], $0) < (aligned.values[$1][point], $1) }
            let sorted = present.map { aligned.values[$0][point] }
            counts.append(sorted.count)
            switch statistic {
            case .single, .medianAndRange:
                line.append(Quantile.of(sorted: sorted, 0.5))
                lower.append(sorted.first ?? .nan)
                upper.append(sorted.last ?? .nan)
            case .interquartileMeanAndBootstrap:
                line.append(InterquartileMean.of(sorted))
                let means = resamples.interquartileMeans(sorted: sorted, seeds: present)
                lower.append(Quantile.of(sorted: means, 0.025))
                upper.append(Quantile.of(sorted: means, 0.975))
            }
        }
        (self.line, self.lower, self.upper, self.counts) = (line, lower, upper, counts)
    }

    /// What the line, the band and the faint curves are, for a panel's caption.
    public var caption: String {
        switch statistic {
        case .single: seedCount == 0 ? "no seeds" : "line: one seed"
        case .medianAndRange: "line: median of \(seedsText) · band: range · faint: single seeds"
        case .interquartileMeanAndBootstrap:
            "line: interquartile mean of \(seedsText) · band: 95 % bootstrap interval · faint: single seeds"
        }
    }

    /// The name of what the seeds ran with their number, for a label or a legend: "PPO (n = 5)".
    public func name(_ name: String) -> String { "\(name) (n = \(countText))" }

    /// What the line and the band are, for a legend: "PPO (n = 10; line: interquartile mean, band: 95 % bootstrap)".
    public func legend(for name: String) -> String {
        switch statistic {
        case .single: "\(name) (n = \(seedCount))"
        case .medianAndRange: "\(name) (n = \(countText); line: median, band: range)"
        case .interquartileMeanAndBootstrap:
            "\(name) (n = \(countText); line: interquartile mean, band: 95 % bootstrap)"
        }
    }

    private var seedsText: String { "\(countText) seeds" }

    /// How many seeds there are: "10", or "7–10" where some end early.
    private var countText: String {
        guard let fewest = counts.filter({ $0 > 0 }).min(), fewest < seedCount else { return "\(seedCount)" }
        return "\(fewest)–\(seedCount)"
    }
}
