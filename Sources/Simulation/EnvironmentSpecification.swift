public import LinearAlgebra

/// A task under a name, with what algorithms and reports have to know about it, made as
/// `any VectorizedEnvironment`.
public struct EnvironmentSpecification: Sendable {
    /// In lower case with hyphens: "cart-pole"; with changed constants "cart-pole:poleMass=0.2".
    public let id: String
    /// What Gymnasium calls the same task: "CartPole-v1".
    public let gymnasiumID: String?
    /// Other names that the task goes by: "Taxi-v3".
    public let aliases: [String]
    /// One line for lists.
    public let summary: String
    public let observationSpace: Space
    public let actionSpace: Space
    public let hasActionMask: Bool
    /// 1, or 2 for a game whose players move by turns.
    public let playerCount: Int
    /// The step at which an episode is truncated; nil for none.
    public let stepLimit: Int?
    /// The mean return at which the task's source calls it solved.
    public let solvedReturn: Double?
    /// The mean return of uniformly random actions, as measured; nil where episodes need not end.
    public let randomReturn: Double?
    /// The best mean return that is known: what is optimal, or what was reached.
    public let bestReturn: Double?
    /// What the choices of a discrete action space are ("push left"), or the components of another ("torque, N·m").
    public let actionNames: [String]
    /// A plane through the observations to draw policies on; nil for none.
    public let plane: ObservationPlane?
    /// Tuned settings of algorithms by name, as JSON.
    public let recipes: KeyValuePairs<String, [UInt8]>
    /// The bare task, in no particular state.
    public let task: any Environment

    @usableFromInline let makeBatch: @Sendable (Int, UInt64, String, WorkerPool) -> any VectorizedEnvironment

    /// - Parameter task: the bare task, without `TimeLimit`.
    @inlinable
    public init<Task: Environment>(
        id: String, gymnasiumID: String? = nil, aliases: [String] = [], summary: String, stepLimit: Int?,
        solvedReturn: Double? = nil, randomReturn: Double? = nil, bestReturn: Double? = nil,
        actionNames: [String] = [], plane: ObservationPlane? = nil, recipes: KeyValuePairs<String, [UInt8]> = [:],
        task: Task
    ) {
        self.id = id
        self.gymnasiumID = gymnasiumID
        self.aliases = aliases
        self.summary = summary
        self.observationSpace = task.observationSpace
        self.actionSpace = task.actionSpace
        self.hasActionMask = Task.hasActionMask
        self.playerCount = Task.playerCount
        self.stepLimit = stepLimit
        self.solvedReturn = solvedReturn
        self.randomReturn = randomReturn
        self.bestReturn = bestReturn
        self.actionNames = actionNames
        self.plane = plane
        self.recipes = recipes
        self.task = task
        makeBatch = { count, seed, purpose, pool in
            EnvironmentBatch(of: task, limit: stepLimit, count: count, seed: seed, purpose: purpose, pool: pool)
        }
    }

    /// All names that the task goes by.
    public var names: [String] { [id] + [gymnasiumID].compactMap(\.self) + aliases }

    /// `count` environments, each with its first episode begun.
    ///
    /// - Parameters:
    ///   - purpose: names the random streams together with the seed and the lane; a batch for evaluation has another
    ///     purpose than the one for training.
    ///   - pool: the workers that share a step, if there is enough to do for more than one.
    public func make(
        count: Int, seed: UInt64, purpose: String = "environment", pool: WorkerPool = .shared
    ) -> any VectorizedEnvironment {
        makeBatch(count, seed, purpose, pool)
    }
}
