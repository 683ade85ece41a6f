/// What can be seen of a task between two steps.
struct Moment<Task: Environment> {
    let state: Task.State
    let observation: [Float]
    /// Empty at an episode's end, where it does not matter, and without an action mask.
    let mask: [Bool]
    let player: Int

    init(of task: Task, isRunning: Bool = true) {
        state = task.state
        observation = task.observation()
        mask = isRunning && Task.hasActionMask ? task.mask() : []
        player = isRunning ? task.player : 0
    }

    /// What differs from `other`, but for the state; nil if nothing does.
    func visibleDifference(from other: Self) -> String? {
        guard observation.count == other.observation.count else {
            return "the observation has \(observation.count) and \(other.observation.count) elements"
        }
        if let index = observation.indices.first(where: { !isSame(observation[$0], other.observation[$0]) }) {
            return "element \(index) of the observation is \(observation[index]) and \(other.observation[index])"
        }
        guard mask.count == other.mask.count else {
            return "the action mask has \(mask.count) and \(other.mask.count) elements"
        }
        if let index = mask.indices.first(where: { mask[$0] != other.mask[$0] }) {
            return "choice \(index) is \(mask[index] ? "allowed and forbidden" : "forbidden and allowed")"
        }
        if player != other.player { return "player \(player) and player \(other.player) is on turn" }
        return nil
    }

    /// What differs from `other`; nil if nothing does.
    func difference(from other: Self) -> String? {
        if let difference = visibleDifference(from: other) { return difference }
        // A state with NaN in it, which another rule is about, does not equal itself.
        guard state == state, state != other.state else { return nil }
        return "the state is \(brief(state)) and \(brief(other.state))"
    }
}

extension Transition {
    /// What differs from `other`; nil if nothing does.
    func difference(from other: Transition) -> String? {
        if reward != other.reward, !(reward.isNaN && other.reward.isNaN) {
            return "the reward is \(reward) and \(other.reward)"
        }
        return outcome == other.outcome ? nil : "the episode is \(outcome) and \(other.outcome)"
    }
}

extension Environment {
    /// The observation written over a row of `filling`, [d].
    func observation(over filling: Float = .nan) -> [Float] {
        var row = [Float](repeating: filling, count: observationSpace.size)
        var span = row.mutableSpan
        observe(into: &span)
        return row
    }

    /// The action mask written over a row of `filling`, [actionSpace.size].
    func mask(over filling: Bool = false) -> [Bool] {
        var row = [Bool](repeating: filling, count: actionSpace.size)
        var span = row.mutableSpan
        writeActionMask(into: &span)
        return row
    }
}

/// Whether both are the same number, or none.
func isSame(_ a: Float, _ b: Float) -> Bool { a == b || a.isNaN && b.isNaN }

/// What `value` looks like, in a line.
func brief(_ value: some Any) -> String {
    let text = "\(value)"
    return text.count <= 200 ? text : text.prefix(200) + "…"
}
