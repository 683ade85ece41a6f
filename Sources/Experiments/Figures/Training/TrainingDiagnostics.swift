internal import Plotting

/// What else tells how a training went: lengths of episodes, successes, gradients, what the critic expected against what
/// followed, and which actions the agent takes.
struct TrainingDiagnostics {
    /// Points of the scatter of values, of all seeds together.
    private static let mostPoints = 3000
    private static let mostBars = 16

    private let run: StoredRun
    private let words: TrainingWords
    private let drawings: [TrainingDrawing]

    init(_ run: StoredRun, _ words: TrainingWords, _ drawings: [TrainingDrawing]) {
        self.run = run
        self.words = words
        self.drawings = drawings
    }

    /// nil if there is nothing to show.
    var figure: Figure? {
        let curves = ["episodeLength", "successRate", "gradientNorm", "learningRate", "policyLoss"]
            .compactMap { words.panel(of: $0, isTitled: true) }.prefix(4)
        let (calibration, actions) = (calibration, actions)
        guard !curves.isEmpty || calibration != nil || actions != nil else { return nil }
        return Figure(
            title: title, subtitle: subtitle, rowHeights: [105, 105, 170], metadata: FigureWords.metadata(of: run)
        ) {
            for (index, panel) in curves.enumerated() {
                Panel(panel.title, row: index / 2, column: index % 2, panel.chart)
            }
            if let calibration {
                Panel("What the critic expected, and what followed", row: 2, caption: sampleCaption, calibration)
            }
            if let actions {
                Panel(
                    actions.title, row: 2, column: calibration == nil ? 0 : 1, caption: "evaluation episodes",
                    AnyChart(actions.chart))
            }
        }
    }

    // MARK: The critic

    private var values: [Double] { drawings.flatMap(\.values).map { Double($0) } }
    private var followed: [Double] { drawings.flatMap(\.discountedReturns).map { Double($0) } }

    private var calibration: ScatterChart? {
        let (values, followed) = (values, followed)
        guard !values.isEmpty else { return nil }
        let stride = (values.count + Self.mostPoints - 1) / Self.mostPoints
        let shown = Swift.stride(from: 0, to: values.count, by: stride)
        return ScatterChart(
            x: shown.map { values[$0] }, y: shown.map { followed[$0] }, xAxis: Axis("value of the critic"),
            yAxis: Axis("discounted return"), identity: "as expected")
    }

    private var sampleCaption: String {
        "\(FigureWords.count(min(values.count, Self.mostPoints), "step")) of evaluation episodes"
    }

    // MARK: Actions

    private var actions: (title: String, chart: any Chart)? {
        guard let first = drawings.first(where: { !$0.evaluationReturns.isEmpty }) else { return nil }
        let choices = first.actionCounts.count
        if choices > 0 {
            let counts = (0..<choices).map { choice in
                drawings.reduce(0) { $0 + ($1.actionCounts.isEmpty ? 0 : $1.actionCounts[choice]) }
            }
            let total = Double(max(counts.reduce(0, +), 1))
            let order = counts.indices.sorted { (counts[$1], $0) < (counts[$0], $1) }.prefix(Self.mostBars)
            return (
                "Actions taken, % of steps",
                BarChart(
                    (choices > Self.mostBars ? Array(order) : Array(counts.indices)).map {
                        .init(name(ofAction: $0, in: first), 100 * Double(counts[$0]) / total)
                    })
            )
        }
        guard !first.actions.isEmpty else { return nil }
        let size = max(first.actionNames.count, 1)
        // Of more elements the outlines hide each other.
        let groups = (0..<min(size, 4)).map { element in
            Histogram.Group(
                size > 1 ? name(ofAction: element, in: first) : nil,
                drawings.flatMap(\.actions).enumerated().filter { $0.offset % size == element }.map {
                    Double($0.element)
                })
        }
        return (
            size > 1 ? "Actions taken, % of steps" : "Actions taken",
            Histogram(
                groups, height: .percentOfGroup, x: Axis(size > 1 ? nil : name(ofAction: 0, in: first)),
                y: Axis("% of steps"))
        )
    }

    private func name(ofAction action: Int, in drawing: TrainingDrawing) -> String {
        drawing.actionNames.indices.contains(action) ? drawing.actionNames[action] : "action \(action)"
    }

    // MARK: Words

    private var title: String {
        let (values, followed) = (values, followed)
        guard !values.isEmpty else { return "\(words.algorithm) on \(words.task): how the training went" }
        func mean(_ numbers: [Double]) -> String {
            NumberText.short(numbers.reduce(0, +) / Double(numbers.count), digits: 3)
        }
        return "\(words.task): the critic expects \(mean(values)) on average, and \(mean(followed)) follows"
    }

    private var subtitle: String {
        var parts = [FigureWords.seeds(run.seeds.map(\.seed))]
        if let discount = run.record.number("discount"), !values.isEmpty {
            parts.append(
                "rewards discounted by \(NumberText.short(discount, digits: 4)) a step; without steps whose future a "
                    + "time limit cut off")
        }
        return parts.joined(separator: " · ")
    }
}
