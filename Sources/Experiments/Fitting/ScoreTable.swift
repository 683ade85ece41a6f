internal import FileFormats
internal import Foundation
internal import LinearAlgebra
internal import Randomness
internal import SupervisedLearning

/// All that was measured of a fit, with intervals, beside simple methods: what `scores.csv` holds.
struct ScoreTable: Codable, Sendable, Equatable {
    struct Row: Codable, Sendable, Equatable {
        var name: String
        var value: Double
        /// Bounds of the 95 % bootstrap interval over rows; nil where it was not computed.
        var lower: Double?
        var upper: Double?
        /// Of the mean over the folds; nil without them.
        var standardError: Double?
        /// What simple methods reach, by their names.
        var baselines: [String: Double]
    }

    /// "2,000 test rows", "1,797 rows, each by a fit that had not seen it".
    var subject: String
    /// The simple methods, in order.
    var methods: [String]
    var rows: [Row]

    /// Metrics whose interval is worth its time.
    private static let withInterval = [
        "accuracy", "balancedAccuracy", "logLoss", "r2", "rootMeanSquaredError", "meanAbsoluteError",
    ]

    init(
        _ evaluation: FittedNetwork.Evaluation, crossValidation: CrossValidationSummary?,
        baselines: [String: [String: Double]]
    ) {
        let count = FigureWords.count(evaluation.predictions.rowCount, "row")
        subject = crossValidation == nil ? "\(count) of the test" : "\(count), each by a fit that had not seen it"
        methods = baselines.keys.sorted()
        var random = RandomStream(seed: 0, purpose: "bootstrap")
        let resamples = evaluation.predictions.rowCount > 5_000 ? 200 : 1_000
        rows = evaluation.scores.metrics.compactMap { metric in
            let entry = crossValidation?[metric.name]
            guard let value = entry?.mean ?? metric.value else { return nil }
            var row = Row(
                name: metric.name, value: value, standardError: entry?.standardError,
                baselines: baselines.compactMapValues { $0[metric.name] })
            if entry == nil, Self.withInterval.contains(metric.name),
                let interval = evaluation.scores.interval(of: metric.name, resamples: resamples, using: &random)
            {
                row.lower = interval.lower
                row.upper = interval.upper
            }
            return row
        }
    }

    /// nil where a drawing holds none.
    init?(in drawing: Archive) {
        guard let table = try? drawing.decode("scores", as: ScoreTable.self) else { return nil }
        self = table
    }

    func save(into drawing: inout Archive) throws { try drawing.encode("scores", self) }

    /// A line for each metric.
    var csv: String {
        let header = ["metric", "value", "lower", "upper", "standardError"] + methods
        func field(_ value: Double?) -> String { value.map { "\($0)" } ?? "" }
        let lines = rows.map { row in
            ([row.name, field(row.value), field(row.lower), field(row.upper), field(row.standardError)]
                + methods.map { field(row.baselines[$0]) }).joined(separator: ",")
        }
        return ([header.joined(separator: ",")] + lines).joined(separator: "\n") + "\n"
    }
}
