import ArgumentParser
import Datasets
import Experiments
import FileFormats
import SupervisedLearning

struct Fit: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Fit a network that predicts classes or numbers.",
        discussion: """
            The kind of network and its settings are chosen from the data where nothing is said.

            Examples:
              fledge fit fashion-mnist --model cnn
              fledge fit digits --folds 5 --epochs 20 --set hiddenSizes=64,32
              fledge fit measurements.csv --target price --folds 5 --tune 20
              fledge fit reviews.csv --model text
              fledge fit ratings.csv --model factorization
              fledge fit new-measurements.csv --from measurements-fit
            """)

    @Argument(
        help: """
            The data: a name (`fledge datasets` lists them), a table, arrays (.npy, .npz), IDX files, or a folder of \
            PNG images or texts with a folder for each class.
            """,
        completion: CompletionNames.dataset)
    var data: String

    @Option(help: "The column to predict, of a table (default: the one called label, class or target, else the last).")
    var target: String?

    @Option(
        help: "classification or regression (default: by the values of the target).",
        transform: { try choice($0, of: RawDataset.Options.Task.self) })
    var task: RawDataset.Options.Task?

    @Option(
        help: "mlp, linear, cnn, text or factorization (default: by the data).",
        transform: { try choice($0, of: ModelKind.self) })
    var model: ModelKind?

    @Option(help: "How many times every row is seen (default: by the number of rows).")
    var epochs: Int?

    @Option(help: "In how many parts the rows are divided, of which each is predicted by a fit to the others.")
    var folds: Int?

    @Option(help: ArgumentHelp("How many settings are tried.", valueName: "trials"))
    var tune: Int?

    @Option(
        help: ArgumentHelp(
            "What --tune searches; may be repeated: learningRate=1e-4..1e-2, activation=relu|tanh.",
            valueName: "key=range"))
    var search: [String] = []

    @Flag(help: "Let each fold choose settings of its own, so that its rows have no part in their choice.")
    var nested = false

    @Option(
        help: ArgumentHelp("Keep rows of equal values in this column on one side of every split.", valueName: "column"))
    var groups: String?

    @Option(help: ArgumentHelp("Test on the last rows by this column.", valueName: "column"))
    var time: String?

    @Option(
        help: ArgumentHelp(
            "Go on from this run's model, or a model file, and keep it unless the new one is better.",
            valueName: "model"), completion: CompletionNames.run)
    var from: String?

    @Flag(
        name: .customLong("find-rate"),
        help: "Look for a learning rate by a short training whose rate rises at every step, and print it; no fit.")
    var findsRate = false

    @Option(name: .shortAndLong, help: ArgumentHelp("Where --find-rate draws its figure.", valueName: "file"))
    var output: String?

    @Option(help: "The first seed.")
    var seed: UInt64 = 1

    @Option(help: "How many fits are made that differ in their seed only.")
    var seeds = 1

    @OptionGroup var flags: RunFlags

    func run() throws {
        var settings = try flags.settings(
            of: AlgorithmNames.fitting, ("epochs", epochs), ("folds", folds))
        func set(_ name: String, _ words: String?, flag: String) {
            if let words { settings.append(GivenSetting(name, words, source: "flag --\(flag)")) }
        }
        set("trials", tune.map(String.init), flag: "tune")
        set("searchSpace", search.isEmpty ? nil : JSONWords.list(search), flag: "search")
        set("nested", nested ? "true" : nil, flag: "nested")
        set("groups", groups, flag: "groups")
        set("time", time, flag: "time")
        let earlier = try from.map { try StoredModel(named: $0) }
        if findsRate {
            let subject = try FitSubject(named: data, options: options)
            try findRate(FitExperiment(subject, model: model, seed: seed, settings: settings))
            return
        }
        try flags.carryOut {
            let subject = try FitSubject(named: data, options: earlier?.options(options) ?? options)
            let experiment = try FitExperiment(
                subject, model: model, seed: seed, seedCount: seeds, settings: settings,
                from: earlier.map { ($0.network, $0.lineage) })
            if !flags.driving.quiet, !flags.isDry {
                for note in experiment.notes + [experiment.choice] { Terminal.message(note + "\n") }
            }
            return experiment
        }
    }

    private func findRate(_ experiment: FitExperiment) throws {
        if let output { _ = try FigureFile(of: output) }
        let study = try LearningRateStudy(of: experiment, seed: seed)
        if let output {
            let command = ["fledge"] + CommandLine.arguments.dropFirst()
            try FigureFile.write(study.figure(command: command), to: output)
        }
        if flags.driving.json {
            Terminal.output(try JSONLines.line(study.range))
        } else {
            Terminal.output(study.headline + "\n")
        }
    }

    private var options: RawDataset.Options {
        RawDataset.Options(
            target: target.map { .named($0) } ?? .automatic, task: task,
            layout: model == .factorization ? .ratings : model == .text ? .texts : .automatic)
    }
}

/// One of a few words.
private func choice<Choice: RawRepresentable & CaseIterable>(
    _ word: String, of type: Choice.Type
) throws -> Choice where Choice.RawValue == String {
    if let choice = Choice(rawValue: word) { return choice }
    let words = Choice.allCases.map(\.rawValue)
    throw ValidationError("'\(word)' is none of \(words.joined(separator: ", "))")
}

/// Words from the command line as a setting takes them.
enum JSONWords {
    /// A list of texts.
    static func list(_ words: [String]) -> String {
        "["
            + words.map { "\"" + $0.replacingOccurrences("\\", "\\\\").replacingOccurrences("\"", "\\\"") + "\"" }
            .joined(separator: ",") + "]"
    }
}

extension String {
    fileprivate func replacingOccurrences(_ part: String, _ other: String) -> String {
        split(separator: part, omittingEmptySubsequences: false).joined(separator: other)
    }
}
