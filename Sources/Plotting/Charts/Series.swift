/// A line of a chart, with what belongs to it.
public struct Series: Sendable, Equatable {
    /// The uncertainty around the line, `[n]` as the line's points.
    public struct Band: Sendable, Equatable {
        public let lower: [Double]
        public let upper: [Double]
        /// How many seeds it rests on at each point: where that changes the band is marked. Empty: as many everywhere.
        public let counts: [Int]

        public init(lower: [Double], upper: [Double], counts: [Int] = []) {
            precondition(
                lower.count == upper.count,
                "a band needs as many lower as upper values: \(lower.count) ≠ \(upper.count)")
            precondition(
                counts.isEmpty || counts.count == lower.count,
                "a band of \(lower.count) points cannot have \(counts.count) counts")
            self.lower = lower
            self.upper = upper
            self.counts = counts
        }
    }

    /// The name at the line or in the legend; without one the panel's title has to say it.
    public var label: String?
    public var curve: Curve
    public var band: Band?
    /// Single runs or raw values, drawn faintly behind.
    public var faint: [Curve]
    /// The palette's next colour where none is given.
    public var color: Color?

    public init(
        _ label: String? = nil, x: [Double], y: [Double], band: Band? = nil, faint: [Curve] = [], color: Color? = nil
    ) {
        precondition(
            band.map { $0.lower.count == x.count } ?? true,
            "a band needs a value for each point: \(band?.lower.count ?? 0) ≠ \(x.count)")
        self.label = label
        curve = Curve(x: x, y: y)
        self.band = band
        self.faint = faint
        self.color = color
    }

    /// A noisy curve smoothed, with the raw one faint behind; see `Smoothing`.
    public static func smoothed(
        _ label: String? = nil, x: [Double], y: [Double], weight: Double = 0.9, color: Color? = nil
    ) -> Series {
        Series(
            label, x: x, y: Smoothing.exponential(y, weight: weight), faint: [Curve(x: x, y: y)], color: color)
    }

    /// Several seeds: their summary as line and band, single seeds faint. `summary.name` has their number for the label,
    /// and `summary.caption` says what line and band are: put it into the panel's caption.
    public init(_ label: String? = nil, _ summary: SeedSummary, color: Color? = nil) {
        let isSingle = summary.statistic == .single
        self.init(
            label, x: summary.x, y: summary.line,
            band: isSingle ? nil : Band(lower: summary.lower, upper: summary.upper, counts: summary.counts),
            faint: isSingle ? [] : summary.curves, color: color)
    }
}
