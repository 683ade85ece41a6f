import FileFormats
import LinearAlgebra
import Randomness

extension EnvironmentChecker {
    /// Batches of one lane and of many, on one thread and on two, live through the same; and so does one that is saved
    /// and restored.
    func checkBatches(_ notes: inout CheckNotes) {
        notes.begin("batches", .batchesAgree, .batchIsRestored)
        // As many lanes as it takes for two workers to share a step.
        let lanes = min(max(5, 50_000 / Task.stepCost), 1000)
        let length = min(steps, 15)
        func live(lanes: Int, _ pool: WorkerPool) -> Rollout {
            var batch = EnvironmentBatch(of: task, count: lanes, seed: seed, pool: pool)
            return roll(&batch, following: nil, steps: length)
        }
        let (one, two) = (WorkerPool(threads: 1), WorkerPool(threads: 2))
        let first = live(lanes: lanes, one)
        notes.count(steps: 3 * lanes * length)
        if let what = first.difference(from: live(lanes: lanes, two)) {
            notes.note(.batchesAgree, "on one thread and on two, \(what)")
        }
        // One lane with the actions of lane 0 of the others.
        var single = EnvironmentBatch(of: task, count: 1, seed: seed, pool: one)
        var lane = single.makeRollout(steps: length)
        lane.takeFirstLane(of: first)
        if let what = lane.difference(from: roll(&single, following: lane, steps: length)) {
            notes.note(.batchesAgree, "in a batch of \(lanes) lanes and of one, \(what)")
        }
        checkBatchRestoration(one, &notes)
    }

    private func checkBatchRestoration(_ pool: WorkerPool, _ notes: inout CheckNotes) {
        let length = min(steps, 60)
        var original = EnvironmentBatch(of: task, count: 3, seed: seed, pool: pool)
        _ = roll(&original, following: nil, steps: length)
        notes.count(steps: 3 * 3 * length)
        do {
            var archive = Archive()
            try original.save(into: &archive)
            var restored = EnvironmentBatch(of: task, count: 3, seed: seed, pool: pool)
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

    /// Takes over from `other` what its lane 0 lived through; this rollout has one lane.
    fileprivate mutating func takeFirstLane(of other: Rollout) {
        func take<Element>(_ values: [Element], _ width: Int, into rows: inout [Element]) {
            for index in rows.indices {
                rows[index] = values[index / width * other.laneCount * width + index % width]
            }
        }
        take(other.observations, observationSize, into: &observations)
        take(other.discreteActions, actionSpace.componentCount, into: &discreteActions)
        take(other.continuousActions, actionSpace.componentCount, into: &continuousActions)
        take(other.actionMasks, actionSpace.size, into: &actionMasks)
        take(other.players, 1, into: &players)
        take(other.rewards, 1, into: &rewards)
        take(other.outcomes, 1, into: &outcomes)
    }
}
