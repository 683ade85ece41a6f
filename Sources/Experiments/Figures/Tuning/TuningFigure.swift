internal import Foundation
public import Plotting

/// Pictures of a search over settings: how it went, which settings mattered and where the good ones lie, and, of two
/// objectives, what can be had of both.
public struct TuningFigure {
    /// More axes are not told apart.
    private static let mostDimensions = 7
    /// The parameters that are shown by themselves, the most important first.
    private static let mostSlices = 4

    private let trials: TuningTrials
    private let title: String
    private let metadata: [(keyword: String, text: String)]
    private let importances: [ParameterImportance]

    /// - Parameters:
    ///   - title: What was searched: "PPO on CartPole-v1".
    ///   - metadata: Where the trials come from, kept in the file.
    public init(_ trials: TuningTrials, title: String, metadata: [(keyword: String, text: String)] = []) {
        self.trials = trials
        self.title = title
        self.metadata = metadata
        importances = ParameterImportance.of(trials, objective: trials.objectives[0])
    }

    /// The figures under their files' names; `objectives` only where there are two.
    public var figures: [(name: String, figure: Figure)] {
        [("tuning", overview), ("parameters", parameters)] + (objectives.map { [("objectives", $0)] } ?? [])
    }

    private var objective: TuningTrials.Objective { trials.objectives[0] }
    private var completed: [Int] { trials.shown }
    private var objectiveAxis: Axis { Axis(objective.name) }

    // MARK: The course of the search

    /// History, importances, trials as lines, intermediate values, distribution, timeline.
    private var overview: Figure {
        Figure(
            title: headline, subtitle: subtitle, rowHeights: [150, 165, 150],
            columnWeights: [1.35, 1],
            metadata: metadata
        ) {
            Panel("Optimization history", caption: "line: best so far", history)
            Panel(
                "Importance of each parameter", column: 1, caption: "share of variance by itself",
                BarChart(importances.map { .init($0.name, 100 * $0.share, valueText: Self.percent($0.share)) }))
            Panel("Each trial's settings", row: 1, columnSpan: 2, parallelCoordinates)
            if trials.measurements.contains(where: { !$0.isEmpty }) {
                Panel(
                    "\(objective.name.capitalizedFirst) on the way", row: 2, caption: "thick: best trial",
                    intermediateValues)
            }
            Panel("Share of trials that reached at most", row: 2, column: 1, distribution)
            if trials.starts.contains(where: \.isFinite) {
                Panel("When trials ran", row: 3, columnSpan: 2, timeline)
            }
        }
    }

    private var history: LineChart {
        let values = completed.map { objective.values[$0] }
        let numbers = completed.map { Double(trials.numbers[$0]) }
        // One value each, so that they are dots.
        let dots = zip(numbers, values).map { Curve(x: [$0], y: [$1]) }
        let stairs = Self.stairs(numbers, trials.bestSoFar(objective))
        return LineChart(Series(x: stairs.x, y: stairs.y, faint: dots), x: Axis("trial"), y: objectiveAxis)
    }

    /// A value that stays until the next trial.
    private static func stairs(_ x: [Double], _ y: [Double]) -> Curve {
        var stairs = (x: [Double](), y: [Double]())
        for (x, y) in zip(x, y) {
            if let last = stairs.y.last, last != y { stairs = (stairs.x + [x], stairs.y + [last]) }
            stairs = (stairs.x + [x], stairs.y + [y])
        }
        return Curve(x: stairs.x, y: stairs.y)
    }

    private var parallelCoordinates: ParallelCoordinates {
        let shown = importances.prefix(Self.mostDimensions).compactMap { parameter(named: $0.name) }
        return ParallelCoordinates(
            shown.map { parameter in
                .init(
                    parameter.name, completed.map { parameter.values[$0] }, scale: Self.scale(of: parameter),
                    categories: parameter.categories)
            }, values: completed.map { objective.values[$0] }, valueAxis: objectiveAxis,
            isLowBest: !objective.isHighBest)
    }

