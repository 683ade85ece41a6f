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
            """)

    @Argument(help: "The environment: `fledge environments` lists them.")
    var environment: String

    @Option(help: "The algorithm.")
    var algorithm: String?

    @Option(
        help:
            "Tuned settings: zoo, cleanrl, or the path of a file, also one of rl-baselines3-zoo (default: zoo, where there is one)."
    )
    var recipe: String?

    @Option(help: "Environment steps, exactly (default: the recipe's).")
    var steps: Int?

    @Option(help: "How many seeds to train, at once.")
    var seeds = 1

    @Option(help: "The first seed.")
    var seed: UInt64 = 1

    @OptionGroup var flags: RunFlags

    func run() throws {
        let environment = try Environments.named(environment)
        let standard = environment.recipes.contains { $0.key == "zoo" } ? "zoo" : nil
        let recipe = try (recipe ?? standard).map { try Recipe(named: $0, for: environment) }
        let file = try flags.file()
        let algorithm = try TrainingAlgorithm.named(
            algorithm ?? file?.algorithm ?? recipe?.algorithm ?? "ppo")
        if let other = recipe?.algorithm, other != algorithm.id {
            throw ExperimentError(.usage, "the recipe is for \(other), not for \(algorithm.id)")
        }
        let request = TrainingAlgorithm.Request(
            environment: environment, seeds: try RunPlan.seeds(from: seed, count: seeds), steps: steps,
            recipe: recipe, settings: try flags.settings(of: algorithm.id, in: file))
        try flags.drive { try algorithm.run(request, with: $0) }
    }
}
