import FileFormats
import Randomness

/// What a task lived through, step by step.
struct Trace<Task: Environment> {
    struct Step {
        /// What was to be seen at the starts of episodes since the step before: most often none or one.
        let starts: [Moment<Task>]
        let action: Task.Action
        let transition: Transition
        let moment: Moment<Task>
        let position: UInt64
        let place: EnvironmentFinding.Place
    }

    var steps: [Step] = []
    let random: RandomStream

    /// Lives through `count` steps.
    init(of task: Task, seed: UInt64, steps count: Int, purpose: String = "environment") {
        var life = CheckedLife(task, seed: seed, purpose: purpose, steps: count)
        random = life.random
        var starts: [Moment<Task>] = []
        while life.stepCount < count {
            if !life.isRunning {
                life.begin()
                starts.append(Moment(of: life.task))
            }
            guard let action = life.chooseAction() else {
                life.breakOff()
                continue
            }
            let transition = life.act(action)
            steps.append(
                Step(
                    starts: starts, action: action, transition: transition,
                    moment: Moment(of: life.task, isRunning: transition.outcome == .running),
                    position: life.random.position, place: life.place))
            starts = []
        }
    }

    /// A hash of all observations, rewards and draws.
    var fingerprint: String {
        var hash = StateHash()
        for step in steps {
            for start in step.starts { hash.combine(start.observation) }
            hash.combine(step.moment.observation)
            hash.combine(step.transition.reward)
            hash.combine(Int(step.transition.outcome.rawValue))
            hash.combine(step.position)
        }
        return String(hash.value, radix: 16)
    }

    /// Lives through the same in another task, and stops where something is different, before an action that might not
    /// be allowed there.
    ///
    /// - Parameter meanwhile: is called after each step.
    func difference(
        in task: Task, using stream: RandomStream? = nil, meanwhile: () -> Void = {}
    ) -> (place: EnvironmentFinding.Place, what: String)? {
        var (task, random) = (task, stream ?? random)
        for step in steps {
            for start in step.starts {
                task.reset(using: &random)
                if let what = start.difference(from: Moment(of: task)) {
                    return (.init(episode: step.place.episode, step: 0), what)
                }
            }
            let transition = task.step(step.action, using: &random)
            meanwhile()
            let moment = Moment(of: task, isRunning: transition.outcome == .running)
            if let what = step.transition.difference(from: transition) ?? step.moment.difference(from: moment) {
                return (step.place, what)
            }
            if random.position != step.position {
                return (step.place, "\(step.position) and \(random.position) random words are drawn")
            }
        }
        return nil
    }
}

extension EnvironmentChecker {
    /// A copy that is stepped must leave the other as it is.
    func checkCopies(_ notes: inout CheckNotes) {
        notes.begin("copies beside each other", .copiesShareNothing)
        var life = CheckedLife(task, seed: seed, purpose: "copies", steps: steps)
        for length in [0, 1, 5, 20] {
            life.begin()
            for _ in 0..<length where life.isRunning { _ = life.chooseAction().map { life.act($0) } }
            let before = Moment(of: life.task, isRunning: life.isRunning)
            var copy = life
            for _ in 0..<15 {
                if !copy.isRunning { copy.begin() }
                _ = copy.chooseAction().map { copy.act($0) }
            }
            notes.count(steps: 15 + length)
            if let what = before.difference(from: Moment(of: life.task, isRunning: life.isRunning)) {
                return notes.note(
                    .copiesShareNothing, at: life.place, "before and after a copy of the task was stepped \(what)")
            }
        }
    }

    /// One copy after the other lives through the same.
    func checkReproduction(_ notes: inout CheckNotes) {
        notes.begin("the same once more", .isReproducible)
        let trace = Trace(of: task, seed: seed, steps: steps)
        notes.fingerprint = trace.fingerprint
        notes.count(steps: 2 * trace.steps.count)
        guard let (place, what) = trace.difference(in: task) else { return }
        notes.note(
            .isReproducible, at: place, "with the same stream and actions, the first and the second time, \(what)")
    }

    /// A copy lives through the same while another one lives beside it, step by step.
    func checkInterleaving(_ notes: inout CheckNotes) {
        notes.begin("the same beside a copy")
        let trace = Trace(of: task, seed: seed, steps: min(steps, 500))
        notes.count(steps: 3 * trace.steps.count)
        var other = CheckedLife(task, seed: seed &+ 1, purpose: "another", steps: steps)
        let difference = trace.difference(in: task) {
            if !other.isRunning { other.begin() }
            if let action = other.chooseAction() { _ = other.act(action) } else { other.breakOff() }
        }
        guard let (place, what) = difference else { return }
        notes.note(.copiesShareNothing, at: place, "alone, and while a copy of the task lives beside it, \(what)")
    }

    /// Streams of other seeds should lead to other episodes, if anything is drawn.
    func checkSeeds(_ notes: inout CheckNotes) {
        let trace = Trace(of: task, seed: seed, steps: min(steps, 400))
        notes.count(steps: trace.steps.count)
        guard let last = trace.steps.last, last.position > 0 else { return }
        notes.begin("other seeds", .seedsMatter)
        for other in 1...4 as ClosedRange<UInt64> {
            let random = RandomStream(seed: seed &+ other, purpose: "environment")
            if trace.difference(in: task, using: random) != nil { return }
        }
        notes.warn(
            .seedsMatter,
            "\(last.position) random words were drawn, and with four other seeds the same happened")
    }

    /// A task that has lived before begins an episode as a fresh one does.
    func checkFreshness(_ notes: inout CheckNotes) {
        notes.begin("a task that has lived beside a fresh one", .startsAfresh)
        let remembers = task.layers.contains { $0 is any EpisodeRemembering }
        var life = CheckedLife(task, seed: seed, purpose: "freshness", steps: steps)
        defer { notes.count(steps: 2 * life.stepCount) }
        var (twin, twinRandom) = (task, life.random)
        func differs(_ what: String?) -> Bool {
            guard let what else { return false }
            notes.note(
                .startsAfresh, at: life.place, "in a task that has lived before, and in a fresh one, \(what)")
            return true
        }
        func compare() -> Bool {
            let moment = Moment(of: life.task, isRunning: life.isRunning)
            let other = Moment(of: twin, isRunning: life.isRunning)
            if differs(moment.visibleDifference(from: other)) { return true }
            guard life.random.position == twinRandom.position else {
                return differs("\(life.random.position) and \(twinRandom.position) random words are drawn")
            }
            if !remembers, moment.state == moment.state, moment.state != other.state {
                notes.warn(
                    .startsAfresh, at: life.place,
                    "in a task that has lived before, and in a fresh one, "
                        + "the state is \(brief(moment.state)) and \(brief(other.state))")
            }
            return false
        }
        while life.stepCount < steps {
            if !life.isRunning {
                life.begin()
                twin = task
                twin.reset(using: &twinRandom)
                if compare() { return }
            }
            guard let action = life.chooseAction() else {
                life.breakOff()
                continue
            }
            let transition = life.act(action)
            if differs(transition.difference(from: twin.step(action, using: &twinRandom))) || compare() { return }
        }
    }
}
