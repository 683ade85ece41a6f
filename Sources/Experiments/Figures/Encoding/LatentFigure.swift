internal import Plotting

/// What the codes of an autoencoder mean: pictures decoded from places along the codes' main directions, and between two
/// rows.
struct LatentFigure {
    private let run: StoredRun
    private let drawing: EncodingDrawing

    init(_ run: StoredRun, _ drawing: EncodingDrawing) {
        self.run = run
        self.drawing = drawing
    }

    /// nil if rows are no pictures.
    var figure: Figure? {
        guard let picture = drawing.summary.picture, !drawing.traversal.isEmpty else { return nil }
        let traversal = traversal(picture)
        return Figure(
            title: "What the codes of \(run.record.subject.title) mean",
            subtitle: "pictures decoded from codes that no row has · \(FigureWords.seeds([run.seeds[0].seed]))",
            rowHeights: [62 * Double(traversal.rows.count), 70], metadata: FigureWords.metadata(of: run)
        ) {
            Panel(
                "Along the principal components of the codes", caption: "from the mean code, in standard deviations",
                traversal)
            if !drawing.interpolation.isEmpty {
                Panel("From one test row’s code to another’s", row: 1, interpolation(picture))
            }
        }
    }

    private func traversal(_ picture: DataPicture) -> ImageGrid {
        let images = picture.images(drawing.traversal)
        let steps = EncodingDrawing.traversalSteps
        return ImageGrid(
            stride(from: 0, to: images.count, by: steps).enumerated().map { axis, start in
                let share = NumberText.fixed(100 * drawing.summary.shownVariance[axis], decimals: 1)
                return .init("\(axis + 1): \(share) %", Array(images[start..<min(start + steps, images.count)]))
            },
            columnTitles: (0..<steps).map { step in
                let place = EncodingDrawing.traversalReach * (2 * Double(step) / Double(steps - 1) - 1)
                return place == 0 ? "mean" : (place > 0 ? "+" : "") + NumberText.short(place, digits: 2) + " σ"
            })
    }

    private func interpolation(_ picture: DataPicture) -> ImageGrid {
        let ends = picture.images(drawing.interpolated)
        let between = picture.images(drawing.interpolation)
        return ImageGrid(
            [.init("", [ends[0]] + between + [ends[1]])],
            columnTitles: ["original"] + between.map { _ in "" } + ["original"])
    }
}
