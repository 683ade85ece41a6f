internal import SupervisedLearning

/// The metrics of each fold as a table, a line for each fold.
struct FoldTable {
    let csv: String

    init(_ folds: [ModelSelection.FoldResult]) {
        let names = folds.first?.metrics.map(\.name) ?? []
        let settings = Array(Set(folds.flatMap { $0.settings.keys })).sorted()
        var lines = [(["fold"] + names + settings).joined(separator: ",")]
        for (index, fold) in folds.enumerated() {
            let values = names.map { name in
                fold.metrics.first { $0.name == name }?.value.map { "\($0)" } ?? ""
            }
            lines.append(
                (["\(index + 1)"] + values + settings.map { "\"\(fold.settings[$0] ?? "")\"" }).joined(separator: ","))
        }
        csv = lines.joined(separator: "\n") + "\n"
    }
}

/// What a search tried, as `TuningTrials` reads it: a line for each trial, with what it reached in each round.
struct TrialTable {
    let csv: String

    init(_ results: [TrialResult], space: SearchSpace, metric: String) {
        let indices = Array(Set(results.map(\.trial.index))).sorted()
        let shares = Array(Set(results.map(\.trial.share))).sorted()
        var header = ["number", "state", "maximize \(metric)"]
        header += shares.dropLast().map { "at \($0)" }
        header += space.dimensions.map { ($0.isLogarithmic ? "log parameter " : "parameter ") + $0.name }
        var lines = [header.joined(separator: ",")]
        let lastRung = results.map(\.trial.rung).max() ?? 0
        for index in indices {
            let own = results.filter { $0.trial.index == index }.sorted { $0.trial.rung < $1.trial.rung }
            guard let last = own.last else { continue }
            let state = last.score == nil ? "failed" : last.trial.rung == lastRung ? "complete" : "pruned"
            var fields = ["\(index)", state, last.score.map { "\($0)" } ?? ""]
            fields += shares.dropLast().map { share in
                own.first { $0.trial.share == share }?.score.map { "\($0)" } ?? ""
            }
            fields += space.dimensions.map { "\"\(last.trial.settings[$0.name] ?? "")\"" }
            lines.append(fields.joined(separator: ","))
        }
        csv = lines.joined(separator: "\n") + "\n"
    }
}

extension SearchSpace.Dimension {
    /// Whether it is searched on a logarithmic scale.
    fileprivate var isLogarithmic: Bool {
        switch domain {
        case .real(_, _, let isLogarithmic), .whole(_, _, let isLogarithmic): isLogarithmic
        case .choices: false
        }
    }
}
