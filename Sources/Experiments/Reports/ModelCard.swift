internal import FileFormats
internal import Plotting

/// What a run's folder says about itself to someone who finds it: a README.md as Hugging Face lays out model cards, with
/// the results for programs in a YAML head and everything for people below.
public struct ModelCard: Sendable {
    /// The name of its file in a run's folder.
    static let file = "README.md"

    private let run: StoredRun
    private let words: RunWords
    private let results: [RunResult]

    public init(of run: StoredRun) {
        self.run = run
        words = RunWords(run)
        results = RunResult.all(of: run)
    }

    private var record: RunRecord { run.record }

    /// The whole card.
    public var markdown: String {
        head + "\n" + String(decoding: MarkdownPage.write(page), as: UTF8.self)
    }

    // MARK: Head

    /// What Hugging Face calls this kind of work.
    private var task: String {
        switch record.verb {
        case "train": "reinforcement-learning"
        case "cluster": "clustering"
        case "encode": "feature-extraction"
        case "fit": results.first?.measure == .accuracy ? "tabular-classification" : "tabular-regression"
        default: record.verb
        }
    }

    private static func metric(_ measure: Baseline.Measure) -> String {
        switch measure {
        case .meanReturn: "mean_reward"
        case .accuracy: "accuracy"
        case .loss: "loss"
        case .explainedVariance: "explained_variance"
        case .meanSquaredError: "mse"
        }
    }

    /// Names come from outside: every text is quoted, as JSON is, which YAML includes.
    private var head: String {
        func quoted(_ text: String) -> String { JSONValue.quoted(text) }
        var lines = ["---", "library_name: fledge", "pipeline_tag: \(quoted(task))", "tags:"]
        for tag in [task, record.algorithm, record.subject.id, record.subject.title].uniqued {
            lines.append("- \(quoted(tag))")
        }
        guard !results.isEmpty else { return (lines + ["---", ""]).joined(separator: "\n") }
        lines += [
            "model-index:", "- name: \(quoted(record.name))", "  results:", "  - task:", "      type: \(quoted(task))",
            "    dataset:", "      name: \(quoted(record.subject.title))", "      type: \(quoted(record.subject.id))",
            "    metrics:",
        ]
        for result in results {
            lines += [
                "    - type: \(Self.metric(result.measure))", "      name: \(quoted(result.name))",
                "      value: \(result.value.isFinite ? "\(result.value)" : ".nan")",
            ]
        }
        return (lines + ["---", ""]).joined(separator: "\n")
    }

    // MARK: Body

    private var page: ReportPage {
        ReportPage(
            title: record.name, subtitle: Prose(words.headline + "."),
            sections: [
                ReportSection("what", "What it is", what), ReportSection("results", "Results", resultBlocks),
                ReportSection("limits", "Limits", [.list(words.limits)]),
                ReportSection("use", "How to use it", use),
            ])
    }

    private var what: [ReportBlock] {
        let changed = DefaultSettings.changed(in: record)
        let settings = changed.map { name -> [Prose] in
            [
                "\(code: name)", Prose(record.settings[name]?.value.description ?? ""),
                Prose(record.settings[name]?.source ?? ""),
            ]
        }
        return words.done.map { .paragraph($0) }
            + (settings.isEmpty
                ? [.paragraph("All settings have their default values.")]
                : [.table(ReportTable(["setting", "value", "from"], settings, numbers: [1]))])
    }

    private var resultBlocks: [ReportBlock] {
        guard !results.isEmpty else { return [.paragraph("None yet: the run did not come to its end.")] }
        let rows = results.flatMap { result -> [[Prose]] in
            let own: [Prose] = [
                Prose(result.name), "\(strong: result.text(result.value))", Prose(result.interval ?? ""),
                Prose([result.statistic, result.bounds].compactMap(\.self).joined(separator: "; ")),
            ]
            return [own]
                + result.baselines.map { baseline in
                    [
                        Prose("— \(baseline.name)"), Prose(result.text(baseline.value)),
                        Prose(
                            baseline.lower.flatMap { lower in
                                baseline.upper.map { "\(result.text(lower)) – \(result.text($0))" }
                            } ?? ""), Prose(baseline.note ?? ""),
                    ]
                }
        }
        return [.table(ReportTable(["", "value", "interval", "how"], rows, numbers: [1, 2]))]
    }

    private var use: [ReportBlock] {
        let name = Escaping.shell(record.name)
        let file = "seeds/\(record.seeds.first ?? 1)/parameters.safetensors"
        let holds: Prose =
            switch record.verb {
            case "train":
                "\(code: file) holds the networks of an agent and, where there is one, its normalizer of observations; there is one such file for each seed."
            case "cluster": "\(code: file) holds the centroids, a row each."
            case "encode":
                "\(code: file) holds encoder, decoder and the scale of the features: \(code: "AutoencoderNetwork(restoring:)") reads it."
            default:
                "\(code: file) holds the network and the scales of features and values: \(code: "FittedNetwork(restoring:)") reads it."
            }
        return [
            .commands([
                "fledge evaluate \(name)   # measures it again, on fresh episodes or the test rows",
                "fledge report \(name)     # a page to send on",
                "fledge rerun \(name)      # does all of it again",
            ]),
            .paragraph(holds),
            .paragraph(
                "Made with Fledge \(record.versions.fledge)\(record.sourceRevision.map { ", revision \($0.prefix(12))" } ?? "") on \(words.date); \(code: "run.json") has everything else."
            ),
        ]
    }
}

extension [String] {
    /// Each once, in the order of their first.
    fileprivate var uniqued: [String] {
        var seen: Set<String> = []
        return filter { seen.insert($0).inserted }
    }
}
