import Experiments

/// A comparison in tables and words.
struct ComparisonText {
    private let comparison: RunComparison

    init(_ comparison: RunComparison) { self.comparison = comparison }

    func text(width: Int?) -> String {
        [
            ComparisonText.table(of: comparison.differences, runs: comparison.runs)?.text(width: width)
                ?? "the runs have the same settings\n",
            results.map { $0.text(width: width) } ?? "", sides, numbers?.text(width: width) ?? "",
        ]
        .filter { !$0.isEmpty }.joined(separator: "\n")
    }

    /// The settings that differ, a column a run.
    private static func table(of differences: [RunDifference], runs: [String]) -> FittedTable? {
        guard !differences.isEmpty else { return nil }
        let columns = runs.indices.map { run in
            FittedTable.Column(runs[run], differences.map { $0.values[run] ?? "–" }, least: 8)
        }
        return FittedTable([.init("setting", differences.map(\.name))] + columns)
    }

    private var results: FittedTable? {
        guard let metric = comparison.metric, !comparison.groups.isEmpty else { return nil }
        let groups = comparison.groups
        var columns: [FittedTable.Column] = [
            .init(metric.title, groups.map(\.name), least: 16),
            .init("n", groups.map { "\($0.seeds.count)" }, isNumber: true),
            .init("IQM", groups.map { Numbers.short($0.interquartileMean) }, isNumber: true),
            .init("95 %", groups.map { $0.interval.map(ComparisonText.range) ?? "" }),
            .init("mean", groups.map { $0.seeds.count > 1 ? Numbers.short($0.mean) : "" }, isNumber: true, rank: 2),
            .init("s.d.", groups.map { $0.standardDeviation.map(Numbers.short) ?? "" }, isNumber: true, rank: 3),
        ]
        if let range = comparison.range, let thresholds = comparison.thresholds {
            let title = range.lowest == nil ? "short of \(Numbers.short(range.goal))" : "optimality gap"
            columns.append(
                .init(title, groups.map { $0.optimalityGap.map(Numbers.short) ?? "" }, isNumber: true, rank: 1))
            for (index, threshold) in thresholds.enumerated() {
                let shares = groups.map { group in group.profile.map { "\(Int(($0[index] * 100).rounded())) %" } ?? "" }
                let sign = metric.isHigherBetter == false ? "≤" : "≥"
                columns.append(.init("\(sign) \(Numbers.short(threshold))", shares, isNumber: true, rank: 4 + index))
            }
        }
        return FittedTable(columns)
    }

    private static func range(_ interval: Interval) -> String {
        "\(Numbers.short(interval.lower)) to \(Numbers.short(interval.upper))"
    }

    // MARK: Two sides

    private var sides: String {
        guard let sides = comparison.sides, comparison.groups.count == 2 else { return "" }
        let verdict = comparison.verdict.map { $0 + "\n" } ?? ""
        let (first, second) = (comparison.groups[0], comparison.groups[1])
        if max(first.seeds.count, second.seeds.count) == 1 {
            let difference = sides.differenceOfMeans.value
            let share = second.mean == 0 ? "" : " (\(ComparisonText.signed(100 * difference / abs(second.mean))) %)"
            return "\(first.name) − \(second.name): \(ComparisonText.signed(difference))\(share)\n"
                + verdict
        }
        func line(_ what: String, _ estimate: SideComparison.Estimate, _ text: (Double) -> String) -> String {
            let interval = estimate.interval.map { " (95 % \(text($0.lower)) to \(text($0.upper)))" } ?? ""
            return "\(what) \(text(estimate.value))\(interval)\n"
        }
        let pairs = sides.isPaired ? ", paired by seed:" : ":"
        return line("difference of IQM\(pairs)", sides.differenceOfInterquartileMeans, ComparisonText.signed)
            + line("difference of means\(pairs)", sides.differenceOfMeans, ComparisonText.signed)
            + line(
                "probability that a seed of \(first.name) beats one of \(second.name):",
                sides.probabilityOfImprovement
            ) { "\(Int(($0 * 100).rounded())) %" }
            + verdict
    }

    private static func signed(_ number: Double) -> String {
        number < 0 ? "−" + Numbers.short(-number) : "+" + Numbers.short(number)
    }

    // MARK: Other numbers

    private var numbers: FittedTable? {
        guard !comparison.numbers.isEmpty else { return nil }
        let runs = comparison.runs
        var columns = [FittedTable.Column("other numbers", comparison.numbers.map(\.name))]
        for run in runs.indices {
            columns.append(
                .init(runs[run], comparison.numbers.map { $0.values[run].map(Numbers.short) ?? "–" }, isNumber: true))
        }
        if runs.count == 2 {
            let differences = comparison.numbers.map { number -> String in
                guard let first = number.values[0], let second = number.values[1] else { return "" }
                return first == second ? "=" : ComparisonText.signed(first - second)
            }
            columns.append(.init("difference", differences, isNumber: true))
        }
        return FittedTable(columns)
    }

    // MARK: Bits

    /// What `--bits` says.
    static func text(of bits: BitsComparison) -> String {
        var text =
            table(of: bits.differences, runs: bits.runs).map { $0.text(width: Terminal.outputWidth) + "\n" } ?? ""
        for seed in bits.seeds {
            if seed.isEqual {
                text += "seed \(seed.seed): the same to the last bit, \(Numbers.grouped(seed.equalRows)) updates\n"
                continue
            }
            for difference in seed.differences {
                text += "seed \(seed.seed): \(difference.file) differs first at "
                text += difference.update.map { "\(difference.unit) \($0)" } ?? "its header"
                text += difference.column.map { ", \($0): " } ?? ": "
                text += "\(difference.first ?? "nothing") against \(difference.second ?? "nothing")\n"
            }
            if !seed.differingFiles.isEmpty {
                text += "seed \(seed.seed): these files differ: \(seed.differingFiles.joined(separator: ", "))\n"
            }
        }
        if !bits.unmatchedSeeds.isEmpty {
            text += "only one run has \(bits.unmatchedSeeds.map { "seed \($0)" }.joined(separator: ", "))\n"
        }
        return text
            + (bits.isEqual
                ? "\(bits.runs[0]) and \(bits.runs[1]) are the same\n" : "\(bits.runs[0]) and \(bits.runs[1]) differ\n")
    }
}