    private var intermediateValues: LineChart {
        let curves = trials.measurements.map { Curve(x: $0.map(\.step), y: $0.map(\.value)) }
        guard let best = trials.best else { return LineChart(Series(x: [], y: [], faint: curves), x: Axis("step")) }
        return LineChart(
            Series(x: curves[best].x, y: curves[best].y, faint: curves), x: Axis("step", wordsFrom: 10_000),
            y: objectiveAxis)
    }

    private var distribution: LineChart {
        let curve = EmpiricalDistribution(of: completed.map { objective.values[$0] }).curve
        return LineChart(Series(x: curve.x, y: curve.y), x: objectiveAxis, y: Axis(range: 0...1))
    }

    private var timeline: TimelineChart {
        let states: [(TuningTrials.State, Color)] = [
            (.complete, Palette.color(0)), (.pruned, Palette.color(3)), (.failed, Palette.color(1)),
            (.running, Palette.color(6)),
        ]
        let shown = states.filter { trials.states.contains($0.0) }
        let last = (trials.ends + trials.starts).filter(\.isFinite).max() ?? 0
        let spans = (0..<trials.count).compactMap { trial -> TimelineChart.Span? in
            guard trials.starts[trial].isFinite, let state = shown.firstIndex(where: { $0.0 == trials.states[trial] })
            else { return nil }
            let end = trials.ends[trial].isFinite ? trials.ends[trial] : last
            return .init(row: trial, start: trials.starts[trial], end: end, state: state)
        }
        return TimelineChart(spans, states: shown.map { ($0.0.rawValue, $0.1) })
    }

    // MARK: The parameters

    /// A slice along each important parameter, and the two most important ones together.
    private var parameters: Figure {
        let slices = importances.prefix(Self.mostSlices).compactMap { parameter(named: $0.name) }
        let numeric = importances.compactMap { parameter(named: $0.name) }.filter(\.categories.isEmpty).prefix(2)
        return Figure(
            title: headline, subtitle: subtitle, rowHeights: [130, slices.count > 2 ? 130 : 175, 175],
            metadata: metadata
        ) {
            for (index, parameter) in slices.enumerated() {
                Panel(
                    parameter.name, row: index / 2, column: index % 2, caption: index == 0 ? "colour: trial" : nil,
                    slice(parameter, showsKey: index % 2 == 1))
            }
            if let x = numeric.first, let y = numeric.dropFirst().first {
                let row = (slices.count + 1) / 2
                Panel("\(objective.name.capitalizedFirst), estimated between trials", row: row, contour(x, y))
                Panel("Rank of each trial", row: row, column: 1, rank(x, y))
            }
        }
    }

    private func slice(_ parameter: TuningTrials.Parameter, showsKey: Bool) -> ValueScatter {
        ValueScatter(
            x: completed.map { parameter.values[$0] }, y: completed.map { objective.values[$0] },
            values: completed.map { Double(trials.numbers[$0]) }, xAxis: Self.axis(of: parameter),
            yAxis: objectiveAxis, valueAxis: Axis("trial"), showsKey: showsKey)
    }

    private func contour(_ x: TuningTrials.Parameter, _ y: TuningTrials.Parameter) -> ContourChart {
        let rows = completed.filter { x.values[$0].isFinite && y.values[$0].isFinite }
        let points = (x: rows.map { x.values[$0] }, y: rows.map { y.values[$0] })
        let surface = ResponseSurface(
            x: points.x, xScale: Self.scale(of: x), y: points.y, yScale: Self.scale(of: y),
            objective: rows.map { objective.values[$0] })
        return ContourChart(
            x: surface.x, y: surface.y, values: surface.values, points: Curve(x: points.x, y: points.y),
            xAxis: Self.axis(of: x), yAxis: Self.axis(of: y), valueAxis: objectiveAxis)
    }

