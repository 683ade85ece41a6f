internal import Foundation
public import Plotting
public import SupervisedLearning

/// The search for a learning rate for a fit, and how it is told.
public struct LearningRateStudy: Sendable {
    public let range: LearningRateRange
    private let subject: String

    /// - Throws: `ExperimentError` where the fit could not begin either.
    public init(of experiment: FitExperiment, seed: UInt64) throws {
        range = try experiment.learningRateRange(seed: seed)
        subject = experiment.plan.subject.title
    }

    /// "0.0021", or why there is none.
    public var headline: String {
        guard let rate = range.suggestion else {
            return "the loss falls at no learning rate from \(range.lowest) to \(range.highest)"
        }
        return "the loss of \(subject) falls fastest at a learning rate of \(NumberText.significant(rate))"
    }

    /// The smoothed loss over the rate.
    public func figure(command: [String]) -> Figure {
        let points = range.points
        return Figure(
            title: headline.prefix(1).uppercased() + headline.dropFirst(),
            subtitle: "one step at each of \(points.count) rising rates; the search ends where the loss explodes",
            rowHeights: [230], metadata: [("Command", command.joined(separator: " "))]
        ) {
            Panel(
                "Smoothed training loss",
                LineChart(
                    [Series(x: points.map(\.rate), y: points.map(\.smoothedLoss))],
                    x: Axis("learning rate (log scale)", scale: .logarithmic),
                    y: Axis("loss", scale: points.allSatisfy { $0.smoothedLoss > 0 } ? .logarithmic : .linear),
                    labels: .none))
        }
    }
}
