internal import Foundation
public import Plotting

/// A comparison as a picture: the groups' results with their intervals, and the share of the seeds that reach each
/// score.
public enum RunComparisonFigure {
    /// - Throws: `ExperimentError` if there is nothing to draw, the name is of no kind of picture, or the file cannot be
    ///   written.
    public static func write(_ comparison: RunComparison, theme: Theme = .light, to path: String) throws {
        guard let figure = figure(of: comparison) else {
            throw ExperimentError(.badData, "these runs have no result in common that could be drawn")
        }
        try FigureFile.write(try FigureFile(of: path).bytes(of: figure, theme: theme), to: path)
    }

    static func figure(of comparison: RunComparison) -> Figure? {
        guard let metric = comparison.metric, !comparison.groups.isEmpty else { return nil }
        let groups = comparison.groups
        let hasSeeds = groups.contains { $0.seeds.count > 1 }
        let rows = groups.enumerated().map { index, group in
            IntervalChart.Row(
                group.name, group.interquartileMean, interval: group.interval.map { $0.lower...$0.upper },
                points: hasSeeds ? group.scores : [], color: Palette.color(index))
        }
        let goal = comparison.range.map { [ReferenceLine("goal: \(NumberText.short($0.goal))", at: $0.goal)] } ?? []
        let height = Double(60 + 26 * groups.count)
        return Figure(
            title: title(of: comparison, metric), subtitle: subtitle(of: comparison),
            rowHeights: hasSeeds ? [height, 170] : [height],
            metadata: [("Software", "fledge"), ("Runs", comparison.runs.joined(separator: " "))]
        ) {
            Panel(
                metric.title.prefix(1).uppercased() + metric.title.dropFirst(),
                caption: hasSeeds ? "interquartile mean and 95 % interval · faint: seeds" : nil,
                IntervalChart(rows, references: goal))
            if hasSeeds {
                Panel(
                    "Share of the seeds that reach a \(metric.title), %", row: 1,
                    profileChart(groups, metric))
            }
        }
    }

    /// The performance profile over all scores (Agarwal et al. 2021): steps, down by 1/n at each seed's score.
    private static func profileChart(_ groups: [ComparedGroup], _ metric: RunMetric) -> LineChart {
        let all = groups.flatMap(\.scores)
        let (lowest, highest) = (all.min() ?? 0, all.max() ?? 1)
        let isHigherBetter = metric.isHigherBetter ?? true
        let series = groups.map { group -> Series in
            var (x, y): ([Double], [Double]) = ([], [])
            let scores = group.scores.sorted()
            let count = Double(scores.count)
            func share(atLeast place: Int) -> Double {
                100 * (isHigherBetter ? count - Double(place) : Double(place)) / count
            }
            x.append(lowest)
            y.append(share(atLeast: 0))
            for (place, score) in scores.enumerated() {
                x += [score, score]
                y += [share(atLeast: place), share(atLeast: place + 1)]
            }
            x.append(highest)
            y.append(share(atLeast: scores.count))
            return Series(group.name, x: x, y: y)
        }
        return LineChart(series, x: Axis(metric.title), y: Axis(range: 0...100), labels: .legend)
    }

    private static func title(of comparison: RunComparison, _ metric: RunMetric) -> String {
        let groups = comparison.groups
        guard let sides = comparison.sides, groups.count == 2 else {
            return "\(groups.count) \(groups.count == 1 ? "result" : "results") by \(metric.title)"
        }
        return switch sides.verdict {
        case .firstIsBetter: "\(groups[0].name) is better than \(groups[1].name)"
        case .secondIsBetter: "\(groups[1].name) is better than \(groups[0].name)"
        case .same: "\(groups[0].name) and \(groups[1].name) come to the same \(metric.title)"
        case .cannotTell: "\(groups[0].name) and \(groups[1].name) cannot be told apart yet"
        }
    }

    private static func subtitle(of comparison: RunComparison) -> String {
        var parts = comparison.groups.prefix(4).map {
            "\($0.name): \($0.seeds.count) \($0.seeds.count == 1 ? "seed" : "seeds")"
        }
        if let improvement = comparison.sides?.probabilityOfImprovement, let interval = improvement.interval {
            func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }
            parts.append(
                "probability of improvement \(percent(improvement.value)) (95 % \(percent(interval.lower)) to \(percent(interval.upper)))"
            )
        }
        return parts.joined(separator: " · ")
    }
}
