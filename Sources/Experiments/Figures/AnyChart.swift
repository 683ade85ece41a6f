internal import Plotting

/// A chart of any kind, as a panel takes it.
struct AnyChart: Chart {
    private let chart: any Chart

    init(_ chart: any Chart) { self.chart = chart }

    func plan(for size: Size, measuring measure: TextMeasure) -> ChartPlan { chart.plan(for: size, measuring: measure) }

    var thinned: any Chart { chart.thinned }
}
