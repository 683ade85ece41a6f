import ArgumentParser
import Environments
import Experiments
import FileFormats
import Simulation

struct Train: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Train an agent in an environment.",
        discussion: """
            Examples:
              fledge train cart-pole
              fledge train CartPole-v1 --seeds 4 --steps 50000
              fledge train pendulum --recipe zoo --set learningRate=3e-4 --name first-try
              fledge train cart-pole --settings mine.yml --dry-run
              fledge train --from first-try --steps 200000
            """)

    @Argument(
        help: "The environment: `fledge environments` lists them (default with --from: that of the run).",
        completion: CompletionNames.environment)
    var environment: String?

    @Option(
        name: .customLong("from"),
        help: ArgumentHelp(
            "Go on from the agents of a run, with its settings where no others are given.", valueName: "run"),
        completion: CompletionNames.run)
    var parent: String?

    @Option(help: "The algorithm.", completion: CompletionNames.algorithm)
    var algorithm: String?

    @Option(
        help: ArgumentHelp(
            "Tuned settings: zoo, cleanrl, or a file, also one of rl-baselines3-zoo (default: zoo, if there is one).",
            valueName: "name or file"),
        completion: CompletionNames.recipe)
    var recipe: String?

    @Option(help: "Environment steps, exactly (default: the recipe's).")
    var steps: Int?

    @Option(help: "How many seeds to train, at once (default: 1; with --from as many as the run has).")
    var seeds: Int?

    @Option(help: "The first seed (default: 1; with --from that of the run).")
    var seed: UInt64?

    @OptionGroup var flags: RunFlags

    func run() throws {
        let (algorithm, request) = try parent.map { try continuation(of: RunFolder(existing: $0)) } ?? beginning()
        try flags.carryOut { try algorithm.experiment(request) }
    }

    /// A training that begins with fresh agents.
    private func beginning() throws -> (TrainingAlgorithm, TrainingAlgorithm.Request) {
        guard let name = environment else {
            throw ExperimentError(
                .usage, "no environment is given", advice: "`fledge environments` lists those that there are")
        }
        let environment = try Environments.named(name)
        let standard = environment.recipes.contains { $0.key == "zoo" } ? "zoo" : nil
        let recipe = try (recipe ?? standard).map { try Recipe(named: $0, for: environment) }
        let file = try flags.file()
        let algorithm = try TrainingAlgorithm.named(
            algorithm ?? file?.algorithm ?? recipe?.algorithm ?? "ppo")
        if let other = recipe?.algorithm, other != algorithm.id {
            throw ExperimentError(.usage, "the recipe is for \(other), not for \(algorithm.id)")
        }
        return (
            algorithm,
            .init(
                environment: environment, seeds: try RunPlan.seeds(from: seed ?? 1, count: seeds ?? 1), steps: steps,
                recipe: recipe, settings: try flags.settings(of: algorithm.id, in: file))
        )
    }

    /// A training that goes on from the agents of another.
    private func continuation(of parent: RunFolder) throws -> (TrainingAlgorithm, TrainingAlgorithm.Request) {
        let record = try parent.record()
        guard record.verb == "train" else {
            throw ExperimentError(
                .usage, "the run \(record.name) has no agents: it came from `fledge \(record.verb)`",
                advice: "name a run of `fledge train`")
        }
        guard recipe == nil, algorithm == nil || algorithm?.lowercased() == record.algorithm else {
            throw ExperimentError(
                .usage, "--from takes algorithm and settings from the run", advice: "give single settings with --set")
        }
        let first = seed ?? record.seeds[0]
        let seeds =
            seeds == nil && seed == nil
            ? nil : try RunPlan.seeds(from: first, count: seeds ?? record.seeds.count)
        return (
            try TrainingAlgorithm.named(record.algorithm),
            .init(
                environment: try Environments.named(environment ?? record.subject.id), seeds: seeds, steps: steps,
                settings: try flags.settings(of: record.algorithm), parent: parent)
        )
    }
}
