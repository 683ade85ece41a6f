extension EnvironmentChecker {
    /// The constants of a task that can be changed.
    func checkParameters(_ notes: inout CheckNotes) {
        func check<Parameterized: ParameterizedEnvironment>(_ task: Parameterized) {
            EnvironmentChecker<Parameterized>(task, stepLimit: stepLimit, seed: seed, steps: steps)
                .checkFields(&notes)
        }
        if let task = task as? any ParameterizedEnvironment { check(task) }
    }
}

extension EnvironmentChecker where Task: ParameterizedEnvironment {
    fileprivate func checkFields(_ notes: inout CheckNotes) {
        notes.begin(
            "the constants", .parametersAreSound, .parametersMatter, .parameterRangesHold)
        let fields = Task.Parameters.fields
        let names = fields.map(\.name)
        if let twice = names.first(where: { name in names.count { $0 == name } > 1 }) {
            notes.note(.parametersAreSound, "two constants are called \(twice)")
        }
        for field in fields {
            let value = Task.Parameters()[keyPath: field.keyPath]
            if !field.range.contains(value) {
                notes.note(
                    .parametersAreSound,
                    "\(field.name) is \(value) by default, outside of \(field.range.lowerBound) ... "
                        + "\(field.range.upperBound)")
            }
        }
        let trace = Trace(of: task, seed: seed, steps: steps)
        notes.count(steps: trace.steps.count)
        for field in fields {
            checkRange(of: field, &notes)
            checkEffect(of: field, on: trace, &notes)
        }
    }

    /// The task with another constant.
    private func task(with value: Double, for field: EnvironmentParameter<Task.Parameters>) -> Task {
        var task = task
        task.parameters[keyPath: field.keyPath] = value
        return task
    }

    private func checkRange(of field: EnvironmentParameter<Task.Parameters>, _ notes: inout CheckNotes) {
        for value in [field.range.lowerBound, field.range.upperBound] where value.isFinite {
            notes.announceDetail("\(field.name) = \(value)")
            let task = task(with: value, for: field)
            checkStability(of: task, "with \(field.name) = \(value)", at: nil, &notes)
            guard !notes.hasError(.spacesStay) else { return }
            var life = CheckedLife(task, seed: seed, steps: 120)
            while life.stepCount < 120 {
                if !life.isRunning { life.begin() }
                guard let action = life.chooseAction() else {
                    life.breakOff()
                    continue
                }
                let reward = life.act(action).reward
                let observation = life.task.observation()
                guard reward.isFinite, observation.allSatisfy(\.isFinite) else {
                    notes.note(
                        .parameterRangesHold, at: life.place,
                        "with \(field.name) = \(value) the reward is \(reward) and the observation "
                            + brief(observation))
                    break
                }
            }
            notes.count(steps: life.stepCount)
        }
    }

    /// Some other value makes a difference somewhere.
    private func checkEffect(
        of field: EnvironmentParameter<Task.Parameters>, on trace: Trace<Task>, _ notes: inout CheckNotes
    ) {
        let (low, high) = (field.range.lowerBound, field.range.upperBound)
        let present = task.parameters[keyPath: field.keyPath]
        let others = [high, low, low + (high - low) / 2].filter { $0.isFinite && $0 != present }
        guard !others.isEmpty else { return }
        for value in others where trace.difference(in: task(with: value, for: field)) != nil { return }
        notes.count(steps: others.count * trace.steps.count)
        notes.warn(
            .parametersMatter,
            "\(field.name) made no difference in \(trace.steps.count) steps, whether it is \(present)"
                + others.map { " or \($0)" }.joined())
    }
}
