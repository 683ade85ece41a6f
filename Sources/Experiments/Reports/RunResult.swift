internal import FileFormats
internal import Plotting
internal import SupervisedLearning

/// A measured result of a run with its uncertainty, and what trivial methods reach.
public struct RunResult: Sendable, Equatable {
    /// "return of an episode", "accuracy on the test rows".
    public let name: String
    public let value: Double
    /// Bounds of what `bounds` says; nil where nothing is known about them.
    public let lower: Double?
    public let upper: Double?
    /// How the value was had: "interquartile mean of 5 seeds".
    public let statistic: String
    /// What lower and upper are: "95 % bootstrap interval over seeds".
    public let bounds: String?
    public let measure: Baseline.Measure
    public let baselines: [Baseline]

    /// The results of a run, the main one first; none for one that has nothing to show yet.
    public static func all(of run: StoredRun) -> [RunResult] {
        guard !run.seeds.isEmpty else { return [] }
        return switch run.record.verb {
        case "train": training(run).map { [$0] } ?? []
        case "cluster": clustering(run).map { [$0] } ?? []
        case "encode": encoding(run).map { [$0] } ?? []
        case "fit": fitting(run)
        default: []
        }
    }

    /// The test loss of a fit or the test error of an autoencoder.
    static func loss(of run: StoredRun) -> Double? {
        switch run.record.verb {
        case "fit": try? FittingDrawing(run.seeds[0].drawing).summary.loss
        case "encode": try? EncodingDrawing(run.seeds[0].drawing).summary.meanSquaredError
        default: nil
        }
    }

    /// A value of this kind as it is written: "87.6 %", "0.0100", "500.0".
    public func text(_ value: Double) -> String {
        switch measure {
        case .meanReturn: NumberText.fixed(value, decimals: 1)
        case .accuracy, .explainedVariance:
            NumberFormat.percent(value, decimals: abs(value) < 0.001 && value != 0 ? 3 : 1)
        case .loss, .meanSquaredError: NumberText.significant(value)
        }
    }

    /// "498.2 – 500.0"; nil where there are no bounds.
    public var interval: String? {
        guard let lower, let upper else { return nil }
        return "\(text(lower)) – \(text(upper))"
    }

    private static func baselines(_ run: StoredRun, _ measure: Baseline.Measure) -> [Baseline] {
        run.seeds[0].baselines.filter { $0.measure == measure }
    }

    // MARK: Kinds of runs

    private static func training(_ run: StoredRun) -> RunResult? {
        let returns = run.seeds.compactMap { seed -> [Double]? in
            let returns = (try? seed.drawing.doubles(TrainingFigure.evaluationName)) ?? []
            return returns.isEmpty ? nil : returns
        }
        guard let first = returns.first else { return nil }
        let means = returns.map { $0.reduce(0, +) / Double($0.count) }
        // Every seed has drawn its own random episodes: together they are the better estimate.
        let random = run.seeds.compactMap { $0.baselines.first { $0.measure == .meanReturn } }
        let baselines = random.first.map { baseline in
            let values = random.map(\.value)
            return [
                Baseline(
                    baseline.name, .meanReturn, values.reduce(0, +) / Double(values.count),
                    lower: random.compactMap(\.lower).min(), upper: random.compactMap(\.upper).max(),
                    note: baseline.note.map { random.count > 1 ? "\($0), for each seed" : $0 })
            ]
        }
        let name = "return of an episode"
        switch means.count {
        case 1:
            let interval = Interval.bootstrapped(meanOf: first)
            return RunResult(
                name: name, value: means[0], lower: interval.lower, upper: interval.upper,
                statistic: "mean of \(FigureWords.count(first.count, "episode")), one seed",
                bounds: "95 % bootstrap interval over episodes", measure: .meanReturn, baselines: baselines ?? [])
        case 2...4:
            return RunResult(
                name: name, value: InterquartileMean.of(means), lower: means.min(), upper: means.max(),
                statistic: "interquartile mean of \(means.count) seeds, \(first.count) episodes each",
                bounds: "range of the seeds", measure: .meanReturn, baselines: baselines ?? [])
        default:
            let interval = Interval.bootstrapped(interquartileMeanOf: means)
            return RunResult(
                name: name, value: InterquartileMean.of(means), lower: interval.lower, upper: interval.upper,
                statistic: "interquartile mean of \(means.count) seeds, \(first.count) episodes each",
                bounds: "95 % bootstrap interval over seeds", measure: .meanReturn, baselines: baselines ?? [])
        }
    }

