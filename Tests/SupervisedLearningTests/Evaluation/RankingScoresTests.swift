import Foundation
import SupervisedLearning
import Testing

struct RankingScoresTests {
    @Test func `the normalised gain is that of scikit-learn, ties included`() throws {
        for golden in try ScikitLearn.load().ranking {
            let scores = RankingScores(
                users: golden.users, scores: golden.scores, relevances: golden.relevances, at: golden.k)
            #expect(scores.userCount == 6)
            #expect(isNear(scores.normalizedGain, golden.ndcg), "\(golden.name)")
        }
    }

    @Test func `a ranking worked by hand`() {
        // User 4 ranks its relevant rows second and fourth of four, user 9 its only one first of two; user 5 has none.
        let scores = RankingScores(
            users: [4, 9, 4, 5, 4, 9, 4], scores: [4, 8, 3, 1, 2, 7, 1], relevances: [0, 1, 1, 0, 0, 0, 1], at: 2)
        #expect(scores.userCount == 2)
        #expect(scores.skippedUserCount == 1)
        #expect(scores.recall == 0.75)
        #expect(scores.precision == 0.5)
        #expect(scores.hitRate == 1)
        #expect(scores.reciprocalRank == 0.75)
        let gain = (1 / log2(3.0)) / (1 + 1 / log2(3.0))
        #expect(isNear(scores.normalizedGain, (gain + 1) / 2))
        #expect(
            scores.metrics.map(\.name) == [
                "ndcgAt2", "recallAt2", "precisionAt2", "hitRateAt2", "meanReciprocalRank",
            ])
    }

    @Test func `a model that tells nothing apart is scored as the mean over all orders`() throws {
        // One relevant row of three: first, second or third with a third each.
        let scores = RankingScores(users: [1, 1, 1], scores: [2, 2, 2], relevances: [1, 0, 0], at: 2)
        #expect(isNear(scores.hitRate, 2.0 / 3))
        #expect(isNear(scores.recall, 2.0 / 3))
        #expect(isNear(scores.precision, 1.0 / 3))
        #expect(isNear(scores.reciprocalRank, (1 + 0.5 + 1.0 / 3) / 3))
        // Two of three: the first is relevant with 2/3, else the second is.
        let two = RankingScores(users: [1, 1, 1], scores: [2, 2, 2], relevances: [1, 0, 1], at: 1)
        #expect(isNear(two.reciprocalRank, (2.0 / 3 + 1.0 / 6)))
        #expect(isNear(two.hitRate, 2.0 / 3))
    }

    @Test func `without relevant rows there is nothing to be measured`() {
        let scores = RankingScores(users: [1, 2], scores: [1, 2], relevances: [0, 0])
        #expect(scores.metrics.allSatisfy { $0.value == nil })
        #expect(scores.skippedUserCount == 2)
    }
}
