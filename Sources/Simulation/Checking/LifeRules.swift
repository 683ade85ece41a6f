import Randomness

extension EnvironmentChecker {
    /// One task on its own, through episodes of all styles: whatever can be seen at a single moment.
    func checkLife(_ notes: inout CheckNotes) {
        notes.begin(
            "a life of \(steps) steps", .spacesStay, .observationIsComplete, .observationIgnoresRow,
            .observationIsFinite, .observationIsInside, .lookingChangesNothing, .maskIsAnnounced, .endIsShown,
            .streamIsKept, .rewardIsFinite, .rewardIsModerate, .truncationIsLeft, .episodesEnd, .actionsMatter,
            .stateEqualsItself)
        var life = CheckedLife(task, seed: seed, steps: steps)
        var ranges = ObservationRanges(of: task.observationSpace)
        var masks = MaskTally()
        var endings = EndingTally<Task>(of: task)
        var turns = TurnTally()
        var trials = TrialTally()
        var terminations = 0
        // Trials are some twenty, since a copy of a task may take long to be made its own.
        let trialGap = max(steps / 20, 1)
        var nextTrial = 0

        while life.stepCount < steps {
            if !life.isRunning {
                let stream = life.random
                life.begin()
                notes.announceDetail("episode \(life.episode), \(life.style) actions")
                checkStream(of: life, before: stream, &notes)
                endings.begin(life)
                look(at: life, &ranges, &masks, &notes)
            }
            if life.stepCount >= nextTrial {
                nextTrial = life.stepCount + trialGap
                tryActions(in: life, &trials, &notes)
            }
            guard let action = life.chooseAction() else {
                life.breakOff()
                continue
            }
            endings.expect(life)
            let player = life.task.player
            let stream = life.random
            let transition = life.act(action)
            checkStream(of: life, before: stream, &notes)
            check(transition, after: action, at: life.place, &notes)
            look(at: life, &ranges, &masks, &notes)
            if transition.outcome == .terminated {
                terminations += 1
                endings.end(life)
                turns.count(player: player, reward: transition.reward)
            }
            turns.count(player: player)
        }
        notes.count(steps: life.stepCount)

        ranges.conclude(&notes)
        masks.conclude(of: Task.self, &notes)
        endings.conclude(at: life.place, &notes)
        if Task.playerCount == 2 { turns.conclude(&notes) }
        trials.conclude(in: task.actionSpace, &notes)
        if terminations == 0, stepLimit == nil, !task.layers.contains(where: { $0 is any EpisodeTruncating }) {
            notes.warn(
                .episodesEnd, "none of \(life.episode) episodes ended, the longest of \(steps / 2) steps")
        }
    }

    /// A task may draw from the stream that it is handed, and do nothing else to it.
    private func checkStream(of life: CheckedLife<Task>, before stream: RandomStream, _ notes: inout CheckNotes) {
        var drawn = stream
        drawn.position = life.random.position
        if drawn != life.random {
            notes.note(.streamIsKept, at: life.place, "the random stream is replaced by another one")
        } else if drawn.position < stream.position {
            notes.note(
                .streamIsKept, at: life.place,
                "the random stream stands at word \(drawn.position), and stood at \(stream.position) before")
        }
    }

    /// What a step may bring.
    private func check(
        _ transition: Transition, after action: Task.Action, at place: EnvironmentFinding.Place,
        _ notes: inout CheckNotes
    ) {
        let reward = transition.reward
        if !Float(reward).isFinite {
            notes.note(.rewardIsFinite, at: place, "the reward is \(reward) (action \(brief(action.numbers)))")
        } else if abs(reward) > 100_000 {
            notes.warn(.rewardIsModerate, at: place, "the reward is \(reward)")
        }
        if transition.outcome == .truncated, !task.layers.contains(where: { $0 is any EpisodeTruncating }) {
            notes.note(.truncationIsLeft, at: place, "the episode is truncated by the task itself")
        }
    }

    /// What may be seen between two steps.
    private func look(
        at life: CheckedLife<Task>, _ ranges: inout ObservationRanges, _ masks: inout MaskTally,
        _ notes: inout CheckNotes
    ) {
        let state = life.task.state
        if state != state {
            notes.note(.stateEqualsItself, at: life.place, "the state \(brief(state)) does not equal itself")
        }
        checkStability(of: life.task, "after a reset or step", at: life.place, &notes)
        let observation = checkObservation(of: life, &notes)
        ranges.extend(by: observation)
        if life.isRunning {
            masks.count(checkMask(of: life, &notes))
            checkHeuristic(of: life, &notes)
            if !(0..<max(Task.playerCount, 1)).contains(life.task.player) {
                notes.note(
                    .playersAreCounted, at: life.place,
                    "player \(life.task.player) is on turn of \(Task.playerCount) players")
            }
        }
        if state == state, life.task.state != state {
            notes.note(
                .lookingChangesNothing, at: life.place,
                "looking turned the state \(brief(state)) into \(brief(life.task.state))")
        }
    }