    private static func clustering(_ run: StoredRun) -> RunResult? {
        guard let summary = try? ClusteringDrawing(run.seeds[0].drawing).summary, summary.totalSumOfSquares > 0 else {
            return nil
        }
        let history = run.seeds[0].history
        let starts = Set(history["restart"] ?? []).count
        return RunResult(
            name: "share of the variance between clusters", value: 1 - summary.inertia / summary.totalSumOfSquares,
            lower: nil, upper: nil,
            statistic: starts > 1 ? "best of \(starts) starts of k-means" : "one start of k-means", bounds: nil,
            measure: .explainedVariance, baselines: baselines(run, .explainedVariance))
    }

    private static func encoding(_ run: StoredRun) -> RunResult? {
        guard let summary = try? EncodingDrawing(run.seeds[0].drawing).summary else { return nil }
        let errors = CodeSpread(in: run.seeds[0].drawing)?.rowErrors.map { Double($0) } ?? []
        let interval = errors.count > 1 ? Interval.bootstrapped(meanOf: errors) : nil
        return RunResult(
            name: "mean squared error of an element", value: summary.meanSquaredError, lower: interval?.lower,
            upper: interval?.upper, statistic: "\(FigureWords.count(summary.testCount, "test row"))",
            bounds: interval == nil ? nil : "95 % bootstrap interval over test rows", measure: .meanSquaredError,
            baselines: baselines(run, .meanSquaredError))
    }

    private static func fitting(_ run: StoredRun) -> [RunResult] {
        guard let drawing = try? FittingDrawing(run.seeds[0].drawing) else { return [] }
        let summary = drawing.summary
        let isHeldOut = summary.isOutOfFold == true
        let rows = FigureWords.count(summary.testCount, isHeldOut ? "held-out row" : "test row")
        if let accuracy = summary.accuracy, summary.testCount > 0 {
            let right = Int((accuracy * Double(summary.testCount)).rounded())
            let interval = WilsonInterval(count: right, of: summary.testCount)
            return [
                RunResult(
                    name: "accuracy", value: accuracy, lower: interval.lower, upper: interval.upper, statistic: rows,
                    bounds: "95 % Wilson interval over \(isHeldOut ? "held-out" : "test") rows", measure: .accuracy,
                    baselines: baselines(run, .accuracy)),
                RunResult(
                    name: "cross entropy, nats", value: summary.loss, lower: nil, upper: nil, statistic: rows,
                    bounds: nil,
                    measure: .loss, baselines: baselines(run, .loss)),
            ]
        }
        let squares = zip(drawing.values, drawing.predictions).map { Double(($0 - $1) * ($0 - $1)) }
        let mean = squares.reduce(0, +) / Double(max(squares.count, 1))
        // The rows that are kept stand for all: where they are fewer the interval is wider than it need be.
        let interval = mean > 0 ? Interval.bootstrapped(meanOf: squares.map { $0 / mean * summary.loss }) : nil
        return [
            RunResult(
                name: "squared error over the variance of the target", value: summary.loss, lower: interval?.lower,
                upper: interval?.upper, statistic: rows,
                bounds: interval == nil ? nil : "95 % bootstrap interval over test rows", measure: .loss,
                baselines: baselines(run, .loss))
        ]
    }
}
