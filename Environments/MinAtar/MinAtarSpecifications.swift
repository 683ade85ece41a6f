import Simulation

/// The five games as gymnasium's ids of version 1 have them: with the moves that do something.
enum MinAtarSpecifications {
    private static func specification<Game: MinAtarGame>(
        _ game: Game.Type, id: String, _ name: String, _ summary: String, randomReturn: Double, bestReturn: Double
    ) -> EnvironmentSpecification {
        EnvironmentSpecification(
            id: id, gymnasiumID: "MinAtar/\(name)-v1", aliases: ["minatar-\(id)"], summary: summary, stepLimit: nil,
            randomReturn: randomReturn, bestReturn: bestReturn, actionNames: Game.moves.map(\.rawValue),
            task: MinAtar<Game>())
    }

    static let all: [EnvironmentSpecification] = [
        specification(
            Breakout.self, id: "breakout", "Breakout", "break bricks with a ball", randomReturn: 0.39, bestReturn: 28),
        specification(
            Asterix.self, id: "asterix", "Asterix", "fetch gold, keep away from enemies", randomReturn: 0.48,
            bestReturn: 22),
        specification(
            Freeway.self, id: "freeway", "Freeway", "cross a road of eight lanes", randomReturn: 0.38, bestReturn: 64),
        specification(
            Seaquest.self, id: "seaquest", "Seaquest", "shoot fish, rescue divers, mind the air", randomReturn: 0.09,
            bestReturn: 48),
        specification(
            SpaceInvaders.self, id: "space-invaders", "SpaceInvaders", "shoot aliens that shoot back",
            randomReturn: 4, bestReturn: 180),
    ]
}
