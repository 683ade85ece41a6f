internal import Plotting

/// Curves of learning over epochs: on the rows learned from, and on those held back.
enum TrainingCurves {
    static func chart(
        _ history: MetricsHistory, training: String, validation: String, scale: Double = 1,
        y yAxis: Axis = .automatic
    ) -> LineChart {
        let epochs = history["epoch"] ?? []
        func curve(_ name: String) -> Curve {
            let values = history[name] ?? []
            let measured = values.indices.filter { !values[$0].isNaN && epochs.indices.contains($0) }
            return Curve(x: measured.map { epochs[$0] }, y: measured.map { values[$0] * scale })
        }
        let (learned, held) = (curve(training), curve(validation))
        var series = [Series("training", x: learned.x, y: learned.y)]
        if !held.x.isEmpty { series.append(Series("validation", x: held.x, y: held.y)) }
        return LineChart(series, x: Axis("epochs"), y: yAxis)
    }
}
