import ArgumentParser
import Datasets
import Experiments

struct Cluster: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Group the rows of a data set by k-means.",
        discussion: """
            Examples:
              fledge cluster fashion-mnist --clusters 10
              fledge cluster digits --clusters 10 --restarts 10 --seed 3
              fledge cluster measurements.csv --clusters 4
            """)

    @Argument(
        help: "The data set: a name (`fledge datasets` lists them) or the path of a table.",
        completion: CompletionNames.dataset)
    var data: String

    @Option(help: "The number of clusters (default: 8).")
    var clusters: Int?

    @Option(help: "How often to start anew; the best clustering is kept (default: 1).")
    var restarts: Int?

    @Option(help: "The seed.")
    var seed: UInt64 = 1

    @OptionGroup var flags: RunFlags

    func run() throws {
        let settings = try flags.settings(
            of: AlgorithmNames.clustering, ("clusters", clusters), ("restarts", restarts))
        try flags.carryOut {
            try ClusterExperiment(DataSubject(named: data, target: .marked), seed: seed, settings: settings)
        }
    }
}