    /// Takes several actions in copies of the task, of which the lowest and the highest are always two.
    private func tryActions(in life: CheckedLife<Task>, _ trials: inout TrialTally, _ notes: inout CheckNotes) {
        var chooser = life
        var results: [(Transition, Moment<Task>)] = []
        for action in chooser.trialActions(4) {
            var (copy, random) = (life.task, life.random)
            let transition = copy.step(action, using: &random)
            let place = EnvironmentFinding.Place(episode: life.episode, step: life.step + 1)
            check(transition, after: action, at: place, &notes)
            results.append((transition, Moment(of: copy, isRunning: transition.outcome == .running)))
        }
        notes.count(steps: results.count)
        guard let first = results.first else { return }
        trials.count += 1
        trials.hasDiffered =
            trials.hasDiffered
            || results.contains { $0.0 != first.0 || $0.1.difference(from: first.1) != nil }
    }
}

/// Whether any actions led to something else than others did.
private struct TrialTally {
    var count = 0
    var hasDiffered = false

    func conclude(in space: Space, _ notes: inout CheckNotes) {
        let hasChoice = !space.isDiscrete || space.choiceCounts.contains { $0 > 1 }
        guard count >= 10, hasChoice, !hasDiffered else { return }
        notes.warn(.actionsMatter, "at \(count) moments the lowest, the highest and random actions did the same")
    }
}

/// What became of those who moved.
private struct TurnTally {
    private var moves = [0, 0]
    private var wins = [0, 0]
    private var losses = [0, 0]

    mutating func count(player: Int) {
        if moves.indices.contains(player) { moves[player] += 1 }
    }

    /// The reward of the move that ended a game.
    mutating func count(player: Int, reward: Double) {
        guard moves.indices.contains(player) else { return }
        if reward > 0 { wins[player] += 1 }
        if reward < 0 { losses[player] += 1 }
    }

    func conclude(_ notes: inout CheckNotes) {
        notes.begin("the turns of a game", .turnsChange, .rewardIsTheActors)
        if let idle = moves.indices.first(where: { moves[$0] == 0 }) {
            notes.warn(.turnsChange, "player \(idle) never moved in \(moves[0] + moves[1]) steps")
        }
        // As one player sees all rewards: that one's last moves win and the other's lose, without exception.
        for player in 0...1 where wins[player] >= 3 && losses[player] == 0 {
            guard losses[1 - player] >= 3, wins[1 - player] == 0 else { continue }
            notes.warn(
                .rewardIsTheActors,
                "the last move of a game brought player \(player) a positive reward \(wins[player]) times of "
                    + "\(wins[player]), and player \(1 - player) a negative one \(losses[1 - player]) times of "
                    + "\(losses[1 - player])")
        }
    }
}

/// Whether the steps that end episodes begin the next one too.
private struct EndingTally<Task: Environment> {
    private let fresh: Task
    /// Of the first episode.
    private var start: Task.State?
    private var haveSameStart = true
    private var before: (state: Task.State, random: RandomStream)?
    /// Episodes of more than one step that ended.
    private var ends = 0
    /// Those at whose end the task stood as after a reset that draws the same.
    private var drawnStarts = 0
    /// Those at whose end it stood as after any reset.
    private var sameStarts = 0

    init(of task: Task) { fresh = task }

    mutating func begin(_ life: CheckedLife<Task>) {
        let state = life.task.state
        haveSameStart = haveSameStart && state == start ?? state
        start = start ?? state
    }

    mutating func expect(_ life: CheckedLife<Task>) { before = (life.task.state, life.random) }

    mutating func end(_ life: CheckedLife<Task>) {
        guard let before, life.step > 1 else { return }
        ends += 1
        let end = life.task.state
        if end == start, before.state != start { sameStarts += 1 }
        // The step may have drawn something itself before it began the next episode.
        guard before.random.position < life.random.position else { return }
        let drawn = before.random.position..<life.random.position
        guard drawn.count <= 64 else { return }
        let isReset = drawn.contains { position in
            var (task, random) = (fresh, before.random)
            random.position = position
            task.reset(using: &random)
            return task.state == end && random.position == life.random.position
        }
        if isReset { drawnStarts += 1 }
    }

    func conclude(at place: EnvironmentFinding.Place, _ notes: inout CheckNotes) {
        guard ends >= 3 else { return }
        if drawnStarts == ends {
            notes.note(
                .endIsShown, "all \(ends) episodes ended in the state that a reset from the same stream begins with")
        } else if haveSameStart, sameStarts == ends {
            notes.warn(.endIsShown, "all \(ends) episodes ended in the state that they begin with")
        }
    }
}
