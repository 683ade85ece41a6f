import ArgumentParser
import Experiments

struct Predict: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Predict classes or numbers by a fitted model.",
        discussion: """
            The data need the columns that the model was fitted to, under the same names; others are passed over. A \
            missing column or an unknown category is an error that names the line. Columns that are spread otherwise \
            than in the rows that the model learned from are warned of.

            Examples:
              fledge predict measurements-fit new-measurements.csv
              fledge predict model.safetensors new.csv -o predictions.csv
              fledge predict digits-fit digits --json
            """)

    @Argument(
        help: "The run whose model predicts, or a model file (a run's is seeds/1/parameters.safetensors).",
        completion: CompletionNames.run)
    var model: String

    @Argument(help: "The data, as `fledge fit` takes them.", completion: CompletionNames.dataset)
    var data: String

    @Option(
        name: .shortAndLong, help: ArgumentHelp("Where to write the CSV (default: to the terminal).", valueName: "file")
    )
    var output: String?

    @Option(help: "Whose model of the run predicts (default: that of the first seed).")
    var seed: UInt64?

    @Flag(help: "Print the predictions as one JSON object.")
    var json = false

    func run() throws {
        let predictions = try Predictions(of: data, by: StoredModel(named: model, seed: seed))
        for warning in predictions.warnings { Terminal.message("warning: \(warning)\n") }
        let text = json ? try predictions.json() + "\n" : predictions.csv
        guard let output else { return Terminal.output(text) }
        try predictions.write(text, to: output)
        Terminal.message("\(predictions.rowCount) predictions written to \(output)\n")
    }
}
