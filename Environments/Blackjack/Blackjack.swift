public import Randomness
public import Simulation

/// Draw cards towards 21 without going beyond, against a dealer: Sutton and Barto (2018), example 5.1, as in Gymnasium's
/// Blackjack-v1. Cards are drawn with replacement; a natural wins against any other 21, and pays 1.
public struct Blackjack: Environment {
    /// The player's hand and the dealer's cards.
    public struct State: Codable, Equatable, Sendable, VectorState {
        public static let names = [
            "points with aces as 1", "aces (0 or 1 for some)", "cards", "dealer's open card", "dealer's hidden card",
        ]

        /// With each ace counted as 1.
        public var points: Int
        public var hasAce: Bool
        public var cardCount: Int
        /// 1 for an ace, 10 for pictures too.
        public var openCard: Int
        public var hiddenCard: Int

        public init(points: Int, hasAce: Bool, cardCount: Int, openCard: Int, hiddenCard: Int) {
            self.points = points
            self.hasAce = hasAce
            self.cardCount = cardCount
            self.openCard = openCard
            self.hiddenCard = hiddenCard
        }

        public var vector: [Double] { [points, hasAce ? 1 : 0, cardCount, openCard, hiddenCard].map { Double($0) } }

        public init(vector: [Double]) throws(EnvironmentError) {
            try Self.checkLength(vector)
            let numbers = vector.map { Int(exactly: $0) ?? -1 }
            self.init(
                points: numbers[0], hasAce: numbers[1] == 1, cardCount: numbers[2], openCard: numbers[3],
                hiddenCard: numbers[4])
            guard (2...31).contains(points), (0...1).contains(numbers[1]), (2...22).contains(cardCount),
                (1...10).contains(openCard), (1...10).contains(hiddenCard)
            else { throw EnvironmentError("\(vector) are no cards of blackjack") }
        }

        public init(from decoder: any Decoder) throws {
            try self.init(vector: [Double](from: decoder))
        }

        public func encode(to encoder: any Encoder) throws { try vector.encode(to: encoder) }

        /// Whether an ace can count as 11.
        public var hasUsableAce: Bool { hasAce && points + 10 <= 21 }
        /// What the hand is worth; more than 21 is lost.
        public var sum: Int { hasUsableAce ? points + 10 : points }
        public var isNatural: Bool { cardCount == 2 && hasUsableAce && points == 11 }
    }

    public var state = State(points: 2, hasAce: true, cardCount: 2, openCard: 1, hiddenCard: 1)

    public init() {}

    /// The player's sum, the dealer's open card, whether an ace counts as 11.
    public var observationSpace: Space { .multiDiscrete([32, 11, 2]) }

    /// 0 sticks, 1 hits.
    public var actionSpace: Space { .discrete(2) }

    private static func draw(using random: inout RandomStream) -> Int { min(random.index(below: 13) + 1, 10) }

    public mutating func reset(using random: inout RandomStream) {
        let dealer = (Self.draw(using: &random), Self.draw(using: &random))
        let player = (Self.draw(using: &random), Self.draw(using: &random))
        state = State(
            points: player.0 + player.1, hasAce: player.0 == 1 || player.1 == 1, cardCount: 2, openCard: dealer.0,
            hiddenCard: dealer.1)
    }

    public mutating func step(_ action: Int, using random: inout RandomStream) -> Transition {
        precondition(action == 0 || action == 1, "blackjack has the actions 0 and 1, not \(action)")
        if action == 1 {
            let card = Self.draw(using: &random)
            state.points += card
            state.hasAce = state.hasAce || card == 1
            state.cardCount += 1
            return state.points > 21 ? Transition(reward: -1, outcome: .terminated) : Transition(reward: 0)
        }
        var dealer = State(
            points: state.openCard + state.hiddenCard, hasAce: state.openCard == 1 || state.hiddenCard == 1,
            cardCount: 2, openCard: state.openCard, hiddenCard: state.hiddenCard)
        // The dealer stands on 17, be it with an ace that counts as 11.
        while dealer.sum < 17 {
            let card = Self.draw(using: &random)
            dealer.points += card
            dealer.hasAce = dealer.hasAce || card == 1
            dealer.cardCount += 1
        }
        return Transition(reward: Self.reward(player: state, dealer: dealer), outcome: .terminated)
    }

    private static func reward(player: State, dealer: State) -> Double {
        if player.isNatural && !dealer.isNatural { return 1 }
        let (ours, theirs) = (player.sum > 21 ? 0 : player.sum, dealer.sum > 21 ? 0 : dealer.sum)
        return ours > theirs ? 1 : ours < theirs ? -1 : 0
    }

    public func observe(into row: inout MutableSpan<Float>) {
        row.update(repeating: 0)
        row[min(state.sum, 31)] = 1
        row[32 + state.openCard] = 1
        row[43 + (state.hasUsableAce ? 1 : 0)] = 1
    }
}

extension Blackjack: HeuristicEnvironment {
    /// The optimal action.
    public func heuristicAction() -> Int {
        BlackjackValues.optimal.hits(sum: state.sum, openCard: state.openCard, hasUsableAce: state.hasUsableAce) ? 1 : 0
    }
}

extension Blackjack {
    static let specification = EnvironmentSpecification(
        id: "blackjack", gymnasiumID: "Blackjack-v1", summary: "draw cards towards 21 against a dealer",
        stepLimit: nil, randomReturn: -0.39, bestReturn: -0.0431, actionNames: ["stick", "hit"], task: Blackjack())
}
