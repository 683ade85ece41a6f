import FileFormats
import Randomness

extension EnvironmentChecker {
    /// Copies that are given the state go on as the task itself does: one that has lived through something else, a fresh
    /// one, and one that is given what was encoded and decoded.
    func checkState(_ notes: inout CheckNotes) {
        notes.begin("copies that are given the state", .stateIsSettable, .stateSurvivesCoding, .stateIsComplete)
        var life = CheckedLife(task, seed: seed, purpose: "states", steps: steps)
        defer { notes.count(steps: 4 * life.stepCount) }
        var gaps = RandomStream(seed: seed, purpose: "gaps")
        let stranger = livedTask()
        var twins = StateTwins(stranger: stranger, fresh: task, coded: task, random: life.random)
        var nextRestoration = 0
        while life.stepCount < steps {
            if !life.isRunning {
                life.begin()
                nextRestoration = 0
            }
            if life.step >= nextRestoration {
                // Often in episodes that are short, so that some are restored right before their end.
                nextRestoration = life.step + 1 + gaps.index(below: min(max(life.latestLength, 2), 40))
                guard let restored = restore(life, stranger, &notes) else { return }
                twins = restored
                if twins.differ(from: life, &notes) { return }
            }
            guard let action = life.chooseAction() else {
                life.breakOff()
                continue
            }
            let transition = life.act(action)
            if twins.differ(from: life, after: transition, action, &notes) { return }
        }
    }

    /// A copy that has lived through something else and stands in the middle of it.
    private func livedTask() -> Task {
        var life = CheckedLife(task, seed: seed &+ 1, purpose: "something else", steps: 100)
        while life.stepCount < 60 || !life.isRunning, life.stepCount < 100 {
            if !life.isRunning { life.begin() }
            if let action = life.chooseAction() { _ = life.act(action) } else { life.breakOff() }
        }
        return life.task
    }

    /// Copies that are given the state of `life`; nil if they do not have it then.
    private func restore(
        _ life: CheckedLife<Task>, _ stranger: Task, _ notes: inout CheckNotes
    ) -> StateTwins<Task>? {
        let state = life.task.state
        func fail(_ rule: EnvironmentRule, _ seen: String) {
            notes.note(rule, at: life.place, "the state \(brief(state)) \(seen)")
        }
        // Another rule tells of NaN.
        guard state == state else { return nil }
        func copy(of task: Task, given state: Task.State, _ kind: String) -> Task? {
            var task = task
            task.state = state
            if task.state == state { return task }
            fail(.stateIsSettable, "was given to a \(kind) copy that has \(brief(task.state)) then")
            return nil
        }
        let decoded: Task.State
        do {
            var archive = Archive()
            try archive.encode("state", state)
            decoded = try archive.decode("state")
        } catch {
            fail(.stateSurvivesCoding, "cannot be encoded and decoded: \(error)")
            return nil
        }
        guard decoded == state else {
            fail(.stateSurvivesCoding, "is decoded as \(brief(decoded))")
            return nil
        }
        guard let lived = copy(of: stranger, given: state, "used"), let fresh = copy(of: task, given: state, "fresh"),
            let coded = copy(of: task, given: decoded, "fresh")
        else { return nil }
        return StateTwins(stranger: lived, fresh: fresh, coded: coded, random: life.random)
    }

    /// The numbers by which a state can be set.
    func checkVector(_ notes: inout CheckNotes) {
        guard let type = Task.State.self as? any (VectorState & Equatable).Type else { return }
        notes.begin("states as vectors", .vectorIsTheState)
        var life = CheckedLife(task, seed: seed, purpose: "vectors", steps: 200)
        func check<State: VectorState & Equatable>(_ type: State.Type) {
            if Set(State.names).count != State.names.count {
                notes.note(.vectorIsTheState, "names has one twice: \(State.names)")
            }
            while life.stepCount < 200 {
                if !life.isRunning { life.begin() }
                guard let state = life.task.state as? State else { return }
                let vector = state.vector
                guard vector.count == State.names.count else {
                    return notes.note(
                        .vectorIsTheState, at: life.place,
                        "vector has \(vector.count) numbers, and names are \(State.names.count)")
                }
                do {
                    let again = try State(vector: vector)
                    guard again == state else {
                        return notes.note(
                            .vectorIsTheState, at: life.place,
                            "the state \(brief(state)) has a vector of which \(brief(again)) is made")
                    }
                } catch {
                    return notes.note(
                        .vectorIsTheState, at: life.place, "of the vector \(vector) no state is made: \(error)")
                }
                if let action = life.chooseAction() { _ = life.act(action) } else { life.breakOff() }
            }
        }
        check(type)
        notes.count(steps: life.stepCount)
    }
}

/// Copies that were given a task's state, and live on beside it.
private struct StateTwins<Task: Environment> {
    /// It had lived through something else.
    private var stranger: Task
    private var fresh: Task
    /// It was fresh, and the state had been encoded and decoded.
    private var coded: Task
    private var random: RandomStream

    init(stranger: Task, fresh: Task, coded: Task, random: RandomStream) {
        self.stranger = stranger
        self.fresh = fresh
        self.coded = coded
        self.random = random
    }

    /// Whether they differ from `life` now.
    func differ(from life: CheckedLife<Task>, _ notes: inout CheckNotes) -> Bool {
        let moment = Moment(of: life.task, isRunning: life.isRunning)
        return note(
            [stranger, fresh, coded].map { moment.difference(from: Moment(of: $0, isRunning: life.isRunning)) },
            life, &notes)
    }

    /// Takes the step that `life` has taken; whether it brought something else.
    mutating func differ(
        from life: CheckedLife<Task>, after transition: Transition, _ action: Task.Action, _ notes: inout CheckNotes
    ) -> Bool {
        var streams = [random, random, random]
        let transitions = [
            stranger.step(action, using: &streams[0]), fresh.step(action, using: &streams[1]),
            coded.step(action, using: &streams[2]),
        ]
        random = life.random
        let differences = zip(transitions, streams).map { other, stream in
            transition.difference(from: other)
                ?? (stream.position == random.position
                    ? nil : "\(random.position) and \(stream.position) random words are drawn")
        }
        return note(differences, life, &notes) || differ(from: life, &notes)
    }

    /// - Parameter differences: in the stranger, the fresh and the coded one.
    private func note(_ differences: [String?], _ life: CheckedLife<Task>, _ notes: inout CheckNotes) -> Bool {
        if let what = differences[0] {
            notes.note(
                .stateIsComplete, at: life.place,
                "in the task, and in a copy that had lived before it was given the state, \(what)")
        } else if let what = differences[1] {
            notes.note(
                .stateIsComplete, at: life.place,
                "in the task, and in a fresh copy that was given the state, \(what)")
        } else if let what = differences[2] {
            notes.note(
                .stateSurvivesCoding, at: life.place,
                "in the task, and in a fresh copy that was given the state encoded and decoded, \(what)")
        }
        return differences.contains { $0 != nil }
    }
}
