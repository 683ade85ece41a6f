import Foundation
import ReinforcementLearning
import Simulation
import Testing

@Suite struct `Generalised advantage estimation` {
    /// A case computed by Stable-Baselines3's `RolloutBuffer.compute_returns_and_advantage`; arrays are [T][N].
    struct Case: Decodable {
        enum CodingKeys: String, CodingKey {
            case discount = "gamma"
            case lambda, rewards, values, advantages, returns
            case episodeStarts = "episode_starts"
            case lastValues = "last_values"
            case lastDones = "last_dones"
        }

        var discount, lambda: Float
        var rewards, values, advantages, returns: [[Float]]
        var episodeStarts: [[Int]]
        var lastValues: [Float]
        var lastDones: [Int]

        static func all() throws -> [Case] {
            struct Fixture: Decodable { var cases: [Case] }
            let bytes = Data(PackageResources.stable_baselines3_gae_json)
            return try JSONDecoder().decode(Fixture.self, from: bytes).cases
        }
    }

    func estimate(
        _ estimation: AdvantageEstimation, laneCount: Int, rewards: [Float], outcomes: [Outcome], values: [Float],
        finalValues: [Float]
    ) -> (advantages: [Float], returns: [Float]) {
        var advantages = [Float](repeating: .nan, count: rewards.count)
        var returns = advantages
        estimation.estimate(
            laneCount: laneCount, rewards: rewards, outcomes: outcomes, values: values, finalValues: finalValues,
            advantages: &advantages, returns: &returns)
        return (advantages, returns)
    }

    func largestDifference(_ a: [Float], _ b: [Float]) -> Float {
        zip(a, b).map { abs($0 - $1) }.max() ?? .infinity
    }

    /// In Stable-Baselines3 step t ended an episode if step t + 1 starts one; it cannot tell that it was truncated.
    @Test func `equals Stable-Baselines3's where episodes terminate`() throws {
        let cases = try Case.all()
        #expect(cases.count == 4)
        for golden in cases {
            let ends = golden.episodeStarts.dropFirst() + [golden.lastDones]
            let outcomes = ends.flatMap { $0.map { $0 == 1 ? Outcome.terminated : .running } }
            let ended = outcomes.count { $0 == .terminated }
            let (advantages, returns) = estimate(
                AdvantageEstimation(discount: golden.discount, lambda: golden.lambda),
                laneCount: golden.lastValues.count, rewards: golden.rewards.flatMap(\.self), outcomes: outcomes,
                values: golden.values.flatMap(\.self) + golden.lastValues,
                finalValues: [Float](repeating: .nan, count: ended))
            #expect(largestDifference(advantages, golden.advantages.flatMap(\.self)) < 1e-5)
            #expect(largestDifference(returns, golden.returns.flatMap(\.self)) < 1e-5)
        }
    }

    /// One lane, γ = 1/2, λ = 1/2, all values 2, all rewards 1, truncated after step 1 with a final value of 8:
    ///
    ///     A(3) = 1 + ½·2 − 2               = 0        the last row's value
    ///     A(2) = 1 + ½·2 − 2 + ¼·A(3)      = 0
    ///     A(1) = 1 + ½·8 − 2               = 3        the final value, and nothing of step 2
    ///     A(0) = 1 + ½·2 − 2 + ¼·A(1)      = 0.75
    @Test func `bootstraps from the final observation of a truncated episode`() {
        let estimation = AdvantageEstimation(discount: 0.5, lambda: 0.5)
        let (advantages, returns) = estimate(
            estimation, laneCount: 1, rewards: [1, 1, 1, 1], outcomes: [.running, .truncated, .running, .running],
            values: [2, 2, 2, 2, 2], finalValues: [8])
        #expect(advantages == [0.75, 3, 0, 0])
        #expect(returns == [2.75, 5, 2, 2])
    }

    /// The case above beside a lane that terminates after step 1, A(1) = 1 − 2 = −1, A(0) = −¼, and is truncated with
    /// final value 4 after step 3, A(3) = 1 + ½·4 − 2 = 1, A(2) = ¼: final values go by (step, lane).
    @Test func `keeps the ends of lanes apart`() {
        let estimation = AdvantageEstimation(discount: 0.5, lambda: 0.5)
        let (advantages, _) = estimate(
            estimation, laneCount: 2, rewards: [Float](repeating: 1, count: 8),
            outcomes: [.running, .running, .truncated, .terminated, .running, .running, .running, .truncated],
            values: [Float](repeating: 2, count: 10), finalValues: [8, .nan, 4])
        #expect(advantages == [0.75, -0.25, 3, -1, 0, 0.25, 0, 1])
    }

    /// The case above without the very last transition, lane 1's step 3: A(2) = 1 + ½·2 − 2 = 0 there, and its place stays.
    @Test func `takes transitions that do not count as not made`() {
        var advantages = [Float](repeating: 9, count: 8)
        var returns = advantages
        AdvantageEstimation(discount: 0.5, lambda: 0.5).estimate(
            laneCount: 2, rewards: [Float](repeating: 1, count: 8),
            outcomes: [.running, .running, .truncated, .terminated, .running, .running, .running, .truncated],
            values: [Float](repeating: 2, count: 10), finalValues: [8, .nan, 4], used: 7, advantages: &advantages,
            returns: &returns)
        #expect(advantages == [0.75, -0.25, 3, -1, 0, 0, 0, 9])
    }

    @Test func `of an episode whose values are its returns finds no advantage`() {
        // r = 1 for ever with γ = ½ is worth 2 everywhere, at a truncation too, whatever λ is.
        for lambda: Float in [0, 0.3, 1] {
            let (advantages, _) = estimate(
                AdvantageEstimation(discount: 0.5, lambda: lambda), laneCount: 1, rewards: [1, 1, 1],
                outcomes: [.running, .truncated, .running], values: [2, 2, 2, 2], finalValues: [2])
            #expect(advantages == [0, 0, 0])
        }
    }
}
