import Environments
import Foundation
import Randomness
import Simulation
import Testing

@Suite struct `A game of blackjack` {
    /// The mean of 200,000 games from the deal on.
    private func meanReturn(seed: UInt64, _ act: (Blackjack, inout RandomStream) -> Int) -> Double {
        var random = RandomStream(seed: seed, purpose: "test")
        var choices = RandomStream(seed: seed, purpose: "choices")
        var sum = 0.0
        for _ in 0..<200_000 {
            var game = Blackjack()
            game.reset(using: &random)
            var outcome = Outcome.running
            while outcome == .running {
                let transition = game.step(act(game, &choices), using: &random)
                sum += transition.reward
                outcome = transition.outcome
            }
        }
        return sum / 200_000
    }

    /// A game's reward deviates by less than 1, so 5 standard errors are 0.0112.
    @Test func `played optimally yields what the exact expectation says`() {
        let expected = BlackjackValues.optimal.expectedReturn
        #expect(abs(meanReturn(seed: 1) { game, _ in game.heuristicAction() } - expected) < 0.0112)
        #expect(abs(expected - Environments.all.first { $0.id == "blackjack" }!.bestReturn!) < 0.0005)
    }

    @Test func `played at random yields about −0.39`() {
        let mean = meanReturn(seed: 2) { _, random in random.index(below: 2) }
        #expect(abs(mean - Environments.all.first { $0.id == "blackjack" }!.randomReturn!) < 0.0112)
    }

    /// Sutton and Barto (2018), figure 5.2, the sums to stick at.
    @Test func `has the optimal policy of the book`() {
        let values = BlackjackValues.optimal
        func stickingSum(_ openCard: Int, ace: Bool) -> Int {
            ((ace ? 12 : 11)...21).first { !values.hits(sum: $0, openCard: openCard, hasUsableAce: ace) } ?? 22
        }
        #expect((1...10).map { stickingSum($0, ace: false) } == [17, 13, 13, 12, 12, 12, 17, 17, 17, 17])
        #expect((1...10).map { stickingSum($0, ace: true) } == [19, 18, 18, 18, 18, 18, 18, 18, 19, 19])
    }

    @Test(arguments: [(13, 2, false), (16, 10, false), (18, 9, true), (20, 6, false), (12, 3, false), (17, 1, true)])
    func `yields after sticking and hitting what their exact values say`(sum: Int, openCard: Int, ace: Bool) {
        var random = RandomStream(seed: 9, purpose: "test")
        for first in [0, 1] {
            var total = 0.0
            for _ in 0..<60_000 {
                var game = Blackjack()
                // Three cards, so that 21 would be no natural.
                game.state = .init(
                    points: ace ? sum - 10 : sum, hasAce: ace, cardCount: 3, openCard: openCard,
                    hiddenCard: min(random.index(below: 13) + 1, 10))
                var transition = game.step(first, using: &random)
                total += transition.reward
                while transition.outcome == .running {
                    transition = game.step(game.heuristicAction(), using: &random)
                    total += transition.reward
                }
            }
            let expected =
                first == 0
                ? BlackjackValues.optimal.sticking(sum: sum, openCard: openCard)
                : BlackjackValues.optimal.hitting(sum: sum, openCard: openCard, hasUsableAce: ace)
            #expect(abs(total / 60_000 - expected) < 0.0205)
        }
    }

    @Test func `pays 1 for a natural against another 21, and nothing against another natural`() {
        var random = RandomStream(seed: 1, purpose: "test")
        var game = Blackjack()
        game.state = .init(points: 11, hasAce: true, cardCount: 2, openCard: 10, hiddenCard: 1)
        #expect(game.step(0, using: &random) == Transition(reward: 0, outcome: .terminated))
        game.state = .init(points: 21, hasAce: true, cardCount: 3, openCard: 10, hiddenCard: 10)
        #expect(game.step(0, using: &random).reward == 1)
        game.state = .init(points: 21, hasAce: false, cardCount: 3, openCard: 10, hiddenCard: 1)
        #expect(game.step(0, using: &random).reward == 0)
    }

    @Test func `shows sum, open card and usable ace one-hot`() {
        var game = Blackjack()
        game.state = .init(points: 7, hasAce: true, cardCount: 2, openCard: 9, hiddenCard: 3)
        let seen = observation(of: game)
        #expect(seen.enumerated().filter { $0.element == 1 }.map(\.offset) == [17, 32 + 9, 44])
    }

    @Test func `refuses cards that are none`() {
        #expect(throws: EnvironmentError.self) { _ = try Blackjack.State(vector: [50, 0, 2, 1, 1]) }
        #expect(throws: (any Error).self) {
            _ = try JSONDecoder().decode(Blackjack.State.self, from: Data("[12,0,2,77,1]".utf8))
        }
    }
}
