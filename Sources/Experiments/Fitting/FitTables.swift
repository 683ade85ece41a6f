internal import Datasets
internal import LinearAlgebra
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

/// The rows whose predictions are the most wrong, the worst first.
struct WorstRows {
    let csv: String

    private static let most = 50

    init(_ evaluation: FittedNetwork.Evaluation, of samples: Samples) {
        let losses = evaluation.scores.rowLosses
        let outputs = evaluation.predictions
        var lines = ["row,true,predicted," + (evaluation.confusion == nil ? "squared error" : "log loss") + ",sample"]
        for row in evaluation.scores.worstRows(Self.most).map({ Int($0) }) {
            let own = (0..<outputs.columnCount).map { outputs[row, $0] }
            let (truth, prediction): (String, String) =
                switch samples.targets {
                case .classes(let labels, _):
                    (
                        samples.name(of: Int(labels[row])),
                        samples.name(of: own.indices.max { (own[$0], $1) < (own[$1], $0) } ?? 0)
                    )
                case .values(let values): ("\(values[row, 0])", "\(own[0])")
                }
            let fields = ["\(row + 1)", truth, prediction, "\(losses[row])", samples.features.text(row: row)]
            lines.append(fields.map(Self.field).joined(separator: ","))
        }
        csv = lines.joined(separator: "\n") + "\n"
    }

    private static func field(_ text: String) -> String {
        text.contains { ",\"\n\r".contains($0) } ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
    }
}

extension Samples {
    fileprivate func name(of label: Int) -> String {
        classNames.indices.contains(label) ? classNames[label] : "\(label)"
    }
}

extension RawFeatures {
    /// A row in words; empty for images and other long rows.
    fileprivate func text(row: Int) -> String {
        switch self {
        case .matrix: ""
        case .table(let table):
            table.columns.map { "\($0.name) \($0.text(row: row) ?? "missing")" }.joined(separator: ", ")
        case .texts(let texts): texts[row]
        case .ratings(let users, let items): "user \(users[row]), item \(items[row])"
        }
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
