import Fledge
import Testing

struct MetricPlotTests {
    private func runs(_ seeds: [[UInt64]], in folder: TemporaryFolder) throws -> [(RunFolder, StoredRun)] {
        try seeds.map { seeds in
            var options = ExperimentDriver.Options(command: ["fledge", "count"])
            options.root = folder.path + "/runs"
            let report = try ExperimentDriver(options).run(CountingExperiment(seeds: seeds))
            return (report.folder, try StoredRun(reading: report.folder))
        }
    }

    private func figure(_ plot: MetricPlot, of runs: [(RunFolder, StoredRun)]) throws -> Figure {
        try FigureRequest(.metrics(plot), of: runs.map(\.1), in: runs.map(\.0), command: ["fledge", "plot"])
            .figure(of: runs.map(\.1))
    }

    @Test func `the runs and seeds of a group are one series that says how many they are`() throws {
        let folder = try TemporaryFolder()
        let runs = try runs([[1, 2, 3], [4, 5], [6]], in: folder)
        var plot = MetricPlot()
        plot.y = ["value"]
        plot.x = "updates"
        let each = try #require(try figure(plot, of: runs).panels[0].chart as? LineChart)
        #expect(
            each.series.map(\.label) == [
                "counting-count-1 (n = 3; line: median, band: range)",
                "counting-count-2 (n = 2; line: median, band: range)",
                "counting-count-3 (n = 1)",
            ])
        // The interquartile mean of 6 seeds leaves out the lowest and the highest: 2, 3, 4 and 5 times the count.
        plot.groups = ["algorithm"]
        let together = try #require(try figure(plot, of: runs).panels[0].chart as? LineChart)
        #expect(together.series.map(\.label) == ["count (n = 6)"])
        #expect(together.series[0].curve.y == [3.5, 7, 10.5, 14, 17.5])
        #expect(together.series[0].band != nil)
    }

    @Test func `the same seed with the same settings counts once`() throws {
        let folder = try TemporaryFolder()
        let runs = try runs([[1, 2, 3], [3, 4, 5]], in: folder)
        var plot = MetricPlot()
        (plot.x, plot.y, plot.groups) = ("updates", ["value"], ["algorithm"])
        let figure = try figure(plot, of: runs)
        let chart = try #require(figure.panels[0].chart as? LineChart)
        #expect(chart.series.map(\.label) == ["count (n = 5)"])
        #expect(figure.footer == "1 seed equal to others not counted")
        #expect(figure.subtitle?.contains("5 seeds") == true)
    }

    @Test func `a metric that was never measured is told`() throws {
        let folder = try TemporaryFolder()
        let runs = try runs([[1]], in: folder)
        var plot = MetricPlot()
        plot.y = ["return"]
        let error = #expect(throws: ExperimentError.self) { try figure(plot, of: runs) }
        #expect(error?.kind == .usage && error?.advice?.contains("value, odd") == true)
    }

    @Test func `the end that words tell is each seed's own`() throws {
        let early = Curve(x: [0, 1], y: [0, 10]), late = Curve(x: [0, 4], y: [0, 30])
        let curves = try #require(SeedCurves([early, late], axis: .linear))
        #expect(curves.lastValue == 20)
    }

    @Test func `metrics become panels, and what was not measured leaves no gap`() throws {
        let folder = try TemporaryFolder()
        let runs = try runs([[1]], in: folder)
        var plot = MetricPlot()
        (plot.x, plot.y) = ("updates", ["value", "odd"])
        let figure = try figure(plot, of: runs)
        #expect(figure.panels.map(\.title) == ["Value", "Odd"])
        let odd = try #require(figure.panels[1].chart as? LineChart)
        #expect(odd.series[0].curve.x == [1, 3, 5])
        #expect(figure.metadata.contains { $0.keyword == "Command" && $0.text == "fledge plot" })
        #expect(figure.metadata.contains { $0.keyword == "Request" && $0.text.contains(runs[0].0.path) })
    }

    @Test func `the checksum changes with the data and only with it`() throws {
        let folder = try TemporaryFolder()
        let runs = try runs([[1], [2]], in: folder)
        let sources = try FigureRequest(.overview, of: runs.map(\.1), in: runs.map(\.0)).sources
        #expect(sources[0].checksum != sources[1].checksum)
        let again = try StoredRun(reading: runs[0].0)
        #expect(try FigureRequest(.overview, of: [again], in: [runs[0].0]).sources == [sources[0]])
    }
}
