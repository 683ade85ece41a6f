import Fledge

/// A picture of the gallery, or several of one run.
struct Plate: Sendable {
    /// The name of the first picture's file, without `.png`; the others' names begin with it.
    let name: String
    /// What kinds of plots it shows, and what can be read off them.
    let shows: String
    /// The files below the gallery that it is drawn from, and what made them.
    let data: String
    var theme = Theme.light
    /// Pixels to the point: smaller where a page is large.
    var scale = 1.5
    let draw: @Sendable (GalleryFolder) throws -> [(name: String, figure: Figure)]

    /// A plate of all figures of a run.
    init(
        run: String, shows: String, data: String,
        draw: @escaping @Sendable (GalleryFolder) throws -> [(name: String, figure: Figure)]
    ) {
        (name, self.shows, self.data, self.draw) = (run, shows, data, draw)
    }

    /// A plate of one figure.
    init(
        _ name: String, shows: String, data: String, theme: Theme = .light,
        draw: @escaping @Sendable (GalleryFolder) throws -> Figure
    ) {
        (self.name, self.shows, self.data, self.theme) = (name, shows, data, theme)
        self.draw = { folder in [(name, try draw(folder))] }
    }
}

/// Plates that belong together, under a heading.
struct Chapter: Sendable {
    let heading: String
    let plates: [Plate]

    /// The whole gallery in the order of its page; a new plate adds its line to its chapter.
    static let all = [
        Chapter(heading: "Reinforcement learning", plates: TrainingPlates.all),
        Chapter(heading: "Clustering", plates: ClusteringPlates.all),
        Chapter(heading: "Autoencoders", plates: AutoencoderPlates.all),
        Chapter(heading: "Classification and regression", plates: ClassificationPlates.all + RegressionPlates.all),
        Chapter(heading: "Tuning", plates: TuningPlates.all),
        Chapter(heading: "Any figure", plates: DrawingPlates.all),
    ]
}
