internal import Foundation

/// How much of the differences between trials each parameter explains by itself: the share of the objective's variance
/// that lies between groups of trials with similar values of the parameter.
///
/// Groups are equally large, or the categories; the share is ε² (Kelley 1935), which is η² without what chance alone
/// would give: (S_between − (k − 1) · MS_within) / S_total. What is left to 1 are interactions and noise. This is the
/// main effect of an analysis of variance (fANOVA, Hutter et al. 2014, estimates it by a forest instead of groups).
public struct ParameterImportance: Sendable, Equatable {
    public let name: String
    /// 0…1.
    public let share: Double

    /// Groups smaller than this say little about their mean.
    private static let smallestGroup = 5
    private static let mostGroups = 6

    /// The parameters, the most important first.
    public static func of(_ trials: TuningTrials, objective: TuningTrials.Objective) -> [ParameterImportance] {
        trials.parameters.enumerated().map { index, parameter in
            let rows = trials.shown.filter { parameter.values[$0].isFinite }
            let share = varianceBetweenGroups(
                rows.map { objective.values[$0] },
                groups: groups(rows.map { parameter.values[$0] }, isCategorical: !parameter.categories.isEmpty))
            return (index: index, importance: ParameterImportance(name: parameter.name, share: share))
        }
        .sorted { ($1.importance.share, $0.index) < ($0.importance.share, $1.index) }
        .map(\.importance)
    }

    /// ε² of the values over their groups; 0 where there is nothing to explain.
    public static func varianceBetweenGroups(_ values: [Double], groups: [Int]) -> Double {
        let mean = values.reduce(0, +) / Double(max(values.count, 1))
        let total = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        var sums: [Int: (count: Double, sum: Double)] = [:]
        for (value, group) in zip(values, groups) {
            sums[group, default: (0, 0)].count += 1
            sums[group, default: (0, 0)].sum += value
        }
        let between = sums.keys.sorted().reduce(0.0) { result, group in
            let (count, sum) = sums[group] ?? (1, mean)
            return result + count * (sum / count - mean) * (sum / count - mean)
        }
        let freedom = Double(values.count - sums.count)
        guard total > 0, freedom > 0 else { return 0 }
        let within = max(total - between, 0) / freedom
        return min(max((between - Double(sums.count - 1) * within) / total, 0), 1)
    }

    /// The group of each value: its category, or its place in the order, equal values together.
    private static func groups(_ values: [Double], isCategorical: Bool) -> [Int] {
        let distinct = Set(values).sorted()
        let count = min(mostGroups, max(values.count / smallestGroup, 1))
        if isCategorical || distinct.count <= count {
            return values.map { value in distinct.firstIndex(of: value) ?? 0 }
        }
        let sorted = values.sorted()
        let limits = (1..<count).map { sorted[$0 * sorted.count / count] }
        return values.map { value in limits.count { value >= $0 } }
    }
}
