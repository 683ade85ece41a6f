internal import FileFormats
public import Simulation

/// A reinforcement-learning algorithm by its name, with its type put away.
public struct TrainingAlgorithm: Sendable {
    /// What a run of it is asked for.
    public struct Request: Sendable {
        public var environment: EnvironmentSpecification
        /// nil for seed 1, or for those of the parent.
        public var seeds: [UInt64]?
        /// How many steps to train for; nil for what the recipe or the defaults say.
        public var steps: Int?
        public var recipe: Recipe?
        public var settings: [GivenSetting]
        /// The run whose agents and settings the training goes on from; it takes no recipe then.
        public var parent: RunFolder?

        public init(
            environment: EnvironmentSpecification, seeds: [UInt64]? = nil, steps: Int? = nil, recipe: Recipe? = nil,
            settings: [GivenSetting] = [], parent: RunFolder? = nil
        ) {
            self.environment = environment
            self.seeds = seeds
            self.steps = steps
            self.recipe = recipe
            self.settings = settings
            self.parent = parent
        }
    }

    public let id: String
    public let title: String
    /// The settings that a run begins with where no recipe says otherwise.
    let defaults: [String: SettingValue]?
    private let requested: @Sendable (Request) throws -> any Experiment
    private let recorded: @Sendable (RunRecord, RunFolder) throws -> any Experiment

    /// The training that is asked for, its settings resolved.
    public func experiment(_ request: Request) throws -> any Experiment { try requested(request) }

    /// The training that a run was begun with.
    func experiment(of record: RunRecord, in folder: RunFolder) throws -> any Experiment {
        try recorded(record, folder)
    }

    /// Resolves the settings and runs the experiment.
    public func run(_ request: Request, with driver: ExperimentDriver) throws -> RunReport {
        try driver.run(experiment(request))
    }

    init<Agent: TrainableAgent>(_ agent: Agent.Type) {
        id = Agent.id
        title = Agent.title
        defaults = DefaultSettings.values(of: Agent.defaults)
        requested = { request in
            let steps = request.steps.map { [GivenSetting(Agent.stepsSetting, "\($0)", source: "flag --steps")] } ?? []
            if let parent = request.parent {
                return try TrainExperiment<Agent>(
                    continuing: parent.record(), in: parent, environment: request.environment, seeds: request.seeds,
                    settings: request.settings + steps)
            }
            return try TrainExperiment<Agent>(
                request.environment, seeds: request.seeds ?? [1], recipe: request.recipe,
                settings: request.settings + steps)
        }
        recorded = { try TrainExperiment<Agent>(of: $0, in: $1) }
    }

    /// The algorithm of this name; case does not count.
    ///
    /// - Throws: `ExperimentError` if there is none, suggesting the nearest.
    public static func named(_ name: String) throws -> TrainingAlgorithm {
        if let algorithm = all.first(where: { $0.id == name.lowercased() }) { return algorithm }
        let known = all.map(\.id)
        throw ExperimentError.unknown(
            "algorithm", name, known: known, nearest: nearestName(to: name, among: known))
    }
}
