import Randomness
import Simulation

extension SeededBug {
    /// Masks, turns, and the policy that a task knows.
    static let masks: [SeededBug] = [
        SeededBug("no choice left at a dead end", .maskLeavesAChoice, DeadEnd()),
        SeededBug("no choice left for the second component", .maskLeavesAChoice, StuckDial()),
        SeededBug("a mask in which the forbidden is not written", .maskIsComplete, AllowedOnly()),
        SeededBug("a mask that is not announced", .maskIsAnnounced, SecretMask()),
        SeededBug("a mask that is announced and allows everything", .maskIsAnnounced, IdleMask()),
        SeededBug("a mask for a box", .maskIsAnnounced, MaskedBox()),
        SeededBug("a mask kept beside the state", .stateIsComplete, KeptMask()),
        SeededBug("a mask that reset leaves as it was", .startsAfresh, MaskOfBefore()),
        SeededBug("a mask that is a step behind", nil, StaleMask()),
        SeededBug("a heuristic that the mask forbids", .heuristicIsAllowed, ForbiddenHeuristic()),
        SeededBug("a heuristic beyond the bounds", .heuristicIsAllowed, WildHeuristic()),
        SeededBug("a heuristic that tosses a coin", .lookingChangesNothing, CoinHeuristic()),
        SeededBug("a game in which the turn never changes", .turnsChange, OnePlayer()),
        SeededBug("rewards as the first player sees them", .rewardIsTheActors, FirstPlayersReward()),
    ]
}

/// From the fourth square nothing leads on.
private struct DeadEnd: WalkTask {
    var square = 0
    func writeActionMask(into row: inout MutableSpan<Bool>) {
        for index in row.indices { row[index] = square != 3 }
    }
}

private struct StuckDial: DialTask {
    var marks = [0, 0]
    func writeActionMask(into row: inout MutableSpan<Bool>) {
        for index in 0..<3 { row[index] = true }
        for index in 3..<7 { row[index] = marks[0] != 1 }
    }
}

private struct AllowedOnly: StoneGame {
    var stones = Stones()
    func writeActionMask(into row: inout MutableSpan<Bool>) {
        for index in row.indices where index < stones.left { row[index] = true }
    }
}

private struct SecretMask: WalkTask {
    static var hasActionMask: Bool { false }
    var square = 0
}

private struct IdleMask: WalkTask {
    var square = 0
    func writeActionMask(into row: inout MutableSpan<Bool>) {
        for index in row.indices { row[index] = true }
    }
}

private struct MaskedBox: SledTask {
    typealias Action = InlineArray<2, Float>
    static var hasActionMask: Bool { true }
    var sled = Ball()
}

/// Allows what may be done, as reset and step have worked it out; whoever sets the state does not.
private struct KeptMask: WalkTask {
    var square = 0
    var isAtTheEdge = true
    mutating func reset(using random: inout RandomStream) {
        square = random.index(below: 6)
        isAtTheEdge = square == 0
    }
    mutating func step(_ action: Int, using random: inout RandomStream) -> Transition {
        let transition = walk(action)
        isAtTheEdge = square == 0
        return transition
    }
    func writeActionMask(into row: inout MutableSpan<Bool>) {
        row[0] = !isAtTheEdge
        row[1] = true
        row[2] = true
    }
}

private struct MaskOfBefore: WalkTask {
    var square = 0
    var isAtTheEdge = true
    mutating func step(_ action: Int, using random: inout RandomStream) -> Transition {
        let transition = walk(action)
        isAtTheEdge = square == 0
        return transition
    }
    func writeActionMask(into row: inout MutableSpan<Bool>) {
        row[0] = !isAtTheEdge
        row[1] = true
        row[2] = true
    }
}

/// Allows what might have been done a step ago. So does a task in which it takes a step to turn around.
private struct StaleMask: Environment {
    struct State: Codable, Equatable, Sendable {
        var walk = Walk().state
        var mayGoLeft = true
    }
    static var hasActionMask: Bool { true }
    var state = State()
    var observationSpace: Space { .discrete(7) }
    var actionSpace: Space { .discrete(3) }
    mutating func reset(using random: inout RandomStream) {
        var walk = Walk()
        walk.reset(using: &random)
        state = State(walk: walk.square, mayGoLeft: walk.square > 0)
    }
    mutating func step(_ action: Int, using random: inout RandomStream) -> Transition {
        state.mayGoLeft = state.walk > 0
        var walk = Walk(square: state.walk)
        let transition = walk.walk(action)
        state.walk = walk.square
        return transition
    }
    func observe(into row: inout MutableSpan<Float>) { Walk(square: state.walk).observe(into: &row) }
    func writeActionMask(into row: inout MutableSpan<Bool>) {
        row[0] = state.mayGoLeft
        row[1] = true
        row[2] = true
    }
}

private struct ForbiddenHeuristic: WalkTask, HeuristicEnvironment {
    var square = 0
    func heuristicAction() -> Int { square < 3 ? 0 : 1 }
}

private struct WildHeuristic: SledTask, HeuristicEnvironment {
    typealias Action = InlineArray<2, Float>
    var sled = Ball()
    func heuristicAction() -> InlineArray<2, Float> { [Float(-4 * sled.position), 0] }
}

private struct CoinHeuristic: BallTask, HeuristicEnvironment {
    var ball = Ball()
    func heuristicAction() -> Int { Bool.random() ? 0 : 2 }
}

private struct OnePlayer: StoneGame {
    var stones = Stones()
    mutating func step(_ action: Int, using random: inout RandomStream) -> Transition {
        let player = stones.player
        defer { stones.player = player }
        return take(action)
    }
}

private struct FirstPlayersReward: StoneGame {
    var stones = Stones()
    mutating func step(_ action: Int, using random: inout RandomStream) -> Transition {
        let actor = stones.player
        var transition = take(action)
        if actor == 1 { transition.reward = -transition.reward }
        return transition
    }
}
