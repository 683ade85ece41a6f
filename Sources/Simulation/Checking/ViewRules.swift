extension EnvironmentChecker {
    /// The observation, written over rows that held different things before.
    ///
    /// - Returns: the observation, NaN where none was written.
    func checkObservation(of life: CheckedLife<Task>, _ notes: inout CheckNotes) -> [Float] {
        // A number that no task shows by chance.
        let filling: Float = -77.654_321
        let (task, place) = (life.task, life.place)
        let first = task.observation(over: .nan)
        let again = task.observation(over: .nan)
        let other = task.observation(over: filling)
        guard first.count == again.count, first.count == other.count else { return first }
        if let index = first.indices.first(where: { !isSame(first[$0], again[$0]) }) {
            notes.note(
                .lookingChangesNothing, at: place,
                "element \(index) of the observation is \(first[index]), and looked at once more \(again[index])")
            return first
        }
        for index in first.indices where !isSame(first[index], other[index]) {
            if first[index].isNaN && other[index] == filling {
                notes.note(.observationIsComplete, at: place, "element \(index) of the observation is not written")
            } else {
                notes.note(
                    .observationIgnoresRow, at: place,
                    "element \(index) of the observation is \(first[index]) over a row of NaN, and \(other[index]) "
                        + "over one of \(filling)")
            }
            return first
        }
        checkMembership(of: first, at: place, &notes)
        return first
    }

    private func checkMembership(
        of observation: [Float], at place: EnvironmentFinding.Place, _ notes: inout CheckNotes
    ) {
        if let index = observation.indices.first(where: { !observation[$0].isFinite }) {
            return notes.note(
                .observationIsFinite, at: place, "element \(index) of the observation is \(observation[index])")
        }
        let space = task.observationSpace
        guard !space.contains(observation.span) else { return }
        notes.note(.observationIsInside, at: place, Self.violation(of: space, by: observation))
    }

    private static func violation(of space: Space, by observation: [Float]) -> String {
        guard observation.count == space.size else {
            return "the observation has \(observation.count) elements, and the space \(space.size)"
        }
        if case .box(let low, let high) = space,
            let index = low.indices.first(where: { !(low[$0] <= observation[$0] && observation[$0] <= high[$0]) })
        {
            return "element \(index) of the observation is \(observation[index]), outside of "
                + "\(low[index]) ... \(high[index])"
        }
        if case .binary = space, let index = observation.firstIndex(where: { $0 != 0 && $0 != 1 }) {
            return "element \(index) of the observation is \(observation[index]), neither 0 nor 1"
        }
        return "the observation \(brief(observation)) is not one-hot in each component of \(space)"
    }

    /// The action mask, written over rows that held different things before.
    func checkMask(of life: CheckedLife<Task>, _ notes: inout CheckNotes) -> [Bool] {
        let (task, place, space) = (life.task, life.place, life.task.actionSpace)
        let mask = task.mask(over: false)
        guard mask == task.mask(over: false) else {
            notes.note(.lookingChangesNothing, at: place, "the action mask is another one when looked at once more")
            return mask
        }
        let other = task.mask(over: true)
        if let index = mask.indices.first(where: { mask[$0] != other[$0] }) {
            notes.note(.maskIsComplete, at: place, "element \(index) of the action mask is not written")
        } else if let index = mask.firstIndex(of: false), !Task.hasActionMask {
            notes.note(.maskIsAnnounced, at: place, "choice \(index) is forbidden, and hasActionMask is false")
        }
        if let component = space.firstForbiddenComponent(of: mask) {
            notes.note(
                .maskLeavesAChoice, at: place,
                space.componentCount == 1 ? "no choice is allowed" : "no choice of component \(component) is allowed")
        }
        return mask
    }

    /// What the task's own policy would do.
    func checkHeuristic(of life: CheckedLife<Task>, _ notes: inout CheckNotes) {
        func numbers(_ task: some HeuristicEnvironment) -> [Double] { task.heuristicAction().numbers }
        guard let heuristic = life.task as? any HeuristicEnvironment else { return }
        notes.apply(.heuristicIsAllowed)
        let action = numbers(heuristic)
        guard action.allSatisfy({ $0.isFinite }), action == numbers(heuristic) else {
            return notes.note(
                .lookingChangesNothing, at: life.place,
                "heuristicAction says \(action), and asked once more \(numbers(heuristic))")
        }
        let mask = life.task.mask()
        guard mask.count == task.actionSpace.size, !task.actionSpace.allows(action, mask: mask) else { return }
        notes.note(
            .heuristicIsAllowed, at: life.place,
            task.actionSpace.allows(action, mask: mask.map { _ in true })
                ? "the mask forbids the heuristic's action \(action)"
                : "the heuristic's action \(action) is none of \(task.actionSpace)")
    }
}

/// Between what bounds each element of the observations has been.
struct ObservationRanges {
    private let space: Space
    private var least: [Float]
    private var most: [Float]
    private var count = 0

    init(of space: Space) {
        self.space = space
        least = Array(repeating: .infinity, count: space.size)
        most = Array(repeating: -.infinity, count: space.size)
    }

    mutating func extend(by observation: [Float]) {
        guard observation.count == least.count else { return }
        count += 1
        for index in observation.indices {
            least[index] = min(least[index], observation[index])
            most[index] = max(most[index], observation[index])
        }
    }

    /// Only of boxes: there are many squares of a board that nothing comes to for long.
    func conclude(_ notes: inout CheckNotes) {
        guard case .box(let low, let high) = space, count >= 200 else { return }
        notes.begin("what varies", .observationVaries)
        let constant = low.indices.filter { least[$0] == most[$0] && low[$0] < high[$0] }
        guard let first = constant.first else { return }
        let others = constant.count == 1 ? "" : ", and so are \(constant.count - 1) others"
        notes.warn(
            .observationVaries,
            "element \(first) of the observation is \(least[first]) at all of \(count) moments\(others)")
    }
}

/// Whether masks have forbidden anything.
struct MaskTally {
    private var count = 0
    private var hasForbidden = false

    mutating func count(_ mask: [Bool]) {
        count += 1
        hasForbidden = hasForbidden || mask.contains(false)
    }

    func conclude(of type: (some Environment).Type, _ notes: inout CheckNotes) {
        guard type.hasActionMask else { return }
        notes.begin("the action mask", .maskIsComplete, .maskLeavesAChoice)
        guard !hasForbidden, count >= 200 else { return }
        notes.warn(
            .maskIsAnnounced, "hasActionMask is true, and at \(count) moments everything was allowed")
    }
}
