internal import Environments
internal import FileFormats
internal import LinearAlgebra
internal import ReinforcementLearning
public import Simulation

/// The agent that a run has stored, ready to act.
public struct TrainedAgent: Sendable {
    public let environment: EnvironmentSpecification
    let policy: TrainedPolicy
    /// A seed of environments that the run did not use.
    public let unusedSeed: UInt64

    /// Writes the likeliest action of each lane at step 0 of `rollout`, whose row 0 of observations is what is to be seen.
    public func act(in rollout: inout Rollout) { policy.act(in: &rollout) }
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
