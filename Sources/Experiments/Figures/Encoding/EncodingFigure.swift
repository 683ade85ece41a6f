internal import FileFormats
internal import Plotting

/// What an autoencoder keeps: its loss over epochs, where the codes lie, and rows beside their reconstructions.
struct EncodingFigure: RunFigure {
    private static let mostBars = 16

    private let run: StoredRun
    private let drawing: EncodingDrawing

    init(_ run: StoredRun) throws {
        self.run = run
        drawing = try EncodingDrawing(run.seeds[0].drawing)
    }

    private var summary: EncodingDrawing.Summary { drawing.summary }

    var figures: [(name: String, figure: Figure)] {
        var figures = [("encoding", encoding)]
        let latent = LatentFigure(run, drawing)
        if !drawing.errors.isEmpty { figures.append(("diagnostics", EncodingDiagnostics(run, drawing).figure)) }
        if let figure = latent.figure { figures.append(("latent", figure)) }
        return figures
    }

    private var encoding: Figure {
        let hasScatter = !drawing.places.isEmpty
        return Figure(
            title: title, subtitle: subtitle, rowHeights: [190, summary.picture == nil ? 150 : 125],
            columnWeights: [1, 1.25], metadata: FigureWords.metadata(of: run)
        ) {
            Panel("Mean squared error of an element (log scale)", columnSpan: hasScatter ? 1 : 2, loss)
            if hasScatter { Panel("Codes of test rows", column: 1, caption: scatterCaption, scatter) }
            if let pictures {
                Panel("Test rows and their reconstructions", row: 1, columnSpan: 2, pictures)
            } else {
                Panel("Variance kept of each column, %", row: 1, columnSpan: 2, columns)
            }
        }
    }

    /// The panel that stands for this run in an overview.
    var mainPanel: (title: String, caption: String?, chart: any Chart)? {
        if let pictures = pictures(columns: 5) { return (title, nil, pictures) }
        return (title, nil, loss)
    }

    private var loss: LineChart {
        TrainingCurves.chart(
            run.seeds[0].history, training: "trainingLoss", validation: "validationLoss", y: .logarithmic)
    }

    private var scatterCaption: String { "on the first two principal components" }

    /// The codes coloured by class, with each class's name at its mean.
    private var scatter: ScatterChart {
        let places = drawing.places.map { Double($0) }
        let x = stride(from: 0, to: places.count, by: 2).map { places[$0] }
        let y = stride(from: 1, to: places.count, by: 2).map { places[$0] }
        let groups = drawing.labels.map { Int($0) }
        let markers = Set(groups).sorted().compactMap { group -> ScatterChart.Marker? in
            let rows = groups.indices.filter { groups[$0] == group }
            guard summary.classNames.indices.contains(group), summary.classNames.count <= 20 else { return nil }
            return .init(
                summary.classNames[group], x: rows.reduce(0) { $0 + x[$1] } / Double(rows.count),
                y: rows.reduce(0) { $0 + y[$1] } / Double(rows.count), group: group)
        }
        func axis(_ index: Int) -> Axis {
            let share = NumberText.fixed(100 * summary.shownVariance[index], decimals: 1)
            return Axis("component \(index + 1) (\(share) % of variance)")
        }
        return ScatterChart(x: x, y: y, groups: groups, markers: markers, xAxis: axis(0), yAxis: axis(1))
    }

    private var pictures: ImageGrid? { pictures(columns: 10) }

    /// Rows of so many originals, each above its reconstructions.
    private func pictures(columns: Int) -> ImageGrid? {
        guard let picture = summary.picture else { return nil }
        let originals = picture.images(drawing.originals)
        let reconstructions = picture.images(drawing.reconstructions)
        return ImageGrid(
            stride(from: 0, to: originals.count, by: columns).flatMap { start -> [ImageGrid.Row] in
                let shown = start..<min(start + columns, originals.count)
                return [
                    .init("original", Array(originals[shown])), .init("from the code", Array(reconstructions[shown])),
                ]
            })
    }

    private var columns: BarChart {
        let shares = summary.keptVarianceOfColumns
        let order = shares.indices.sorted { (shares[$1], $0) < (shares[$0], $1) }.prefix(Self.mostBars)
        return BarChart(order.map { .init(summary.columnNames[$0], 100 * shares[$0]) })
    }

    // MARK: Words

    private var title: String {
        let kept = NumberText.fixed(100 * summary.keptVariance, decimals: 1)
        let numbers = FigureWords.count(summary.codeSize, "number")
        return "A code of \(numbers) keeps \(kept) % of the variance of \(run.record.subject.title)"
            + (run.isComplete ? "" : " (interrupted)")
    }

    private var subtitle: String {
        let history = run.seeds[0].history
        return [
            "test mean squared error \(NumberText.short(summary.meanSquaredError))",
            FigureWords.rows(summary.trainingCount, test: summary.testCount, of: run.record),
            FigureWords.seeds([run.seeds[0].seed]),
            "\(NumberText.short(history.last("epoch") ?? 0)) epochs in "
                + FigureWords.duration(history.seconds.last ?? 0),
        ].joined(separator: " · ")
    }
}
