public import Plotting

extension Blackjack: DrawableEnvironment {
    public var legend: String { "above: the dealer's cards · below: the player's sum" }
    public var framesPerSecond: Double { 1 }

    public func sketch(taking action: Int?) -> Sketch {
        func card(_ x: Double, _ y: Double, _ text: String?) -> [Sketch.Shape] {
            let corners: [Sketch.Place] = [
                .init(x, y), .init(x + 1, y), .init(x + 1, y + 1.4), .init(x, y + 1.4),
            ]
            guard let text else { return [.polygon(corners, .water)] }
            return [.polygon(corners, .face), .text(text, at: .init(x + 0.5, y + 0.7), height: 0.5, .lettering)]
        }
        func name(_ value: Int) -> String { value == 1 ? "A" : "\(value)" }
        var shapes: [Sketch.Shape] = [
            .polygon([.init(0, 0), .init(6, 0), .init(6, 3.8), .init(0, 3.8)], .board),
            .text("dealer", at: .init(1.1, 2.9), height: 0.26, .face),
            .text("player", at: .init(1.1, 0.9), height: 0.26, .face),
        ]
        // The hidden card is turned over when the player has acted for the last time.
        shapes += card(2.3, 2.2, name(state.openCard)) + card(3.5, 2.2, action == nil ? name(state.hiddenCard) : nil)
        shapes += card(2.3, 0.2, "\(min(state.sum, 31))")
        shapes.append(
            .text(
                state.points > 21 ? "lost" : "\(state.cardCount) cards" + (state.hasUsableAce ? ", ace as 11" : ""),
                at: .init(4.65, 0.9), height: 0.2, .face))
        return Sketch(x: 0...6, y: 0...3.8, shapes: shapes)
    }
}
