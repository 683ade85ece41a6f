/// What sticking and hitting are worth in every hand of blackjack, exactly, by going through all cards to come.
public struct BlackjackValues: Sendable {
    /// Of the best policy.
    public static let optimal = BlackjackValues()

    /// A hand: its points with aces as 1, and whether it has an ace.
    private struct Hand: Hashable {
        var points: Int
        var hasAce: Bool

        var hasUsableAce: Bool { hasAce && points + 10 <= 21 }
        var sum: Int { hasUsableAce ? points + 10 : points }

        func drawing(_ card: Int) -> Hand { Hand(points: points + card, hasAce: hasAce || card == 1) }
    }

    /// The probability of each card, 1 to 10.
    static func probability(of card: Int) -> Double { card == 10 ? 4.0 / 13 : 1.0 / 13 }

    /// [11][27], by the open card: the probability that the dealer ends with a sum.
    private let dealerSums: [[Double]]
    /// [11], the probability that the dealer's two cards are a natural.
    private let dealerNaturals: [Double]
    /// By open card and hand, the value of hitting and going on optimally.
    private let hitting: [[Hand: Double]]

    private init() {
        let dealerSums = (0...10).map { card in
            card == 0 ? [] : Self.dealerSums(from: Hand(points: card, hasAce: card == 1))
        }
        self.dealerSums = dealerSums
        dealerNaturals = (0...10).map { card in
            card == 1 ? Self.probability(of: 10) : card == 10 ? Self.probability(of: 1) : 0
        }
        var hitting: [[Hand: Double]] = [[:]]
        for card in 1...10 {
            var values: [Hand: Double] = [:]
            // The more points the fewer cards can follow: from 21 down.
            for points in (2...21).reversed() {
                for hasAce in [false, true] {
                    let hand = Hand(points: points, hasAce: hasAce)
                    values[hand] = (1...10).reduce(0) { sum, drawn in
                        let next = hand.drawing(drawn)
                        let worth =
                            next.points > 21
                            ? -1
                            : max(values[next] ?? -1, Self.sticking(next.sum, against: dealerSums[card]))
                        return sum + Self.probability(of: drawn) * worth
                    }
                }
            }
            hitting.append(values)
        }
        self.hitting = hitting
    }

    /// How the dealer, who has the open card and draws a hidden one, ends.
    private static func dealerSums(from open: Hand) -> [Double] {
        var sums = [Double](repeating: 0, count: 27)
        func play(_ hand: Hand, _ probability: Double, cards: Int) {
            guard cards < 2 || hand.sum < 17 else {
                sums[hand.sum] += probability
                return
            }
            for card in 1...10 {
                play(hand.drawing(card), probability * Self.probability(of: card), cards: cards + 1)
            }
        }
        play(open, 1, cards: 1)
        return sums
    }

    /// The expected reward of standing on `sum`, for a hand that is no natural.
    private static func sticking(_ sum: Int, against dealer: [Double]) -> Double {
        dealer.indices.reduce(0) { total, other in
            let theirs = other > 21 ? 0 : other
            return total + dealer[other] * (sum > theirs ? 1 : sum < theirs ? -1 : 0)
        }
    }

    /// The expected reward of sticking.
    public func sticking(sum: Int, openCard: Int, isNatural: Bool = false) -> Double {
        isNatural ? 1 - dealerNaturals[openCard] : Self.sticking(sum, against: dealerSums[openCard])
    }

    /// The expected reward of hitting and then acting optimally.
    public func hitting(sum: Int, openCard: Int, hasUsableAce: Bool) -> Double {
        let hand = Hand(points: hasUsableAce ? sum - 10 : sum, hasAce: hasUsableAce)
        return hitting[openCard][hand] ?? -1
    }

    public func hits(sum: Int, openCard: Int, hasUsableAce: Bool) -> Bool {
        hitting(sum: sum, openCard: openCard, hasUsableAce: hasUsableAce) > sticking(sum: sum, openCard: openCard)
    }

    /// The expected reward of a game that is played optimally from the deal on.
    public var expectedReturn: Double {
        var total = 0.0
        for first in 1...10 {
            for second in 1...10 {
                for open in 1...10 {
                    let probability = Self.probability(of: first) * Self.probability(of: second)
                    let hand = Hand(points: first + second, hasAce: first == 1 || second == 1)
                    let stick = sticking(sum: hand.sum, openCard: open, isNatural: hand.sum == 21)
                    let hit = hitting(sum: hand.sum, openCard: open, hasUsableAce: hand.hasUsableAce)
                    total += probability * Self.probability(of: open) * max(stick, hit)
                }
            }
        }
        return total
    }
}
