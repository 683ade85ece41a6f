internal import Foundation
internal import Plotting

/// How a metric is called, counted and drawn.
struct MetricWords: Sendable, Equatable {
    /// Its column in `metrics.csv`.
    let name: String
    /// With its unit: "Policy entropy, nats".
    let title: String
    /// What values are multiplied by to have that unit.
    var scale = 1.0
    var axis = AxisScale.linear
    /// Whether its axis begins at zero, where the size matters and not only the change.
    var startsAtZero = false
    /// The values that it can have, where all of them are shown.
    var range: ClosedRange<Double>?
    /// Other names that a user may call it by.
    var aliases: [String] = []

    /// An axis for these values of it, scaled already.
    func axis(showing values: some Sequence<Double>) -> Axis {
        if let range { return Axis(range: range) }
        guard startsAtZero, let largest = values.filter(\.isFinite).max(), largest > 0 else { return Axis(scale: axis) }
        return Axis(range: 0...1.05 * largest)
    }

    /// The words for the metric in the column `name`; for one that is not listed, its name taken apart.
    static func of(_ name: String) -> MetricWords {
        all.first { $0.name == name } ?? MetricWords(name: name, title: readable(name))
    }

    /// "gradientNoise" → "Gradient noise".
    private static func readable(_ name: String) -> String {
        let words = name.reduce(into: "") { text, letter in
            text += letter.isUppercase && !(text.last?.isUppercase ?? true) ? " \(letter.lowercased())" : "\(letter)"
        }
        return words.prefix(1).uppercased() + words.dropFirst()
    }

    /// What a name is compared by: case, hyphens, underscores and spaces do not count.
    static func folded(_ name: String) -> String { name.lowercased().filter { !"-_ ".contains($0) } }

    static let all: [MetricWords] = [
        MetricWords(
            name: "episodeReturn", title: "Return of an episode in training",
            aliases: ["return", "reward", "training return"]),
        MetricWords(
            name: "evaluationReturn", title: "Return of an episode in evaluation",
            aliases: ["evaluation", "eval", "evaluation return"]),
        MetricWords(
            name: "episodeLength", title: "Length of an episode, steps", startsAtZero: true, aliases: ["length"]),
        MetricWords(name: "episodes", title: "Episodes that ended in an update"),
        MetricWords(
            name: "successRate", title: "Episodes that reach the solved return, %", scale: 100, range: 0...100,
            aliases: ["success", "success rate"]),
        MetricWords(name: "policyLoss", title: "Policy loss"),
        MetricWords(name: "valueLoss", title: "Value loss", axis: .logarithmic),
        MetricWords(name: "entropy", title: "Policy entropy, nats", aliases: ["policy entropy"]),
        MetricWords(name: "approximateKL", title: "Approximate KL per update, nats", aliases: ["kl", "approx kl"]),
        MetricWords(name: "clipFraction", title: "Share of clipped ratios, %", scale: 100),
        MetricWords(name: "explainedVariance", title: "Explained variance of the value"),
        MetricWords(name: "gradientNorm", title: "Gradient norm", startsAtZero: true, aliases: ["grad norm"]),
        MetricWords(name: "learningRate", title: "Learning rate", startsAtZero: true, aliases: ["lr"]),
        MetricWords(name: "trainingLoss", title: "Training loss", aliases: ["loss", "train loss"]),
        MetricWords(name: "validationLoss", title: "Validation loss", aliases: ["val loss"]),
        MetricWords(
            name: "trainingAccuracy", title: "Training accuracy, %", scale: 100,
            aliases: ["accuracy", "train accuracy"]),
        MetricWords(
            name: "validationAccuracy", title: "Validation accuracy, %", scale: 100, aliases: ["val accuracy"]),
        MetricWords(name: "inertia", title: "Inertia"),
        MetricWords(name: "epoch", title: "Epochs", aliases: ["epochs"]),
    ]
}
