public import Environments
public import Plotting

/// Moments of an episode, side by side: for reports.
public struct EpisodeStrip {
    private let film: EpisodeFilm
    private let title: String
    private let subtitle: String
    private let metadata: [(keyword: String, text: String)]

    public init(_ film: EpisodeFilm, title: String, seed: UInt64) {
        self.init(
            film, title: title,
            subtitle: "seed \(seed) · \(FigureWords.count(film.length, "step")), return \(Self.text(film.return))",
            metadata: [])
    }

    init(
        _ film: EpisodeFilm, title: String, subtitle: String, metadata: [(keyword: String, text: String)]
    ) {
        self.film = film
        self.title = title
        self.subtitle = subtitle
        self.metadata = metadata
    }

    public var figure: Figure { figure(width: 825) }

    /// - Parameter width: in points; a narrow strip has fewer pictures side by side.
    func figure(width: Double) -> Figure {
        let columns = columns(in: width)
        let strip = FilmStrip(
            film.frames.map { frame in
                FilmStrip.Frame(
                    "step \(NumberText.fixed(Double(frame.step)))", note: "return \(Self.text(frame.return))",
                    frame.sketch)
            }, columns: columns)
        return Figure(
            title: title, subtitle: subtitle, width: width,
            rowHeights: [strip.height(width: width - 40, columns: columns)], metadata: metadata
        ) {
            Panel("", caption: film.legend, strip)
        }
    }

    /// As many pictures side by side as have room for their words, in rows of about the same length.
    private func columns(in width: Double) -> Int {
        let aspectRatio = film.frames.map(\.sketch.aspectRatio).max() ?? 1
        let fitting = max(1, Int(width / (66 * max(1, aspectRatio.squareRoot()))))
        let rows = (film.frames.count + fitting - 1) / fitting
        return (film.frames.count + rows - 1) / rows
    }

    static func text(_ value: Double) -> String {
        value == value.rounded() ? NumberText.fixed(value) : NumberText.fixed(value, decimals: 1)
    }
}
