#if canImport(Glibc)
    import Glibc
#endif

/// The search for a learning rate by a short training whose rate rises at every step: Smith (2017), "Cyclical learning
/// rates for training neural networks". Where the loss falls fastest is a good rate; where it explodes is too large a one.
///
/// ```swift
/// var range = LearningRateRange()
/// while let rate = range.nextRate {
///     …a step at this rate…
///     range.observe(loss: loss)
/// }
/// range.suggestion
/// ```
public struct LearningRateRange: Sendable, Codable, Equatable {
    public struct Point: Sendable, Codable, Equatable {
        public var rate: Double
        public var loss: Double
        /// The running mean of the losses so far, corrected for its start.
        public var smoothedLoss: Double
    }

    public let lowest: Double
    public let highest: Double
    public let steps: Int
    /// How much of the mean of the losses so far goes on at each step.
    public let smoothing: Double
    /// What was seen, in the order of rising rates.
    public private(set) var points: [Point] = []
    private var hasExploded = false

    /// Rates from `lowest` to `highest` over `steps` steps, each larger than the last by the same factor.
    public init(lowest: Double = 1e-6, highest: Double = 10, steps: Int = 100, smoothing: Double = 0.8) {
        precondition(lowest > 0 && highest > lowest, "rates from \(lowest) to \(highest); they must rise from above 0")
        precondition(steps > 2, "\(steps) steps; there must be at least 3")
        precondition(smoothing >= 0 && smoothing < 1, "a smoothing of \(smoothing); it must be at least 0, less than 1")
        self.lowest = lowest
        self.highest = highest
        self.steps = steps
        self.smoothing = smoothing
    }

    /// The rate of the next step; nil when all steps are done, or the loss has exploded.
    public var nextRate: Double? {
        guard !hasExploded, points.count < steps else { return nil }
        return lowest * pow(highest / lowest, Double(points.count) / Double(steps - 1))
    }

    /// Takes note of the loss at `nextRate`. The search ends when the smoothed loss is more than four times its smallest
    /// value so far, or not finite.
    public mutating func observe(loss: Double) {
        guard let rate = nextRate else { return }
        guard loss.isFinite else {
            hasExploded = true
            return
        }
        // The running mean over its weights' sum, as one update: a constant loss stays exactly that.
        let before = points.last?.smoothedLoss ?? loss
        let weight = (1 - smoothing) / (1 - pow(smoothing, Double(points.count + 1)))
        let smoothed = before + weight * (loss - before)
        let best = points.map(\.smoothedLoss).min() ?? smoothed
        points.append(Point(rate: rate, loss: loss, smoothedLoss: smoothed))
        // Four times the best; said so that it holds for losses below 0 too.
        hasExploded = smoothed > best + 3 * abs(best)
    }

    /// The rate at which the smoothed loss falls most steeply per factor of the rate; nil where it never falls.
    public var suggestion: Double? {
        guard points.count > 2 else { return nil }
        let slopes = (1..<points.count - 1).map { points[$0 + 1].smoothedLoss - points[$0 - 1].smoothedLoss }
        guard let steepest = slopes.indices.min(by: { slopes[$0] < slopes[$1] }), slopes[steepest] < 0 else {
            return nil
        }
        return points[steepest + 1].rate
    }
}
