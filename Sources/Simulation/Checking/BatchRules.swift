import FileFormats
import LinearAlgebra
import Randomness

extension EnvironmentChecker {
    /// Batches on one thread and on two live through the same; so do lanes and copies on their own; and so does a batch
    /// that is saved and restored.
    func checkBatches(_ notes: inout CheckNotes) {
        notes.begin("batches", .batchesAgree, .batchIsRestored)
        // As many lanes as it takes for two workers to share a step, and for several to be moved at once.
        let lanes = min(max(19, 50_000 / Task.stepCost), 1000)
        let length = min(steps, 15)
        let one = WorkerPool(threads: 1)
        var batch = EnvironmentBatch(of: task, count: lanes, seed: seed, pool: one)
        var other = EnvironmentBatch(of: task, count: lanes, seed: seed, pool: WorkerPool(threads: 2))
        let rollout = roll(&batch, following: nil, steps: length)
        notes.count(steps: 2 * lanes * length)
        if let what = rollout.difference(from: roll(&other, following: rollout, steps: length)) {
            notes.note(.batchesAgree, "on one thread and on two, \(what)")
        }
        for lane in (0..<19) + [lanes - 1] { compare(lane, of: batch, rollout, &notes) }
        checkBatchRestoration(one, &notes)
    }

    /// A copy on its own lives through what a lane did.
    private func compare(
        _ lane: Int, of batch: EnvironmentBatch<Task>, _ rollout: Rollout, _ notes: inout CheckNotes
    ) {
        var (task, random) = (task, RandomStream(seed: seed, purpose: "environment", lane: lane))
        let bounds = ActionBounds(of: task.actionSpace)
        task.reset(using: &random)
        notes.count(steps: rollout.stepCount)
        for step in 0..<rollout.stepCount {
            let row = step * rollout.laneCount + lane
            let size = rollout.observationSize
            let shown = rollout.observations[row * size..<(row + 1) * size]
            let observation = task.observation()
            let difference = zip(shown, observation).first { !isSame($0, $1) }
            if let (mine, other) = difference {
                return notes.note(
                    .batchesAgree,
                    "in lane \(lane) of a batch, and in a copy on its own, an observation before step \(step + 1) has "
                        + "\(mine) and \(other)")
            }
            var action = Task.Action(
                row: row, discrete: rollout.discreteActions.span, continuous: rollout.continuousActions.span)
            action.clamp(low: bounds.low.span, high: bounds.high.span)
            let transition = task.step(action, using: &random)
            guard isSame(Float(transition.reward), rollout.rewards[row]), transition.outcome == rollout.outcomes[row]
            else {
                return notes.note(
                    .batchesAgree,
                    "in lane \(lane) of a batch, and in a copy on its own, step \(step + 1) brings "
                        + "\(rollout.rewards[row]) (\(rollout.outcomes[row])) and \(transition.reward) "
                        + "(\(transition.outcome))")
            }
            if transition.outcome != .running { task.reset(using: &random) }
        }
        // The rollout holds what is seen, in single precision; the state has the last bits, too.
        let (end, position) = (batch.lanes[lane].task.state, batch.lanes[lane].random.position)
        guard task.state == end, random.position == position else {
            return notes.note(
                .batchesAgree,
                "after \(rollout.stepCount) steps in lane \(lane) of a batch, and in a copy on its own, the state is "
                    + "\(brief(end)) and \(brief(task.state)), and \(position) and \(random.position) random words are "
                    + "drawn")
        }
    }

    private func checkBatchRestoration(_ pool: WorkerPool, _ notes: inout CheckNotes) {
        let length = min(steps, 30)
        var original = EnvironmentBatch(of: task, count: 9, seed: seed, pool: pool)
        _ = roll(&original, following: nil, steps: length)
        notes.count(steps: 3 * 9 * length)
        do {
            var archive = Archive()
            try original.save(into: &archive)
            var restored = EnvironmentBatch(of: task, count: 9, seed: seed, pool: pool)
            try restored.restore(from: Archive(decoding: archive.encoded(), name: "a saved batch"))
            let rollout = roll(&original, following: nil, steps: length)
            if let what = rollout.difference(from: roll(&restored, following: rollout, steps: length)) {
                notes.note(.batchIsRestored, "in a batch, and in one that was restored from it, \(what)")
            }
        } catch {
            notes.note(.batchIsRestored, "a batch cannot be saved and restored: \(error)")
        }
    }

    /// Steps a batch with random actions, or with those of another rollout.
    private func roll(_ batch: inout EnvironmentBatch<Task>, following other: Rollout?, steps: Int) -> Rollout {
        var rollout = batch.makeRollout(steps: steps)
        var actions = RandomStream(seed: seed, purpose: "actions")
        if let other {
            (rollout.discreteActions, rollout.continuousActions) = (other.discreteActions, other.continuousActions)
        }
        batch.observe(into: &rollout)
        for step in 0..<steps {
            if let other {
                // Where the batches part, the actions may no longer be allowed.
                guard rollout.row(step, isThatOf: other) else { return rollout }
            } else {
                rollout.drawActions(step: step, using: &actions)
            }
            batch.step(step, of: &rollout)
        }
        return rollout
    }
}

extension Rollout {
    /// What differs from `other`, of equal size; nil if nothing does.
    fileprivate func difference(from other: Rollout) -> String? {
        if let index = observations.indices.first(where: { !isSame(observations[$0], other.observations[$0]) }) {
            return "row \(index / observationSize / laneCount), lane \(index / observationSize % laneCount) of the "
                + "observations is \(observations[index]) and \(other.observations[index]) at element "
                + "\(index % observationSize)"
        }
        if let index = rewards.indices.first(where: { !isSame(rewards[$0], other.rewards[$0]) }) {
            return "the reward of step \(index / laneCount), lane \(index % laneCount) is \(rewards[index]) and "
                + "\(other.rewards[index])"
        }
        if outcomes != other.outcomes { return "other episodes end" }
        if actionMasks != other.actionMasks { return "other actions are allowed" }
        return players == other.players ? nil : "other players are on turn"
    }

    /// Whether the observations and masks before step `step` are those of `other`.
    fileprivate func row(_ step: Int, isThatOf other: Rollout) -> Bool {
        let seen = step * laneCount * observationSize..<(step + 1) * laneCount * observationSize
        let size = hasActionMask ? actionSpace.size : 0
        let allowed = step * laneCount * size..<(step + 1) * laneCount * size
        return seen.allSatisfy { isSame(observations[$0], other.observations[$0]) }
            && actionMasks[allowed] == other.actionMasks[allowed]
    }
}
