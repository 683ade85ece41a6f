/// What `fledge plot` is asked for: metrics of several runs over a common axis, the runs and seeds of a group as one
/// series.
public struct MetricPlot: Codable, Sendable, Equatable {
    /// How noisy curves are smoothed, before anything is thinned out.
    public enum Smoothing: Codable, Sendable, Equatable {
        /// With a half-life of a sixtieth of the course, where there are points enough to smooth.
        case automatic
        case none
        /// A value counts half after this distance along x.
        case halfLife(Double)
    }

    /// What runs along the x-axis, by name; nil for what the runs have in common.
    public var x: String?
    /// The metrics, by name or alias, a panel each; none for the metric that matters most.
    public var y: [String] = []
    /// What the runs of one series have in common: `algorithm`, `run`, `subject`, `recipe` or settings by name.
    public var groups: [String] = []
    public var smoothing = Smoothing.automatic
    public var hasLogarithmicX = false
    public var hasLogarithmicY = false
    /// nil for one that says what is shown.
    public var title: String?

    public init() {}
}
