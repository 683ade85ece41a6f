public import Simulation

/// Every transition of some episodes, as comma-separated values: for study, and for comparing with other implementations.
public struct TransitionTable {
    private let specification: EnvironmentSpecification
    private let hasState: Bool
    /// The table, its header included.
    public private(set) var csv = ""

    /// - Parameter hasState: whether the state after each step is written, at full precision.
    public init(of specification: EnvironmentSpecification, withState hasState: Bool = false) {
        self.specification = specification
        self.hasState = hasState
    }

    /// Plays episodes one after the other and writes them down.
    ///
    /// - Parameter start: the numbers of the state that each episode begins in; nil for what the task draws.
    /// - Throws: `EnvironmentError` if the state of the task is no list of numbers and one is asked for or given, if `start`
    ///   is no state, or if an action of a script does not fit.
    public mutating func play(
        _ policy: EpisodePolicy, episodes: Int, seed: UInt64, start: [Double]? = nil, longest: Int = 1_000_000
    ) throws(EnvironmentError) {
        try play(specification.task, policy, episodes, seed, start, longest)
    }

    private mutating func play<Task: Environment>(
        _ task: Task, _ policy: EpisodePolicy, _ episodes: Int, _ seed: UInt64, _ start: [Double]?, _ longest: Int
    ) throws(EnvironmentError) {
        let stateType = Task.State.self as? any VectorState.Type
        if hasState || start != nil, stateType == nil {
            throw EnvironmentError("the state of \(specification.id) is no list of numbers")
        }
        let first = try start.flatMap { numbers throws(EnvironmentError) in
            try stateType?.init(vector: numbers) as? Task.State
        }
        var player = try EpisodePlayer(
            of: task, limit: specification.stepLimit, seed: seed, purpose: "evaluation", policy: policy)
        csv = header(stateSize: hasState ? stateType?.names.count ?? 0 : 0)
        for episode in 1...max(episodes, 1) {
            player.begin(in: first)
            while player.outcome == .running, player.length < longest, let action = try player.chooseAction() {
                let transition = player.step(action)
                var row = ["\(episode)", "\(player.length)"]
                row += player.observation.map { Self.text($0) }
                row += action.numbers.map { Self.text(specification.actionSpace.isDiscrete ? $0 : Double(Float($0))) }
                row.append(Self.text(transition.reward))
                row.append(transition.outcome == .terminated ? "1" : "0")
                row.append(transition.outcome == .truncated ? "1" : "0")
                if hasState { row += ((player.task.state as? any VectorState)?.vector ?? []).map { Self.text($0) } }
                csv += row.joined(separator: ",") + "\n"
            }
        }
    }

    private func header(stateSize: Int) -> String {
        var names = ["episode", "step"]
        names += (0..<specification.observationSpace.size).map { "observation_\($0)" }
        names += (0..<specification.actionSpace.componentCount).map { "action_\($0)" }
        names += ["reward", "terminated", "truncated"]
        names += (0..<stateSize).map { "state_\($0)" }
        return names.joined(separator: ",") + "\n"
    }

    /// The shortest decimals that read back as the same number; whole numbers without a point.
    private static func text(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)"
    }

    private static func text(_ value: Float) -> String {
        value == value.rounded() && abs(value) < 1e7 ? "\(Int(value))" : "\(value)"
    }
}
