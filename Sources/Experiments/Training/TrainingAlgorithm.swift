internal import FileFormats
public import Simulation

/// A reinforcement-learning algorithm by its name, with its type put away.
public struct TrainingAlgorithm: Sendable {
    /// What a run of it is asked for.
    public struct Request: Sendable {
        public var environment: EnvironmentSpecification
        public var seeds: [UInt64]
        /// How many steps to train for; nil for what the recipe or the defaults say.
        public var steps: Int?
        public var recipe: Recipe?
        public var settings: [GivenSetting]

        public init(
            environment: EnvironmentSpecification, seeds: [UInt64], steps: Int? = nil, recipe: Recipe? = nil,
            settings: [GivenSetting] = []
        ) {
            self.environment = environment
            self.seeds = seeds
            self.steps = steps
            self.recipe = recipe
            self.settings = settings
        }
    }

    public let id: String
    public let title: String
    private let runner: @Sendable (Request, ExperimentDriver) throws -> RunReport

    /// Resolves the settings and runs the experiment.
    public func run(_ request: Request, with driver: ExperimentDriver) throws -> RunReport {
        try runner(request, driver)
    }

    init<Agent: TrainableAgent>(_ agent: Agent.Type) {
        id = Agent.id
        title = Agent.title
        runner = { request, driver in
            let steps = request.steps.map { [GivenSetting(Agent.stepsSetting, "\($0)", source: "flag --steps")] } ?? []
            return try driver.run(
                try TrainExperiment<Agent>(
                    request.environment, seeds: request.seeds, recipe: request.recipe,
                    settings: request.settings + steps))
        }
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
