import ArgumentParser
import Datasets
import Experiments

struct Encode: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Compress the rows of a data set by an autoencoder.",
        discussion: """
            Examples:
              fledge encode fashion-mnist --code 64
              fledge encode digits --code 2 --epochs 50 --set hiddenSizes=128,32
            """)

    @Argument(
        help: "The data set: a name (`fledge datasets` lists them) or the path of a table.",
        completion: CompletionNames.dataset)
    var data: String

    @Option(help: "How many numbers a row is compressed to (default: 64).")
    var code: Int?

    @Option(help: "How many times every row is seen (default: 5).")
    var epochs: Int?

    @Option(help: "The seed.")
    var seed: UInt64 = 1

    @OptionGroup var flags: RunFlags

    func run() throws {
        let own = [code.map { GivenSetting("codeSize", "\($0)", source: "flag --code") }].compactMap(\.self)
        let settings = try flags.settings(of: AlgorithmNames.encoding, ("epochs", epochs)) + own
        try flags.carryOut {
            try EncodeExperiment(DataSubject(named: data, target: .marked), seed: seed, settings: settings)
        }
    }
}
