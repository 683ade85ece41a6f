/// How probable it is that a seed of the first side beats one of the second: P(X > Y) + ½ P(X = Y) over all pairs,
/// the Mann–Whitney statistic U / (n m) (Mann & Whitney 1947; Agarwal et al. 2021, section 4.3).
package struct ProbabilityOfImprovement {
    /// Seeds of both sides that have the same score.
    private struct Tie {
        var first: [Int] = []
        var second: [Int] = []
    }

    private let firstCount: Int
    private let secondCount: Int
    /// Ascending by score.
    private let ties: [Tie]

    /// - Parameter isHigherBetter: whether the larger score beats the smaller one.
    package init(_ first: ScoreSample, over second: ScoreSample, isHigherBetter: Bool) {
        (firstCount, secondCount) = (first.count, second.count)
        let sign = isHigherBetter ? 1.0 : -1.0
        var scores = first.values.indices.map { (score: sign * first.values[$0], isFirst: true, index: $0) }
        scores += second.values.indices.map { (score: sign * second.values[$0], isFirst: false, index: $0) }
        scores.sort { $0.score < $1.score }
        var ties: [Tie] = []
        var last: Double?
        for score in scores {
            if score.score != last { ties.append(Tie()) }
            last = score.score
            if score.isFirst {
                ties[ties.count - 1].first.append(score.index)
            } else {
                ties[ties.count - 1].second.append(score.index)
            }
        }
        self.ties = ties
    }

    package var value: Double {
        value(Array(repeating: 1, count: firstCount)[...], Array(repeating: 1, count: secondCount)[...])
    }

    /// The probability in which the seeds count so often, `[seeds]` of the first and of the second side.
    package func value(_ first: ArraySlice<Int>, _ second: ArraySlice<Int>) -> Double {
        var (wins, beaten) = (0.0, 0)
        for tie in ties {
            let ours = tie.first.reduce(0) { $0 + first[first.startIndex + $1] }
            let theirs = tie.second.reduce(0) { $0 + second[second.startIndex + $1] }
            wins += Double(ours) * (Double(beaten) + Double(theirs) / 2)
            beaten += theirs
        }
        return wins / (Double(firstCount) * Double(secondCount))
    }
}
