import ArgumentParser
import Experiments

struct Evaluate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measure a run's agents or model on what they have not learned from.",
        discussion: """
            Agents play episodes in environments of a seed that the run did not use; models are measured on the test \
            part of their data. Each mean comes with its 95 % bootstrap interval.

            Examples:
              fledge evaluate cart-pole-ppo-1 --episodes 1000
              fledge evaluate fashion-mnist-fit-1 --json
            """)

    @Argument(
        help: ArgumentHelp("The run, by name or folder.", valueName: "run"), completion: CompletionNames.run)
    var nameOrFolder: String

    @Option(help: "How many episodes an agent plays.")
    var episodes = 100

    @Option(help: "The seed of the environments (default: one that the run did not use).")
    var seed: UInt64?

    @OptionGroup var flags: ListingFlags

    func run() throws {
        let evaluation = try RunFolder(existing: nameOrFolder).evaluate(episodes: episodes, seed: seed)
        guard !flags.json else { return Terminal.output(try evaluation.json() + "\n") }
        let rows = evaluation.metrics.flatMap { metric in
            metric.seeds.map { row(metric.name, "\($0.seed)", $0.estimate, metric.items) }
                + (metric.overSeeds.map { [row(metric.name, "all", $0, "seeds")] } ?? [])
        }
        let titles = ["measured", "seed", "mean", "95 % interval", "over"]
        let table = FittedTable(titles.indices.map { column in .init(titles[column], rows.map { $0[column] }) })
        Terminal.output(table.text(width: Terminal.outputWidth))
    }

    private func row(
        _ name: String, _ seed: String, _ estimate: StoredEvaluation.Estimate, _ items: String
    ) -> [String] {
        [
            name, seed, Numbers.short(estimate.mean),
            "\(Numbers.short(estimate.lower)) to \(Numbers.short(estimate.upper))",
            "\(Numbers.grouped(estimate.count)) \(items)",
        ]
    }
}
