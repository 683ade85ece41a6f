/// A task under a name, with what algorithms and reports have to know about it, made as
/// `any VectorizedEnvironment`.
public struct EnvironmentSpecification: Sendable {
    /// In lower case with hyphens: "cart-pole".
    public let id: String
    /// What Gymnasium calls the same task: "CartPole-v1".
    public let gymnasiumID: String?
    /// One line for lists.
    public let summary: String
    public let observationSpace: Space
    public let actionSpace: Space
    /// The step at which `TimeLimit` truncates an episode; nil for none.
    public let stepLimit: Int?
    /// The mean return at which the task's source calls it solved.
    public let solvedReturn: Double?
    /// What the choices of a discrete action space are ("push left"), or the elements of a box ("torque, N·m").
    public let actionNames: [String]
    /// A plane through the observations to draw policies on; nil for none.
    public let plane: ObservationPlane?
    /// Tuned settings of algorithms by name, as JSON.
    public let recipes: KeyValuePairs<String, [UInt8]>
    /// The bare task, in no particular state.
    public let task: any Environment

    @usableFromInline let makeBatch: @Sendable (Int, UInt64, String) -> any VectorizedEnvironment
    @usableFromInline let checkTask: @Sendable (UInt64) throws -> Void

    /// - Parameter task: the bare task; `stepLimit` wraps it in `TimeLimit`.
    @inlinable
    public init<Task: Environment>(
        id: String, gymnasiumID: String? = nil, summary: String, stepLimit: Int?, solvedReturn: Double? = nil,
        actionNames: [String] = [], plane: ObservationPlane? = nil, recipes: KeyValuePairs<String, [UInt8]> = [:],
        task: Task
    ) {
        self.id = id
        self.gymnasiumID = gymnasiumID
        self.summary = summary
        self.observationSpace = task.observationSpace
        self.actionSpace = task.actionSpace
        self.stepLimit = stepLimit
        self.solvedReturn = solvedReturn
        self.actionNames = actionNames
        self.plane = plane
        self.recipes = recipes
        self.task = task
        makeBatch = { count, seed, purpose in
            if let stepLimit {
                EnvironmentBatch(of: TimeLimit(task, limit: stepLimit), count: count, seed: seed, purpose: purpose)
            } else {
                EnvironmentBatch(of: task, count: count, seed: seed, purpose: purpose)
            }
        }
        checkTask = { try checkEnvironment(task, seed: $0) }
    }

    /// `count` environments, each with its first episode begun.
    ///
    /// - Parameter purpose: names the random streams together with the seed and the lane; a batch for evaluation has
    ///   another purpose than the one for training.
    public func make(count: Int, seed: UInt64, purpose: String = "environment") -> any VectorizedEnvironment {
        makeBatch(count, seed, purpose)
    }

    /// Holds the task to the contract of `Environment`; see `checkEnvironment`.
    public func check(seed: UInt64 = 0) throws {
        try checkTask(seed)
    }
}
