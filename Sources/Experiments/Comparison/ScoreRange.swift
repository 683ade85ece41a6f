/// What counts as nothing and as everything for a score, so that it can be said how far a result falls short.
public struct ScoreRange: Sendable, Equatable, Encodable {
    /// The score that counts as 0: that of acting at random. nil where only the goal is known.
    public let lowest: Double?
    /// The score that counts as 1: the task is solved.
    public let goal: Double

    /// - Throws: `ExperimentError` if both are the same or not numbers.
    public init(lowest: Double? = nil, goal: Double) throws {
        guard goal.isFinite, lowest?.isFinite ?? true, lowest != goal else {
            throw ExperimentError(
                .usage, "a range of scores goes from one number to another", advice: "for example 0,500")
        }
        self.lowest = lowest
        self.goal = goal
    }

    /// "22,500": the score that counts as 0, and the one that counts as 1.
    public init(_ text: String) throws {
        let numbers = text.split(separator: ",", omittingEmptySubsequences: false).map { Double($0) }
        guard numbers.count == 2, let lowest = numbers[0], let goal = numbers[1] else {
            throw ExperimentError(
                .usage, "'\(text)' is no range of scores", advice: "write two numbers, for example 0,500")
        }
        try self.init(lowest: lowest, goal: goal)
    }

    /// The score as a share of the way from the lowest to the goal; nil where the lowest is not known.
    func normalized(_ score: Double) -> Double? { lowest.map { (score - $0) / (goal - $0) } }

    /// How much the scores fall short of the goal on average, where those beyond it count as reaching it (Agarwal et
    /// al. 2021, "optimality gap"): as a share of the range, or in units of the score where only the goal is known.
    package func optimalityGap(_ sample: ScoreSample, isHigherBetter: Bool) -> Double {
        let gaps = sample.values.map { score in
            normalized(score).map { max(0, 1 - $0) } ?? max(0, (goal - score) * (isHigherBetter ? 1 : -1))
        }
        return gaps.reduce(0, +) / Double(gaps.count)
    }

    /// The thresholds of the performance profile.
    package var thresholds: [Double] {
        guard let lowest else { return [goal] }
        return [0.25, 0.5, 0.75, 0.9, 1].map { lowest + $0 * (goal - lowest) }
    }

    /// The performance profile: the share of the seeds that reach each threshold (Agarwal et al. 2021, section 4.2,
    /// where a score has to pass it).
    package func profile(_ sample: ScoreSample, isHigherBetter: Bool) -> [Double] {
        thresholds.map { threshold in
            let reached = sample.values.count { isHigherBetter ? $0 >= threshold : $0 <= threshold }
            return Double(reached) / Double(sample.count)
        }
    }
}
