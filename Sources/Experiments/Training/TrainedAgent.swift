internal import Environments
internal import FileFormats
public import ReinforcementLearning
public import Simulation

/// The agent that a run has stored, ready to act.
public struct TrainedAgent: Sendable {
    public let environment: EnvironmentSpecification
    public let policy: TrainedPolicy
    /// A seed of environments that the run did not use.
    public let unusedSeed: UInt64
}

/// An experiment whose outcome acts in an environment.
protocol AgentExperiment {
    var environment: EnvironmentSpecification { get }

    /// The agent that `saveTrained` wrote, as a policy.
    func policy(of agent: Archive, seed: UInt64) throws -> TrainedPolicy
}

extension TrainExperiment: AgentExperiment {
    func policy(of agent: Archive, seed: UInt64) throws -> TrainedPolicy {
        let work = try Agent(settings, environment: environment, seed: seed, pool: .shared)
        try work.start(from: agent)
        return try work.trainedPolicy()
    }
}

extension RunFolder {
    /// The agent of the run's first seed.
    ///
    /// - Throws: `ExperimentError` if the run trained none, or has not stored it yet.
    public func trainedAgent() throws -> TrainedAgent {
        let record = try record()
        guard let experiment = try experiment() as? any AgentExperiment, let seed = record.seeds.first else {
            throw ExperimentError(
                .usage, "\(record.name) trained no agent: it is a run of `fledge \(record.verb)`",
                advice: "take a run of `fledge train`")
        }
        do {
            return TrainedAgent(
                environment: experiment.environment,
                policy: try experiment.policy(of: archive("parameters.safetensors", seed: seed), seed: seed),
                unusedSeed: (record.seeds.max() ?? 0) + 1)
        } catch let error as FileFormatError {
            throw ExperimentError(.badData, "\(error)")
        }
    }
}
