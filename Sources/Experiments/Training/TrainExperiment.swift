internal import Environments
internal import FileFormats
internal import Foundation
internal import LinearAlgebra
internal import ReinforcementLearning
public import Simulation

/// Training an agent: one learner a seed, each evaluated at the end.
public struct TrainExperiment<Agent: TrainableAgent>: Experiment {
    /// How many episodes the trained agent is measured over.
    public static var evaluationEpisodes: Int { 100 }

    public let plan: RunPlan
    public let settings: Agent.Settings
    public let environment: EnvironmentSpecification

    /// - Parameters:
    ///   - recipe: tuned settings; nil for the algorithm's defaults.
    ///   - given: single settings, which override the recipe.
    /// - Throws: `ExperimentError` if a setting is unknown, has a wrong value, or does not fit the others.
    public init(
        _ environment: EnvironmentSpecification, seeds: [UInt64], recipe: Recipe? = nil,
        settings given: [GivenSetting] = []
    ) throws {
        let resolved = try SettingsLayers(
            defaults: Agent.defaults, algorithm: Agent.id, recipe: recipe, given: given
        ).resolve(
            Agent.validate)
        settings = resolved.settings
        self.environment = environment
        plan = RunPlan(
            verb: "train",
            subject: .init(
                id: environment.id, title: environment.gymnasiumID ?? environment.id,
                solvedReturn: environment.solvedReturn),
            algorithm: Agent.id, seeds: seeds, settings: resolved.values, mainMetric: ("episodeReturn", "return"))
    }

    public func makeLearner(seed: UInt64) throws -> Agent {
        try Agent(settings, environment: environment, seed: seed, pool: .shared)
    }

    public func conclude(
        _ work: Agent, seed: SeedProgress, isComplete: Bool
    ) throws -> Conclusion<TrainingSeedResult> {
        let returns = isComplete ? try work.evaluate(episodes: Self.evaluationEpisodes, seed: seed.seed) : []
        var parameters = Archive()
        work.saveTrained(into: &parameters)
        var drawing = Archive()
        drawing.set(TrainingFigure.evaluationName, returns)
        if isComplete {
            try [Baseline.randomActions(in: environment, episodes: Self.evaluationEpisodes, seed: seed.seed)]
                .save(into: &drawing)
            let policy = try work.trainedPolicy()
            if let film = environment.film(
                moments: EpisodeFigure.moments, seed: seed.seed, act: { policy.act(in: &$0) })
            {
                try drawing.encode(EpisodeFigure.filmName, film)
            }
        }
        let result = TrainingSeedResult(
            seed: seed.seed, steps: seed.completed, seconds: seed.seconds,
            evaluationReturn: returns.isEmpty ? nil : .init(of: returns))
        return Conclusion(
            result, files: [("parameters.safetensors", try parameters.encoded())], drawing: drawing)
    }

    public func result(of seeds: [TrainingSeedResult]) -> any Encodable & Sendable { ["seeds": seeds] }
}

/// What the training of one seed came to.
public struct TrainingSeedResult: Codable, Sendable, Equatable {
    public let seed: UInt64
    /// Environment steps.
    public let steps: Int
    /// The time that training took, without evaluation.
    public let seconds: Double
    /// nil for an interrupted training.
    public let evaluationReturn: EvaluationReturn?

    public struct EvaluationReturn: Codable, Sendable, Equatable {
        public let mean: Double
        /// Over episodes, dividing by their number.
        public let standardDeviation: Double
        public let episodes: Int

        init(of returns: [Double]) {
            episodes = returns.count
            let mean = returns.reduce(0, +) / Double(returns.count)
            self.mean = mean
            standardDeviation =
                (returns.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(returns.count)).squareRoot()
        }
    }
}
