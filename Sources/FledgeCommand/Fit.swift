import ArgumentParser
import Datasets
import Experiments

struct Fit: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Fit a network that predicts classes or numbers.",
        discussion: """
            Examples:
              fledge fit fashion-mnist
              fledge fit digits --epochs 20 --set hiddenSizes=64,32
              fledge fit measurements.csv --target price
            """)

    @Argument(
        help: "The data set: a name (`fledge datasets` lists them) or the path of a table.",
        completion: CompletionNames.dataset)
    var data: String

    @Option(help: "The column to predict, of a table (default: the one called label, class or target, else the last).")
    var target: String?

    @Option(help: "How many times every row is seen (default: 5).")
    var epochs: Int?

    @Option(help: "The seed.")
    var seed: UInt64 = 1

    @OptionGroup var flags: RunFlags

    func run() throws {
        let settings = try flags.settings(of: AlgorithmNames.fitting, ("epochs", epochs))
        try flags.carryOut {
            let subject = try DataSubject(named: data, target: target.map { .named($0) } ?? .automatic)
            return try FitExperiment(subject, seed: seed, settings: settings)
        }
    }
}
