internal import Foundation
internal import Plotting

/// Phrases that figures of all kinds are lettered with.
package enum FigureWords {
    /// What is kept inside the file: where the figure comes from.
    static func metadata(of run: StoredRun) -> [(keyword: String, text: String)] {
        [
            ("Command", run.record.commandLine), ("Run", run.record.name),
            ("Seeds", run.seeds.map { "\($0.seed)" }.joined(separator: " ")),
            ("Origin", run.record.subject.origin ?? run.record.subject.title),
        ]
    }

    /// A metric of predictions as tables call it.
    static func metric(_ name: String) -> String { metricTitles[name] ?? MetricWords.of(name).title }

    private static let metricTitles = [
        "r2": "R²", "rocAUC": "Area under the ROC curve", "f1": "F1", "f1Macro": "F1, mean over classes",
        "f1Micro": "F1, over all rows", "f1Weighted": "F1, weighted by class size",
        "precisionMacro": "Precision, mean over classes", "recallMacro": "Recall, mean over classes",
        "logLoss": "Log loss, nats", "brier": "Brier score", "calibrationError": "Expected calibration error",
        "cohenKappa": "Cohen’s κ", "matthewsCorrelation": "Matthews correlation",
        "top5Accuracy": "Right class among the five likeliest", "rootMeanSquaredError": "Root mean squared error",
        "meanAbsolutePercentageError": "Mean absolute percentage error",
    ]

    /// "1 step", "100,000 steps", "3 classes".
    package static func count(_ count: Int, _ noun: String, plural: String? = nil) -> String {
        "\(NumberText.fixed(Double(count))) \(count == 1 ? noun : plural ?? noun + "s")"
    }

    /// "seed 7", "seeds 1–4".
    static func seeds(_ seeds: [UInt64]) -> String {
        guard let first = seeds.first, let last = seeds.last, first != last else {
            return "seed \(seeds.first.map { "\($0)" } ?? "–")"
        }
        return "seeds \(first)–\(last)"
    }

    /// "PPO".
    static func algorithm(of record: RunRecord) -> String {
        TrainingAlgorithm.all.first { $0.id == record.algorithm }?.title ?? record.algorithm
    }

    /// The recipe that settings of the run came from: "zoo"; nil if none did.
    static func recipe(of record: RunRecord) -> String? {
        let prefix = "recipe "
        let sources = record.settings.values.map(\.source).filter { $0.hasPrefix(prefix) }
        // Some say the line too: "recipe my.yml line 3".
        return sources.min().map { $0.dropFirst(prefix.count).components(separatedBy: " line ")[0] }
    }

    /// "85 ms", "0.35 s", "12 s", "3 min 20 s".
    package static func duration(_ seconds: Double) -> String {
        if seconds > 0, seconds < 0.0995 { return NumberText.short(1000 * seconds, digits: 2) + " ms" }
        guard seconds >= 100 else { return NumberText.short(seconds, digits: 2) + " s" }
        let whole = Int(seconds.rounded())
        return whole < 3600
            ? "\(whole / 60) min \(whole % 60) s" : "\(whole / 3600) h \(whole % 3600 / 60) min"
    }

    /// To two significant digits, as a rough position is told.
    static func rounded(_ value: Double) -> Int {
        guard value >= 1 else { return 0 }
        let unit = pow(10, max(0, log10(value).rounded(.down) - 1))
        return Int((value / unit).rounded() * unit)
    }

    /// The rows that a network was fitted to, those held back of them, and those that it was tested on.
    ///
    /// - Parameter test: nil where every row was predicted by a fit to others.
    static func rows(_ training: Int, test: Int?, of record: RunRecord) -> String {
        let share = record.number("validationFraction") ?? 0
        let validation = share > 0 ? " (\(NumberText.short(100 * share)) % of them to validate)" : ""
        guard let test else { return "\(NumberText.fixed(Double(training))) rows" }
        return "\(NumberText.fixed(Double(training))) rows to learn from\(validation), "
            + "\(NumberText.fixed(Double(test))) to test"
    }
}
