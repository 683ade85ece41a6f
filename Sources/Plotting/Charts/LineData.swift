/// What a line chart shows, within the limits of its axes and thinned to more than any picture resolves. It depends on
/// no size, so that long curves are gone through once however often the layout is tried.
struct LineData {
    /// Columns that an axis is divided into: more than an image can be wide in pixels at the usual scales.
    private static let columnCount = 8_192.0

    struct Line {
        let label: String?
        let color: Color
        let dash: [Double]
        let marker: MarkerShape?
        let curve: Curve
        let band: Envelope?
        let faint: [Curve]
    }

    /// The reach of a band over `x`, `[n]` each.
    struct Envelope {
        var x: [Double] = []
        var lower: [Double] = []
        var upper: [Double] = []
        /// Where the number of seeds behind the band changes, and to what.
        var changes: [(x: Double, count: Int)] = []
    }

    let xLimits: ClosedRange<Double>
    let yLimits: ClosedRange<Double>
    let hasWholeX: Bool
    /// Whether there is a single value to show.
    let isEmpty: Bool
    let lines: [Line]
    let missing: MissingValues

    init(_ chart: LineChart) {
        let curves = chart.series.flatMap { [$0.curve] + $0.faint }
        let bands = chart.series.compactMap(\.band)
        let (xAxis, yAxis) = (chart.xAxis, chart.yAxis)
        xLimits = xAxis.limits(
            showing: LineData.ends(of: curves.map(\.x), on: xAxis.scale), padding: 0, zeroWithin: 0.1)
        let values = [chart.referenceLines.map(\.value)] + curves.map(\.y) + bands.flatMap { [$0.lower, $0.upper] }
        yLimits = yAxis.limits(
            showing: LineData.ends(of: values, on: yAxis.scale), padding: 0.05, zeroWithin: 0.25)
        hasWholeX = chart.series.allSatisfy { $0.curve.x.allSatisfy { $0 == $0.rounded() } }
        isEmpty = !curves.contains { curve in
            zip(curve.x, curve.y).contains {
                MissingValues.kind(of: $0, on: xAxis.scale) == nil && MissingValues.kind(of: $1, on: yAxis.scale) == nil
            }
        }
        var missing = MissingValues()
        for series in chart.series {
            let own = MissingValues(series.curve, x: xAxis.scale, y: yAxis.scale)
            missing.add(own)
            // A smoothed curve lacks what the raw one behind it lacks.
            guard own.isEmpty else { continue }
            for curve in series.faint { missing.add(MissingValues(curve, x: xAxis.scale, y: yAxis.scale)) }
        }
        self.missing = missing
        let mapping = AxisMapping(scale: xAxis.scale, range: xLimits)
        let scale = yAxis.scale
        lines = chart.series.enumerated().map { index, series in
            Line(
                label: series.label, color: series.color ?? Palette.color(index),
                dash: series.color == nil ? Palette.dash(index) : [],
                marker: series.color == nil ? Palette.marker(index) : nil,
                curve: LineData.thinned(series.curve, along: mapping, scale),
                band: series.band.map { LineData.thinned($0, over: series.curve.x, along: mapping, scale) },
                faint: series.faint.map { LineData.thinned($0, along: mapping, scale) })
        }
    }

    /// The smallest and the largest value that has a place on an axis of that scale; none if there is no such value.
    private static func ends(of arrays: [[Double]], on scale: AxisScale) -> [Double] {
        let floor = scale == .linear ? -Double.infinity : .leastNormalMagnitude
        var low = Double.infinity, high = -Double.infinity
        for array in arrays {
            for value in array where value.isPlottable && value > floor {
                if value < low { low = value }
                if value > high { high = value }
            }
        }
        return low <= high ? [low, high] : []
    }

    private static func column(_ x: Double, _ mapping: AxisMapping) -> Double {
        mapping.share(of: x).map { ($0 * columnCount).rounded(.down) } ?? .nan
    }

    /// Each column's extremes; of values in a row that are missing for one reason, the first.
    private static func thinned(_ curve: Curve, along mapping: AxisMapping, _ scale: AxisScale) -> Curve {
        let (x, y) = (curve.x, curve.y)
        guard Double(x.count) > columnCount else { return curve }
        var kept: [Int] = []
        var start = 0
        while start < x.count {
            let kind = MissingValues.kind(of: y[start], on: scale)
            var end = start + 1
            while end < x.count, MissingValues.kind(of: y[end], on: scale) == kind { end += 1 }
            if kind != nil {
                kept.append(start)
            } else {
                let first = start
                kept += Downsampling.indicesOfExtremes(
                    count: end - first, column: { column(x[first + $0], mapping) }, value: { y[first + $0] }
                ).map { first + $0 }
            }
            start = end
        }
        return Curve(x: kept.map { x[$0] }, y: kept.map { y[$0] })
    }

    /// The lowest lower and the highest upper end in each column, at the column's first and last place.
    private static func thinned(
        _ band: Series.Band, over x: [Double], along mapping: AxisMapping, _ scale: AxisScale
    ) -> Envelope {
        var envelope = Envelope(x: x, lower: band.lower, upper: band.upper)
        if !band.counts.isEmpty {
            for index in x.indices.dropFirst() where band.counts[index] != band.counts[index - 1] {
                envelope.changes.append((x[index], band.counts[index]))
            }
        }
        guard Double(x.count) > columnCount else { return envelope }
        func isShown(_ index: Int) -> Bool {
            MissingValues.kind(of: band.lower[index], on: scale) == nil
                && MissingValues.kind(of: band.upper[index], on: scale) == nil
        }
        envelope.x = []
        envelope.lower = []
        envelope.upper = []
        func append(_ x: Double, _ lower: Double, _ upper: Double) {
            envelope.x.append(x)
            envelope.lower.append(lower)
            envelope.upper.append(upper)
        }
        var start = 0
        while start < x.count {
            guard isShown(start) else {
                append(x[start], .nan, .nan)
                start += 1
                while start < x.count, !isShown(start) { start += 1 }
                continue
            }
            let first = column(x[start], mapping)
            var (end, low, high) = (start, band.lower[start], band.upper[start])
            repeat {
                low = min(low, band.lower[end])
                high = max(high, band.upper[end])
                end += 1
            } while end < x.count && isShown(end) && column(x[end], mapping) == first
            append(x[start], low, high)
            if end - start > 1 { append(x[end - 1], low, high) }
            start = end
        }
        return envelope
    }
}
