/// What a panel shows. A chart first says how much room its labels need around a plot area, so that the plot areas of
/// all panels of a figure can be aligned; then it draws.
public protocol Chart: Sendable {
    /// The chart laid out for a plot area of about `size`.
    func plan(for size: Size, measuring measure: TextMeasure) -> ChartPlan

    /// The same chart without what no picture of any size could show. It is asked for once, before plans for several
    /// sizes are, so that long curves are gone through once.
    var thinned: any Chart { get }
}

extension Chart {
    public var thinned: any Chart { self }
}
