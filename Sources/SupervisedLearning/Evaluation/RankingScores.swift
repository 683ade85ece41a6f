internal import Glibc

/// How well items are ranked for each user, over the rows of a test: (user, score, relevance). A metric is the mean
/// over the users; a user none of whose rows is relevant can be ranked neither well nor badly, and is left out.
///
/// Rows of equal score have no order: a metric is then its expectation over all their orders, so that a model that
/// tells nothing apart does not profit from the order of the rows (McSherry and Najork, 2008).
public struct RankingScores: Sendable, Equatable {
    /// The cut: the first so many rows of each user are looked at.
    public let k: Int
    /// How many users the means are over.
    public let userCount: Int
    /// How many have no relevant row.
    public let skippedUserCount: Int

    /// DCG / ideal DCG over the first k, where DCG = Σ relevance / log₂(place + 1) (Järvelin and Kekäläinen, 2002).
    public let normalizedGain: Double?
    /// The share of a user's relevant rows that is among the first k.
    public let recall: Double?
    /// The share of the first k places that is relevant.
    public let precision: Double?
    /// The share of users with a relevant row among the first k.
    public let hitRate: Double?
    /// The mean of 1 / place of the first relevant row, wherever that is (Voorhees, 1999).
    public let reciprocalRank: Double?

    /// - Parameters:
    ///   - users: whose row it is, `[n]`.
    ///   - scores: how far ahead the row is to be ranked, `[n]`: the predicted rating.
    ///   - relevances: how much it is worth, `[n]`, at least 0: 1 for a row that was chosen and 0 for another, or a
    ///     rating.
    ///   - threshold: from which relevance on a row counts as relevant for recall, precision, hits and ranks.
    public init(users: [Int32], scores: [Float], relevances: [Float], at k: Int = 10, relevantFrom threshold: Float = 1)
    {
        precondition(
            users.count == scores.count && users.count == relevances.count,
            "\(users.count) users, \(scores.count) scores, \(relevances.count) relevances")
        precondition(k > 0, "the first \(k) places")
        // By user, then the best scores first: each user's rows lie together.
        let order = users.indices.sorted {
            users[$0] != users[$1] ? users[$0] < users[$1] : scores[$0] > scores[$1]
        }
        var sums = UserScores()
        var (counted, skipped) = (0, 0)
        var start = 0
        while start < order.count {
            var end = start + 1
            while end < order.count, users[order[end]] == users[order[start]] { end += 1 }
            let rows = order[start..<end]
            let ranked = rows.map { (score: scores[$0], relevance: Double(relevances[$0])) }
            if let scores = UserScores(ranked, k: k, threshold: Double(threshold)) {
                sums.add(scores)
                counted += 1
            } else {
                skipped += 1
            }
            start = end
        }
        self.k = k
        userCount = counted
        skippedUserCount = skipped
        func mean(_ sum: Double) -> Double? { counted > 0 ? sum / Double(counted) : nil }
        normalizedGain = mean(sums.normalizedGain)
        recall = mean(sums.recall)
        precision = mean(sums.precision)
        hitRate = mean(sums.hit)
        reciprocalRank = mean(sums.reciprocalRank)
    }

    /// Names end in the cut: `ndcgAt10`.
    public var metrics: [Metric] {
        [
            Metric(name: "ndcgAt\(k)", value: normalizedGain, higherIsBetter: true),
            Metric(name: "recallAt\(k)", value: recall, higherIsBetter: true),
            Metric(name: "precisionAt\(k)", value: precision, higherIsBetter: true),
            Metric(name: "hitRateAt\(k)", value: hitRate, higherIsBetter: true),
            Metric(name: "meanReciprocalRank", value: reciprocalRank, higherIsBetter: true),
        ]
    }
}

/// The metrics of one user.
private struct UserScores {
    var normalizedGain = 0.0
    var recall = 0.0
    var precision = 0.0
    var hit = 0.0
    var reciprocalRank = 0.0

    init() {}

    /// - Parameter ranked: the user's rows, the highest score first.
    /// - Returns: nil where no row is relevant.
    init?(_ ranked: [(score: Float, relevance: Double)], k: Int, threshold: Double) {
        let relevant = ranked.count { $0.relevance >= threshold }
        guard relevant > 0 else { return nil }
        /// What a relevance counts at a place, from 0.
        func discount(_ place: Int) -> Double { place < k ? 1 / log2(Double(place) + 2) : 0 }

        var (gain, found) = (0.0, 0.0)
        // The chance that no relevant row came yet, and that none came among the first k.
        var (stillNone, noneAmongFirst) = (1.0, 1.0)
        var start = 0
        while start < ranked.count {
            var end = start + 1
            while end < ranked.count, ranked[end].score == ranked[start].score { end += 1 }
            let ties = ranked[start..<end]
            let hits = ties.count { $0.relevance >= threshold }
            // Every row of the ties is equally likely at each of their places.
            let meanRelevance = ties.reduce(0) { $0 + $1.relevance } / Double(ties.count)
            for place in start..<end {
                gain += meanRelevance * discount(place)
                if place < k { found += Double(hits) / Double(ties.count) }
                let left = Double(end - place)
                let others = max(left - Double(hits), 0)
                reciprocalRank += stillNone * (1 - others / left) / Double(place + 1)
                stillNone *= others / left
                if place < k { noneAmongFirst = stillNone }
            }
            start = end
        }
        let ideal = ranked.map(\.relevance).sorted(by: >).enumerated().reduce(0) { $0 + $1.1 * discount($1.0) }
        normalizedGain = ideal > 0 ? gain / ideal : 0
        recall = found / Double(relevant)
        precision = found / Double(k)
        hit = 1 - noneAmongFirst
    }

    mutating func add(_ other: UserScores) {
        normalizedGain += other.normalizedGain
        recall += other.recall
        precision += other.precision
        hit += other.hit
        reciprocalRank += other.reciprocalRank
    }
}
