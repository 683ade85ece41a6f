import Fledge

/// A search over settings.
enum TuningPlates {
    static let all = [
        plate(
            "tuning",
            "A search over seven settings: its history, how much each setting explains, every trial as a line, returns "
                + "on the way, the distribution of what was reached, and when trials ran."),
        plate(
            "parameters",
            "The return along each important setting, its estimate over the two most important ones, and the rank of "
                + "each trial."),
        plate(
            "objectives",
            "Two objectives at once: the trials that no other beats in both, and how the area that they dominate grew."),
    ]

    private static func plate(_ name: String, _ shows: String) -> Plate {
        var plate = Plate(
            name, shows: shows,
            data: "`Data/trials.csv`, made by `Data/search.py`: 80 trainings of 10,000 steps with settings drawn at "
                + "random; the lowest quarter is cut at half time.",
            draw: { folder in
                let trials = try TuningTrials(csv: folder.bytes("Data/trials.csv"), name: "Data/trials.csv")
                let figures = TuningFigure(
                    trials, title: "PPO on CartPole", metadata: [("Command", "make gallery")]
                ).figures
                guard let found = figures.first(where: { $0.name == name }) else {
                    throw GalleryError(description: "the search has no figure '\(name)'")
                }
                return found.figure
            })
        // Many crossing lines make large files.
        plate.scale = 1.2
        return plate
    }
}
