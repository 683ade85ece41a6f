import ArgumentParser
import Environments
import Experiments
import Simulation

/// What an environment's name or a run's, with `--policy`, asks to be played, and by whom.
struct EpisodePolicyChoice {
    let environment: EnvironmentSpecification
    let policy: EpisodePolicy
    /// Who plays, in words.
    let player: String
    /// A seed whose episodes the agent did not learn from.
    let defaultSeed: UInt64

    /// - Parameters:
    ///   - subject: an environment, or a run that trained an agent.
    ///   - policy: "random", "heuristic" or a run; nil for the run's own agent, else for the heuristic where the task has one.
    /// - Throws: `UnknownEnvironment`, or `ExperimentError` if a run is not there, or has no agent for the environment.
    init(subject: String, policy name: String?) throws {
        let folder = try? RunFolder(existing: subject)
        if let folder, (try? Environments.named(subject)) == nil {
            let agent = try folder.trainedAgent()
            environment = agent.environment
            defaultSeed = agent.unusedSeed
            switch name {
            case nil: (policy, player) = (.agent { agent.act(in: &$0) }, subject)
            case let name?: (policy, player) = try Self.policy(name, in: agent.environment)
            }
            return
        }
        environment = try Environments.named(subject)
        defaultSeed = 1
        let hasHeuristic = environment.task is any HeuristicEnvironment
        (policy, player) = try Self.policy(name ?? (hasHeuristic ? "heuristic" : "random"), in: environment)
    }

    private static func policy(
        _ name: String, in environment: EnvironmentSpecification
    ) throws -> (EpisodePolicy, String) {
        switch name {
        case "random": return (.random, "random actions")
        case "heuristic":
            guard environment.task is any HeuristicEnvironment else {
                throw ExperimentError(
                    .usage, "\(environment.id) knows no policy of its own",
                    advice: "take --policy random, or a run that trained an agent")
            }
            return (.heuristic, "its heuristic")
        default:
            let agent = try RunFolder(existing: name).trainedAgent()
            guard agent.environment.observationSpace == environment.observationSpace,
                agent.environment.actionSpace == environment.actionSpace
            else {
                throw ExperimentError(
                    .usage, "the agent of \(name) was trained on \(agent.environment.id), which has other spaces",
                    advice: "take a run on \(environment.id)")
            }
            return (.agent { agent.act(in: &$0) }, name)
        }
    }
}
