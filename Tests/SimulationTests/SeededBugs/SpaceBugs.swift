import Randomness
import Simulation

extension SeededBug {
    /// What a task says about itself.
    static let spaces: [SeededBug] = [
        SeededBug("an Action of three numbers for a box of two", .actionFitsSpace, ThreeMotors()),
        SeededBug("an Action of Float for a discrete space", .actionFitsSpace, PointForChoice()),
        SeededBug("an Int for a box", .actionFitsSpace, ChoiceForPoint()),
        SeededBug("fewer upper than lower bounds", .spacesAreValid, MissingBound()),
        SeededBug("the bounds of an element in the wrong order", .spacesAreValid, SwappedBounds()),
        SeededBug("a discrete space with no choice, of a list that is still empty", .spacesAreValid, NoChoice()),
        SeededBug("bounds that follow the ball", .spacesStay, MovingBounds()),
        SeededBug("an action space that shrinks to the allowed actions", .spacesStay, ShrinkingActions()),
        SeededBug("three players", .playersAreCounted, ThreePlayers()),
        SeededBug("players numbered from 1", .playersAreCounted, PlayersFromOne()),
        SeededBug("a step that costs nothing", .stepCostIsTold, NoCost()),
    ]
}

private struct ThreeMotors: SledTask {
    typealias Action = InlineArray<3, Float>
    var sled = Ball()
    mutating func step(_ action: InlineArray<3, Float>, using random: inout RandomStream) -> Transition {
        push(action[0], action[1] + action[2])
    }
}

private struct PointForChoice: SledTask {
    typealias Action = InlineArray<1, Float>
    var sled = Ball()
    var actionSpace: Space { .discrete(2) }
    mutating func step(_ action: InlineArray<1, Float>, using random: inout RandomStream) -> Transition {
        push(action[0], action[0])
    }
}

private struct ChoiceForPoint: BallTask {
    var ball = Ball()
    var actionSpace: Space { .box(low: [-1], high: [1]) }
}

private struct MissingBound: BallTask {
    var ball = Ball()
    var observationSpace: Space { .box(low: [-4, -1], high: [4]) }
}

private struct SwappedBounds: BallTask {
    var ball = Ball()
    var observationSpace: Space { .box(low: [4, -1], high: [-4, 1]) }
}

private struct NoChoice: BallTask {
    var ball = Ball()
    var pushes: [Double] = []
    var actionSpace: Space { .discrete(pushes.count) }
}

private struct MovingBounds: BallTask {
    var ball = Ball()
    var observationSpace: Space {
        .box(low: [Float(ball.position) - 5, -1], high: [Float(ball.position) + 5, 1])
    }
}

private struct ShrinkingActions: WalkTask {
    static var hasActionMask: Bool { false }
    var square = 0
    var actionSpace: Space { .discrete(square > 0 ? 2 : 3) }
    func writeActionMask(into row: inout MutableSpan<Bool>) {
        for index in row.indices { row[index] = true }
    }
}

private struct ThreePlayers: StoneGame {
    static var playerCount: Int { 3 }
    var stones = Stones()
}

private struct PlayersFromOne: StoneGame {
    var stones = Stones()
    var player: Int { stones.player + 1 }
}

private struct NoCost: BallTask {
    static var stepCost: Int { 0 }
    var ball = Ball()
}
