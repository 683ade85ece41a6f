internal import Plotting

/// Curves of learning over epochs: on the rows learned from, and on those held back.
enum TrainingCurves {
    static func chart(
        _ history: MetricsHistory, training: String, validation: String, scale: Double = 1,
        y yAxis: Axis = .automatic
    ) -> LineChart {
        let (learned, held) = (curve(history, training, scale: scale), curve(history, validation, scale: scale))
        var series = [Series("training", x: learned.x, y: learned.y)]
        if !held.x.isEmpty { series.append(Series("validation", x: held.x, y: held.y)) }
        return LineChart(series, x: Axis("epochs"), y: yAxis)
    }

    /// One metric over epochs.
    static func chart(_ history: MetricsHistory, _ name: String) -> LineChart {
        let curve = curve(history, name, scale: 1)
        return LineChart(
            [Series(x: curve.x, y: curve.y)], x: Axis("epochs"), y: MetricWords.of(name).axis(showing: curve.y),
            labels: .none)
    }

    private static func curve(_ history: MetricsHistory, _ name: String, scale: Double) -> Curve {
        let epochs = history["epoch"] ?? []
        let values = history[name] ?? []
        let measured = values.indices.filter { !values[$0].isNaN && epochs.indices.contains($0) }
        return Curve(x: measured.map { epochs[$0] }, y: measured.map { values[$0] * scale })
    }
}
