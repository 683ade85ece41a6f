import Randomness

/// A course of episodes of a task under a check: it knows where it is, and chooses actions in several ways, of those that
/// the mask allows.
struct CheckedLife<Task: Environment> {
    /// How an episode's actions are chosen.
    enum Style: Int, CaseIterable {
        case random
        /// The first choices, the lower bounds.
        case lowest
        /// The last choices, the upper bounds.
        case highest
        case heuristic
        /// One random action again and again.
        case constant
        /// A lowest or highest component, each anew.
        case extreme
    }

    /// What stands for the bound of a box that has none.
    static var farAway: Float { 10 }

    var task: Task
    var random: RandomStream
    private(set) var style = Style.random
    /// From 1.
    private(set) var episode = 0
    /// Of the episode.
    private(set) var step = 0
    /// Of all episodes.
    private(set) var stepCount = 0
    private(set) var outcome = Outcome.truncated
    /// How long the episode before was.
    private(set) var latestLength = 0

    private let space: Space
    private let counts: [Int]
    /// Whether a mask can say something about actions.
    private let isMasked: Bool
    private let longest: Int
    private var actions: RandomStream
    private var discrete: [Int32]
    private var continuous: [Float]
    /// [actionSpace.size], what may be taken now.
    private(set) var mask: [Bool]

    /// - Parameter steps: how long the course will be: an episode may take half of it.
    init(_ task: Task, seed: UInt64, purpose: String = "environment", steps: Int) {
        self.task = task
        random = RandomStream(seed: seed, purpose: purpose)
        actions = RandomStream(seed: seed, purpose: "actions")
        space = task.actionSpace
        counts = space.choiceCounts
        isMasked = space.isDiscrete && space.size == space.choiceCounts.reduce(0, +)
        longest = max(steps / 2, 1)
        discrete = Array(repeating: 0, count: space.isDiscrete ? space.componentCount : 0)
        continuous = Array(repeating: 0, count: space.isDiscrete ? 0 : space.componentCount)
        mask = Array(repeating: true, count: space.size)
    }

    var place: EnvironmentFinding.Place { .init(episode: episode, step: step) }

    /// Whether a step can be taken.
    var isRunning: Bool { outcome == .running }

    mutating func begin() {
        task.reset(using: &random)
        latestLength = step
        episode += 1
        step = 0
        outcome = .running
        style = Style(rawValue: (episode - 1) % Style.allCases.count) ?? .random
        // Kept by an episode of one action, and drawn over by the others.
        drawAction()
    }

    /// Ends an episode that does not end, or that no action can be found in.
    mutating func breakOff() {
        stepCount += 1
        outcome = .truncated
    }

    /// The next action; nil if the mask allows none.
    mutating func chooseAction() -> Task.Action? {
        readMask()
        guard space.firstForbiddenComponent(of: mask) == nil else { return nil }
        switch style {
        case .random: drawAction()
        case .lowest: takeExtremes { 0 }
        case .highest: takeExtremes { 1 }
        case .extreme:
            var actions = actions
            takeExtremes { actions.index(below: 2) }
            self.actions = actions
        case .constant: if !isAllowed { drawAction() }
        case .heuristic:
            guard let heuristic = task as? any HeuristicEnvironment else {
                drawAction()
                break
            }
            write(heuristicOf: heuristic)
            if !isAllowed { drawAction() }
        }
        return action
    }

    mutating func act(_ action: Task.Action) -> Transition {
        let transition = task.step(action, using: &random)
        step += 1
        stepCount += 1
        outcome = transition.outcome
        if outcome == .running, step >= limit { outcome = .truncated }
        return transition
    }

    /// Where an episode is broken off: those of random actions are long, some come to little, and the rest lie between.
    private var limit: Int {
        if episode % 5 == 2 { return 37 }
        return switch style {
        case .random: longest
        case .heuristic: max(longest / 2, 1)
        case .lowest, .highest, .constant, .extreme: min(longest, max(150, longest / 8))
        }
    }

    /// So many actions that the present mask allows, the lowest and the highest one first; none if it allows none.
    mutating func trialActions(_ count: Int) -> [Task.Action] {
        readMask()
        guard space.firstForbiddenComponent(of: mask) == nil else { return [] }
        return (0..<count).map { index in
            if index < 2 { takeExtremes { index } } else { drawAction() }
            return action
        }
    }

    /// A task whose action space changes has a mask that does not fit the one it began with: that one is not used.
    private mutating func readMask() {
        mask = task.mask()
        if mask.count != space.size { mask = Array(repeating: true, count: space.size) }
    }

    private var action: Task.Action { Task.Action(row: 0, discrete: discrete.span, continuous: continuous.span) }

    private mutating func drawAction() {
        let masks = isMasked && space.firstForbiddenComponent(of: mask) == nil ? mask : []
        space.drawAction(row: 0, discrete: &discrete, continuous: &continuous, masks: masks, using: &actions)
    }

    /// - Parameter side: 0 for the lowest, 1 for the highest, asked once for each component.
    private mutating func takeExtremes(_ side: () -> Int) {
        if case .box(let low, let high) = space {
            for index in low.indices {
                // Far away, but inside of a box that is open on one side.
                let far = Self.farAway
                let least = low[index].isFinite ? low[index] : min(-far, high[index])
                let most = high[index].isFinite ? high[index] : max(far, low[index])
                continuous[index] = side() == 0 ? least : most
            }
            return
        }
        var start = 0
        for (component, count) in counts.enumerated() {
            let allowed = (0..<count).filter { !isMasked || mask[start + $0] }
            discrete[component] = Int32((side() == 0 ? allowed.first : allowed.last) ?? 0)
            start += count
        }
    }

    private var isAllowed: Bool { space.allows(action.numbers, mask: mask) }

    private mutating func write(heuristicOf task: some HeuristicEnvironment) {
        writeAction(task.heuristicAction(), discrete: &discrete, continuous: &continuous)
    }
}

extension Space {
    /// The first component for which a mask allows no choice; nil if there is none.
    func firstForbiddenComponent(of mask: [Bool]) -> Int? {
        let counts: [Int]
        switch self {
        case .discrete(let count): counts = [count]
        case .multiDiscrete(let several): counts = several
        case .binary, .box: return nil
        }
        var start = 0
        for (component, count) in counts.enumerated() {
            if !mask[start..<start + count].contains(true) { return component }
            start += count
        }
        return nil
    }

    /// Whether these are the numbers of an action of this space that `mask` allows.
    func allows(_ numbers: [Double], mask: [Bool]) -> Bool {
        guard numbers.count == componentCount else { return false }
        if case .box(let low, let high) = self {
            return numbers.indices.allSatisfy { Double(low[$0]) <= numbers[$0] && numbers[$0] <= Double(high[$0]) }
        }
        var start = 0
        for (component, count) in choiceCounts.enumerated() {
            guard let choice = Int(exactly: numbers[component]), (0..<count).contains(choice) else { return false }
            if case .binary = self { continue }
            guard mask[start + choice] else { return false }
            start += count
        }
        return true
    }
}
