import Plotting
import Testing

@Suite struct HistogramTests {
    @Test func `edges are round numbers and every value has its bin`() {
        // n = 100, interquartile range 49.5: a width of 2 · 49.5 / ∛100 = 21.3 gives 5 bins; Sturges asks for 8, so the
        // width is 99 / 8 = 12.4, nearest to 10.
        let values = (0..<100).map { Double($0) }
        let bins = HistogramBins(of: values)
        #expect(bins.edges == [0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100])
        #expect(bins.counts(of: values) == Array(repeating: 10, count: 10))
    }

    @Test func `a bin holds its lower edge and the last one its upper edge too`() {
        let bins = HistogramBins(of: [0, 0.25, 0.5, 0.75, 1], count: 2)
        #expect(bins.edges == [0, 0.5, 1])
        #expect(bins.counts(of: [0, 0.25, 0.5, 0.75, 1, 1.01, -0.01, .nan]) == [2, 3])
    }

    @Test func `few different whole numbers have a bin each`() {
        let bins = HistogramBins(of: [1, 2, 2, 5])
        #expect(bins.edges == [0.5, 1.5, 2.5, 3.5, 4.5, 5.5])
        #expect(bins.counts(of: [1, 2, 2, 5]) == [1, 2, 0, 0, 1])
    }

    @Test func `bins of a logarithmic axis have equal ratios`() {
        let bins = HistogramBins(of: [0.01, 100, -3, .nan], count: 4, scale: .logarithmic)
        for (edge, expected) in zip(bins.edges, [0.01, 0.1, 1, 10, 100]) { #expect(abs(edge / expected - 1) < 1e-12) }
        #expect(bins.edges.count == 5)
    }

    @Test(arguments: [1e-9, 1, 3.7e5]) func `no value is lost whatever its size`(size: Double) {
        for offset in [-0.4 * size, 0, 12.3 * size] {
            let values = SampleFigures.scattered(500).map { offset + size * $0 }
            let bins = HistogramBins(of: values)
            #expect(bins.counts(of: values).reduce(0, +) == 500)
            #expect(zip(bins.edges, bins.edges.dropFirst()).allSatisfy { $0 < $1 })
            #expect((5...80).contains(bins.edges.count - 1))
        }
    }

    @Test func `bars are as high as their counts and what is not a number is told`() {
        let plot = Rectangle(left: 100, top: 100, width: 300, height: 150)
        let chart = Histogram([0, 0.1, 0.2, 0.9, .nan], binCount: 2)
        let commands = chart.plan(for: plot.size, measuring: TextMeasure()).draw(plot)
        let bars = commands.flatMap { command -> [Rectangle] in
            guard case .clipped(_, let inner) = command else { return [] }
            return inner.compactMap { if case .rectangle(let bar, _, _, _) = $0 { bar } else { nil } }
        }
        #expect(bars.count == 2)
        #expect(abs(bars[0].height - 3 * bars[1].height) < 1e-9)
        #expect(bars.allSatisfy { abs($0.bottom - plot.bottom) < 1e-9 })
        let texts = Scene(size: plot.size, commands: commands).texts.map(\.string)
        #expect(texts.contains("× not a number: 1"))
    }
}