    private func rank(_ x: TuningTrials.Parameter, _ y: TuningTrials.Parameter) -> ValueScatter {
        let order = completed.sorted { a, b in
            let (first, second) = (objective.values[a], objective.values[b])
            return first == second ? a < b : (first < second) != objective.isHighBest
        }
        return ValueScatter(
            x: order.map { x.values[$0] }, y: order.map { y.values[$0] },
            values: order.indices.map { Double(order.count - 1 - $0) }, xAxis: Self.axis(of: x),
            yAxis: Self.axis(of: y), valueAxis: Axis("trials that are worse"))
    }

    // MARK: Two objectives

    /// The front of both objectives, and how the area that it dominates grew.
    private var objectives: Figure? {
        guard trials.objectives.count == 2, !completed.isEmpty else { return nil }
        let (first, second) = (trials.objectives[0], trials.objectives[1])
        let (x, y) = (completed.map { second.values[$0] }, completed.map { first.values[$0] })
        let isHighBest = (x: second.isHighBest, y: first.isHighBest)
        let reference = Point(x: Self.worst(x, second.isHighBest), y: Self.worst(y, first.isHighBest))
        let volumes = completed.indices.map { last in
            ParetoFront(x: Array(x[...last]), y: Array(y[...last]), isHighBest: isHighBest)
                .hypervolume(to: reference)
        }
        let growth = Self.stairs(completed.map { Double(trials.numbers[$0]) }, volumes)
        let members = ParetoFront(x: x, y: y, isHighBest: isHighBest).members.count
        let frontWords = "\(FigureWords.count(members, "trial")) that no other beats in both"
        return Figure(
            title: "\(title): \(frontWords) \(first.name) and \(second.name)", subtitle: subtitle, rowHeights: [220],
            columnWeights: [1.2, 1], metadata: metadata
        ) {
            Panel(
                "Both objectives of each trial", caption: "shaded: what the front dominates",
                ParetoChart(
                    x: x, y: y, isHighBest: isHighBest, reference: reference, xAxis: Axis(second.name),
                    yAxis: Axis(first.name)))
            Panel(
                "Hypervolume after each trial", column: 1, caption: "area up to the worst values",
                LineChart(
                    Series(x: growth.x, y: growth.y), x: Axis("trial"), y: Axis("\(first.name) × \(second.name)")))
        }
    }

    private static func worst(_ values: [Double], _ isHighBest: Bool) -> Double {
        (isHighBest ? values.min() : values.max()) ?? 0
    }

    // MARK: Words

    private func parameter(named name: String) -> TuningTrials.Parameter? {
        trials.parameters.first { $0.name == name }
    }

    private static func scale(of parameter: TuningTrials.Parameter) -> AxisScale {
        parameter.isLogarithmic ? .logarithmic : .linear
    }

    private static func axis(of parameter: TuningTrials.Parameter) -> Axis {
        let names = parameter.categories.enumerated().map { "\($0.offset): \($0.element)" }
        let title = names.isEmpty ? parameter.name : "\(parameter.name) (\(names.joined(separator: ", ")))"
        return Axis(title, scale: scale(of: parameter))
    }

    private static func percent(_ share: Double) -> String { "\(NumberText.fixed(100 * share)) %" }

    private var headline: String {
        guard let best = trials.best else { return "\(title): no trial was completed" }
        let value = NumberText.short(objective.values[best], digits: 4)
        return "\(title): the best of \(FigureWords.count(trials.count, "trial")) reaches \(objective.name) \(value)"
    }

    /// How many trials ended how, and the best one's settings.
    private var subtitle: String {
        let states = TuningTrials.State.allCases.compactMap { state -> String? in
            let count = trials.states.count { $0 == state }
            return count > 0 ? "\(count) \(state.rawValue)" : nil
        }
        guard let best = trials.best else { return states.joined(separator: " · ") }
        let settings = trials.parameters.compactMap { parameter -> String? in
            let value = parameter.values[best]
            guard value.isFinite else { return nil }
            let text = parameter.categories.isEmpty ? NumberText.short(value) : parameter.categories[Int(value)]
            return "\(parameter.name) \(text)"
        }
        return states.joined(separator: " · ") + "; best: " + settings.joined(separator: ", ")
    }
}

extension String {
    var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
