internal import Plotting
internal import Simulation

/// What an agent does and expects over a plane through its observations.
struct PolicyFigure {
    private let run: StoredRun
    private let words: TrainingWords
    private let seed: UInt64
    private let drawing: TrainingDrawing
    private let map: TrainingDrawing.Map

    /// The first seed that has a map; nil if none has.
    init?(_ run: StoredRun, _ words: TrainingWords, _ drawings: [TrainingDrawing]) {
        guard let index = drawings.firstIndex(where: { $0.map != nil }), let map = drawings[index].map else {
            return nil
        }
        self.run = run
        self.words = words
        self.map = map
        seed = run.seeds[index].seed
        drawing = drawings[index]
    }

    var figure: Figure {
        Figure(
            title: "What \(words.algorithm)’s agent does and expects on \(words.task)", subtitle: subtitle,
            rowHeights: [250], metadata: FigureWords.metadata(of: run)
        ) {
            Panel(policyTitle, policy)
            Panel("Value: the discounted return that the critic expects", column: 1, field(map.values, size: 1, 0))
        }
    }

    private var size: Int { map.policy.count / max(map.values.count, 1) }
    private var hasChoices: Bool { map.words.actionBounds == nil }

    private var policyTitle: String {
        guard hasChoices else { return "Policy: mean of \(name(0))" }
        return size == 2 ? "Policy: probability of “\(name(1))”, %" : "Policy: the likeliest action"
    }

    private var policy: FieldChart {
        guard hasChoices else {
            var field = field(map.policy, size: size, 0)
            // What is beyond the bounds is not done.
            if let bounds = map.words.actionBounds, bounds.allSatisfy(\.isFinite) {
                field.range = Double(bounds[0])...Double(bounds[1])
            }
            return field
        }
        if size == 2 {
            var field = field(map.policy.map { 100 * $0 }, size: 2, 1)
            field.range = 0...100
            return field
        }
        let likeliest = stride(from: 0, to: map.policy.count, by: size).map { start in
            Float((0..<size).max { map.policy[start + $0] < map.policy[start + $1] } ?? 0)
        }
        var field = field(likeliest, size: 1, 0)
        field.choices = (0..<size).map { name($0) }
        return field
    }

    /// The element `element` of `values`, `[map, map, size]`.
    private func field(_ values: [Float], size: Int, _ element: Int) -> FieldChart {
        let side = TrainingDrawing.mapSize
        return FieldChart(
            (0..<side).map { row in
                (0..<side).map { column in Double(values[(row * side + column) * size + element]) }
            },
            x: Axis(map.words.x.title, range: map.words.x.low...map.words.x.high),
            y: Axis(map.words.y.title, range: map.words.y.low...map.words.y.high))
    }

    private func name(_ action: Int) -> String {
        drawing.actionNames.indices.contains(action) ? drawing.actionNames[action] : "action \(action)"
    }

    private var subtitle: String {
        [FigureWords.seeds([seed]), map.words.held, "the agent that was best in evaluation"].compactMap(\.self)
            .joined(separator: " · ")
    }
}
