internal import FileFormats
public import Simulation

/// A reinforcement-learning algorithm by its name, with its type put away.
public struct TrainingAlgorithm: Sendable {
    /// What a run of it is asked for.
    public struct Request: Sendable {
        public var environment: EnvironmentSpecification
        public var seeds: [UInt64]
        public var steps: Int?
        public var recipe: Recipe?
        public var assignments: [(name: String, value: String)]

        public init(
            environment: EnvironmentSpecification, seeds: [UInt64], steps: Int? = nil, recipe: Recipe? = nil,
            assignments: [(name: String, value: String)] = []
        ) {
            self.environment = environment
            self.seeds = seeds
            self.steps = steps
            self.recipe = recipe
            self.assignments = assignments
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
            try driver.run(
                try TrainExperiment<Agent>(
                    request.environment, seeds: request.seeds, steps: request.steps, recipe: request.recipe,
                    assignments: request.assignments))
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
