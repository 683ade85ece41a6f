internal import Environments
public import FileFormats
internal import Foundation
internal import LinearAlgebra
internal import ReinforcementLearning
public import Simulation

/// Training an agent: one learner a seed, each evaluated at the end.
public struct TrainExperiment<Agent: TrainableAgent>: Experiment {
    /// How many episodes the trained agent is measured over.
    public static var evaluationEpisodes: Int { 100 }

    static var parametersFile: String { "parameters.safetensors" }
    /// The agent that a seed begins with, where the training goes on from another.
    static var initialFile: String { "initial.safetensors" }

    public private(set) var plan: RunPlan
    public let settings: Agent.Settings
    public let environment: EnvironmentSpecification
    private let initialAgents: [UInt64: Archive]

    /// - Parameters:
    ///   - recipe: tuned settings; nil for the algorithm's defaults.
    ///   - given: single settings, which override the recipe.
    /// - Throws: `ExperimentError` if a setting is unknown, has a wrong value, or does not fit the others.
    public init(
        _ environment: EnvironmentSpecification, seeds: [UInt64], recipe: Recipe? = nil,
        settings given: [GivenSetting] = []
    ) throws {
        try self.init(
            environment, seeds: seeds,
            SettingsLayers(defaults: Agent.defaults, algorithm: Agent.id, recipe: recipe, given: given))
    }

    /// The training that a run was begun with.
    ///
    /// - Throws: `ExperimentError` if a setting or file of the run is missing.
    init(of record: RunRecord, in folder: RunFolder) throws {
        var layers = try SettingsLayers(defaults: Agent.defaults, algorithm: Agent.id)
        try layers.apply(record.settings, from: record.name)
        var agents: [UInt64: Archive] = [:]
        for seed in record.seeds where folder.has(Self.initialFile, seed: seed) {
            agents[seed] = try folder.archive(Self.initialFile, seed: seed)
        }
        try self.init(Environments.named(record.subject.id), seeds: record.seeds, layers, startingFrom: agents)
    }

    /// A training that goes on from the agents which another one kept, with other settings, in the same environment or in
    /// one with the same spaces.
    ///
    /// - Parameters:
    ///   - seeds: nil for the parent's. A seed begins with the agent of the same seed, or with the parent's agents in turn.
    ///   - given: settings that override the parent's.
    /// - Throws: `ExperimentError` if the parent has no agents, or they do not fit the settings.
    init(
        continuing parent: RunRecord, in folder: RunFolder, environment: EnvironmentSpecification, seeds: [UInt64]?,
        settings given: [GivenSetting]
    ) throws {
        var layers = try SettingsLayers(defaults: Agent.defaults, algorithm: Agent.id)
        try layers.apply(parent.settings, from: parent.name, source: "run \(parent.name)")
        for setting in given { try layers.apply(setting) }
        let seeds = seeds ?? parent.seeds
        var agents: [UInt64: Archive] = [:]
        for (index, seed) in seeds.enumerated() {
            let source = parent.seeds.contains(seed) ? seed : parent.seeds[index % parent.seeds.count]
            agents[seed] = try folder.archive(Self.parametersFile, seed: source)
        }
        try self.init(environment, seeds: seeds, layers, startingFrom: agents)
        plan.lineage = Lineage(.continuation, of: parent)
    }

    private init(
        _ environment: EnvironmentSpecification, seeds: [UInt64], _ layers: SettingsLayers<Agent.Settings>,
        startingFrom agents: [UInt64: Archive] = [:]
    ) throws {
        let resolved = try layers.resolve(Agent.validate)
        settings = resolved.settings
        self.environment = environment
        initialAgents = agents
        plan = RunPlan(
            verb: "train",
            subject: .init(
                id: environment.id, title: environment.gymnasiumID ?? environment.id,
                solvedReturn: environment.solvedReturn),
            algorithm: Agent.id, seeds: seeds, settings: resolved.values, mainMetric: ("episodeReturn", "return"),
            evaluationMetric: .init("evaluationReturn", higherIsBetter: true))
        plan.startingFiles = try seeds.compactMap { seed in
            try agents[seed].map { ("seeds/\(seed)/\(Self.initialFile)", try $0.encoded()) }
        }
    }

    public func makeLearner(seed: UInt64) throws -> Agent {
        let agent = try Agent(settings, environment: environment, seed: seed, pool: .shared)
        guard let initial = initialAgents[seed] else { return agent }
        do {
            try agent.start(from: initial)
        } catch let error as FileFormatError {
            throw ExperimentError(
                .usage, "the agent of the earlier run does not fit: \(error)",
                advice: "keep its network's sizes and its environment's spaces")
        }
        return agent
    }

    public func conclude(
        _ work: Agent, seed: SeedProgress, isComplete: Bool
    ) throws -> Conclusion<TrainingSeedResult> {
        let study = isComplete ? try work.study(episodes: Self.evaluationEpisodes, seed: seed.seed) : nil
        let returns = study?.returns ?? []
        var parameters = Archive()
        work.saveTrained(into: &parameters)
        var drawing = TrainingDrawing(study, actionNames: environment.actionNames)
        if isComplete, let plane = environment.plane {
            let size = TrainingDrawing.mapSize
            drawing.map = .init(try work.probe(plane.grid(size)), plane, actionSpace: environment.actionSpace)
        }
        var archive = try drawing.archive()
        if isComplete {
            try [Baseline.randomActions(in: environment, episodes: Self.evaluationEpisodes, seed: seed.seed)]
                .save(into: &archive)
            let policy = try work.trainedPolicy()
            if let film = try environment.film(
                moments: EpisodeFigure.moments, seed: seed.seed, policy: .agent { policy.act(in: &$0) })
            {
                try archive.encode(EpisodeFigure.filmName, film)
            }
        }
        let result = TrainingSeedResult(
            seed: seed.seed, steps: seed.completed, seconds: seed.seconds,
            evaluationReturn: returns.isEmpty ? nil : .init(of: returns))
        return Conclusion(
            result, files: [(Self.parametersFile, try parameters.encoded())], drawing: archive)
    }

    public func evaluate(
        _ agent: Archive, of seed: UInt64, as request: EvaluationRequest
    ) throws -> [EvaluationSample] {
        let work = try Agent(settings, environment: environment, seed: seed, pool: .shared)
        try work.start(from: agent)
        return [
            EvaluationSample(
                "return", of: "episodes", try work.evaluate(episodes: request.episodes, seed: request.seed))
        ]
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
