import FileFormats
import Randomness

/// Lives through `steps` random steps of a task and holds it to the contract of `Environment`: valid spaces,
/// observations complete and inside their space, finite rewards, no truncation (that is `TimeLimit`'s), the same
/// episode from the same stream, and a state that restores exactly.
///
/// - Parameters:
///   - task: the bare task, without `TimeLimit`.
///   - episodeLimit: an episode that does not end is broken off after so many steps.
/// - Throws: an `EnvironmentError` that names the step and what was wrong there; whatever coding the state throws.
public func checkEnvironment<Task: Environment>(
    _ task: Task, seed: UInt64 = 0, steps: Int = 2000, episodeLimit: Int = 300
) throws {
    try task.observationSpace.validate()
    try task.actionSpace.validate()
    var check = EnvironmentCheck(task: task, seed: seed)
    var length = 0
    try check.reset(step: 0)
    for step in 0..<steps {
        if step % 7 == 3 { try check.restoreTwin(step: step) }
        let outcome = try check.step(step)
        length += 1
        if outcome != .running || length == episodeLimit {
            try check.reset(step: step)
            length = 0
        }
    }
}

/// A task and its twin, which lives through the same from copies of state and stream.
private struct EnvironmentCheck<Task: Environment> {
    let fresh: Task
    var task: Task
    var twin: Task
    var random: RandomStream
    var twinRandom: RandomStream
    var actions: RandomStream
    var discrete: [Int32]
    var continuous: [Float]

    init(task: Task, seed: UInt64) {
        fresh = task
        self.task = task
        twin = task
        random = RandomStream(seed: seed, purpose: "environment")
        twinRandom = random
        actions = RandomStream(seed: seed, purpose: "actions")
        discrete = [0]
        continuous = [Float](repeating: 0, count: task.actionSpace.size)
    }

    /// Begins an episode in the task, which has lived before, and in a twin that has not.
    mutating func reset(step: Int) throws {
        twin = fresh
        task.reset(using: &random)
        twin.reset(using: &twinRandom)
        try compare("after the reset at step \(step)")
    }

    mutating func step(_ step: Int) throws -> Outcome {
        task.actionSpace.drawAction(row: 0, discrete: &discrete, continuous: &continuous, using: &actions)
        let action = Task.Action(row: 0, discrete: discrete.span, continuous: continuous.span)
        let transition = task.step(action, using: &random)
        let twinTransition = twin.step(action, using: &twinRandom)
        guard transition == twinTransition else {
            throw EnvironmentError(
                "step \(step) brought \(transition), and from the same state and stream \(twinTransition)")
        }
        guard transition.reward.isFinite else {
            throw EnvironmentError("the reward of step \(step) is \(transition.reward)")
        }
        guard transition.outcome != .truncated else {
            throw EnvironmentError("step \(step) truncated the episode: leave that to TimeLimit")
        }
        try compare("after step \(step)")
        return transition.outcome
    }

    /// Replaces the twin by a fresh copy that is given the task's state, encoded and decoded.
    mutating func restoreTwin(step: Int) throws {
        var archive = Archive()
        try archive.encode("state", task.state)
        twin = fresh
        twin.state = try archive.decode("state", as: Task.State.self)
        try compare("restored before step \(step)")
    }

    func compare(_ place: String) throws {
        guard task.state == twin.state else {
            throw EnvironmentError(
                "\(place) the state is \(task.state), and in a copy that lived the same \(twin.state)")
        }
        guard random.position == twinRandom.position else {
            throw EnvironmentError(
                "\(place) \(random.position) random words are drawn, and in a copy that lived the same \(twinRandom.position)"
            )
        }
        let observation = observation(of: task)
        guard task.observationSpace.contains(observation.span) else {
            throw EnvironmentError(
                "\(place) the observation \(observation) is incomplete or outside \(task.observationSpace)")
        }
        let other = self.observation(of: twin)
        guard observation == other else {
            throw EnvironmentError(
                "\(place) the observation is \(observation), and in a copy that lived the same \(other)")
        }
    }

    /// NaN where `observe` left an element out.
    func observation(of task: Task) -> [Float] {
        var row = [Float](repeating: .nan, count: task.observationSpace.size)
        var span = row.mutableSpan
        task.observe(into: &span)
        return row
    }
}
