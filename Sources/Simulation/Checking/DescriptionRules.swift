extension EnvironmentChecker {
    /// What the task says about itself before anything happens.
    func checkDescription(_ notes: inout CheckNotes) {
        notes.begin("its spaces, players and action type", .spacesAreValid, .actionFitsSpace, .playersAreCounted)
        check(task.observationSpace, "observationSpace", &notes)
        check(task.actionSpace, "actionSpace", &notes)
        guard !notes.hasErrors else { return }
        checkActionType(&notes)
        checkStability(of: task, "asked twice", at: nil, &notes)

        if !(1...2).contains(Task.playerCount) {
            notes.note(.playersAreCounted, "playerCount is \(Task.playerCount)")
        }
        if Task.stepCost < 1 { notes.note(.stepCostIsTold, "stepCost is \(Task.stepCost)") }
        switch task.actionSpace {
        case .box, .binary:
            guard Task.hasActionMask else { break }
            notes.note(
                .maskIsAnnounced, "hasActionMask is true, and actions that are \(task.actionSpace) cannot be masked")
        case .discrete, .multiDiscrete: break
        }
    }

    private func check(_ space: Space, _ name: String, _ notes: inout CheckNotes) {
        do {
            try space.validate()
        } catch {
            return notes.note(.spacesAreValid, "\(name): \(error)")
        }
        // Longer rows are no task, but a number that is not what it should be.
        let largest = 1 << 24
        guard let size = space.checkedSize, size <= largest else {
            return notes.note(.spacesAreValid, "\(name) has rows longer than \(largest) numbers")
        }
        if case .box(let low, let high) = space,
            let index = low.indices.first(where: { low[$0] == .infinity || high[$0] == -.infinity })
        {
            notes.note(.spacesAreValid, "\(name): element \(index) lies in \(low[index]) ... \(high[index])")
        }
    }

    /// Reads an action out of rows that hold 1 where whole numbers are kept and 2 where points are.
    private func checkActionType(_ notes: inout CheckNotes) {
        let row = 1 << 16
        let discrete = [Int32](repeating: 1, count: row)
        let continuous = [Float](repeating: 2, count: row)
        let numbers = Task.Action(row: 0, discrete: discrete.span, continuous: continuous.span).numbers
        let space = task.actionSpace
        guard numbers.count == space.componentCount else {
            return notes.note(
                .actionFitsSpace,
                "an Action has \(numbers.count) numbers, and actions that are \(space) have \(space.componentCount)")
        }
        guard numbers.allSatisfy({ $0 == (space.isDiscrete ? 1 : 2) }) else {
            return notes.note(
                .actionFitsSpace,
                "an Action is made of \(space.isDiscrete ? "Float" : "Int"), and actionSpace is \(space)")
        }
    }

    /// Notes it if `task` has other spaces than the task that is checked.
    func checkStability(
        of task: Task, _ when: @autoclosure () -> String, at place: EnvironmentFinding.Place?,
        _ notes: inout CheckNotes
    ) {
        if task.observationSpace != self.task.observationSpace {
            notes.note(.spacesStay, at: place, "observationSpace is another one than in the beginning, \(when())")
        }
        if task.actionSpace != self.task.actionSpace {
            notes.note(.spacesStay, at: place, "actionSpace is another one than in the beginning, \(when())")
        }
    }
}

extension Space {
    /// `size`; nil if it is larger than an Int.
    fileprivate var checkedSize: Int? {
        func combine(_ counts: [Int], _ operation: (Int, Int) -> (partialValue: Int, overflow: Bool)) -> Int? {
            var result = counts[0]
            for count in counts.dropFirst() {
                let (value, overflow) = operation(result, count)
                guard !overflow else { return nil }
                result = value
            }
            return result
        }
        return switch self {
        case .discrete(let count): count
        case .multiDiscrete(let counts): combine(counts) { $0.addingReportingOverflow($1) }
        case .binary(let shape): combine(shape) { $0.multipliedReportingOverflow(by: $1) }
        case .box(let low, _): low.count
        }
    }
}

extension Environment {
    /// The task and, if it is a wrapper, those inside of it.
    var layers: [any Environment] {
        func inner<Wrapper: EnvironmentWrapper>(_ wrapper: Wrapper) -> [any Environment] { wrapper.task.layers }
        return [self as any Environment] + ((self as? any EnvironmentWrapper).map { inner($0) } ?? [])
    }
}

/// A wrapper that truncates episodes.
protocol EpisodeTruncating {}
extension TimeLimit: EpisodeTruncating {}

/// A wrapper whose state keeps something of the episodes before.
protocol EpisodeRemembering {}
extension EpisodeStatistics: EpisodeRemembering {}
