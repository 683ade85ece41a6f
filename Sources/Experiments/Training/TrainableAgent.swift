public import FileFormats
public import LinearAlgebra
public import ReinforcementLearning
public import Simulation
public import SupervisedLearning

/// A reinforcement-learning algorithm as `fledge train` uses it.
public protocol TrainableAgent: Learner {
    associatedtype Settings: Codable & Sendable

    /// What `--algorithm` and recipes call it: "ppo".
    static var id: String { get }
    /// What figures call it: "PPO".
    static var title: String { get }
    /// The settings that a run begins with where no recipe says otherwise.
    static var defaults: Settings { get }
    /// The name of the setting that says how many steps to train for.
    static var stepsSetting: String { get }
    static func validate(_ settings: Settings) throws

    init(_ settings: Settings, environment: EnvironmentSpecification, seed: UInt64, pool: WorkerPool) throws

    /// The raw returns of so many whole episodes with the deterministic policy of the agent that is kept, the best so
    /// far; without bias to short ones.
    func evaluate(episodes: Int, seed: UInt64) throws -> [Double]

    /// The agent that is kept, as a policy that takes the likeliest actions.
    func trainedPolicy() throws -> TrainedPolicy

    /// The same episodes, with what the agent did and what its critic expected in them.
    func study(episodes: Int, seed: UInt64) throws -> AgentStudy

    /// What the agent that is kept does and expects at observations `[n, d]`, as the environment gives them.
    func probe(_ observations: [Float]) throws -> AgentProbe

    /// Writes what the agent that is kept acts by: its networks and normalizers.
    func saveTrained(into archive: inout Archive)

    /// Begins with the agent that `saveTrained` wrote instead of a fresh one. Before the first update.
    ///
    /// - Throws: `FileFormatError` if its networks are of other sizes.
    func start(from trained: Archive) throws
}
