internal import Environments
internal import FileFormats
internal import Plotting

/// What a trained agent does: moments of an episode, from its start to its end.
struct EpisodeFigure {
    static let name = "episode"
    /// Where a seed's drawing keeps its film.
    static let filmName = "film"
    /// So many fill two rows of a page.
    static let moments = 10

    private let run: StoredRun
    private let seed: UInt64
    private let film: EpisodeFilm

    /// The episode of the seed whose evaluation return is the median one (the lower of two): neither the luckiest nor
    /// the unluckiest. nil if no seed was filmed.
    init?(_ run: StoredRun) {
        let filmed = run.seeds.compactMap { seed -> (seed: UInt64, film: EpisodeFilm, mean: Double)? in
            guard let film = try? seed.drawing.decode(Self.filmName, as: EpisodeFilm.self), !film.frames.isEmpty else {
                return nil
            }
            let returns = (try? seed.drawing.doubles(TrainingFigure.evaluationName)) ?? []
            return (seed.seed, film, returns.reduce(0, +) / Double(max(returns.count, 1)))
        }
        let sorted = filmed.sorted { ($0.mean, $0.seed) < ($1.mean, $1.seed) }
        guard !sorted.isEmpty else { return nil }
        let median = sorted[(sorted.count - 1) / 2]
        self.run = run
        (seed, film) = (median.seed, median.film)
    }

    var figure: Figure { figure(width: 825) }

    /// - Parameter width: in points; a narrow strip has fewer pictures side by side.
    func figure(width: Double) -> Figure {
        EpisodeStrip(
            film, title: "An episode of the trained agent on \(run.record.subject.title)", subtitle: subtitle,
            metadata: FigureWords.metadata(of: run)
        ).figure(width: width)
    }

    private var subtitle: String {
        [
            "the first episode of the evaluation, deterministic",
            FigureWords.seeds([seed])
                + (run.seeds.count > 1 ? ", the median one of \(run.seeds.count)" : ""),
            "\(FigureWords.count(film.length, "step")), return \(EpisodeStrip.text(film.return))",
        ].joined(separator: " · ")
    }
}
