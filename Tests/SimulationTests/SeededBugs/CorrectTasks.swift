import Randomness
import Simulation

/// Where a ball is and how fast it rolls.
struct Ball: Codable, Equatable, Sendable {
    var position = 0.0
    var velocity = 0.0
}

/// A ball on a track is pushed to the left, not at all, or to the right, while a wind blows; it had better stay in the
/// middle, and is lost beyond 3. The correct task: what has a mistake writes one of these anew.
protocol BallTask: Environment where Action == Int {
    var ball: Ball { get set }
}

extension BallTask {
    var observationSpace: Space { .box(low: [-4, -1], high: [4, 1]) }
    var actionSpace: Space { .discrete(3) }

    mutating func reset(using random: inout RandomStream) {
        ball = Ball(position: random.uniform(in: -0.5...0.5), velocity: 0)
    }

    mutating func step(_ action: Int, using random: inout RandomStream) -> Transition {
        roll(action, using: &random)
    }

    mutating func roll(_ action: Int, using random: inout RandomStream) -> Transition {
        ball.velocity += 0.015 * Double(action - 1) - 0.1 * ball.velocity + random.uniform(in: -0.005...0.005)
        ball.position += ball.velocity
        return Transition(reward: -abs(ball.position), outcome: abs(ball.position) > 3 ? .terminated : .running)
    }

    func observe(into row: inout MutableSpan<Float>) {
        row[0] = Float(ball.position)
        row[1] = Float(ball.velocity)
    }
}

extension BallTask where State == Ball {
    var state: Ball {
        get { ball }
        set { ball = newValue }
    }
}

struct BallRolling: BallTask { var ball = Ball() }

/// A walk along seven squares to the last one: left, right or stay, but not over the ends.
protocol WalkTask: Environment where Action == Int, State == Int {
    var square: Int { get set }
}

extension WalkTask {
    static var hasActionMask: Bool { true }
    var observationSpace: Space { .discrete(7) }
    var actionSpace: Space { .discrete(3) }
    var state: Int {
        get { square }
        set { square = newValue }
    }

    mutating func reset(using random: inout RandomStream) { square = random.index(below: 6) }

    mutating func step(_ action: Int, using random: inout RandomStream) -> Transition { walk(action) }

    mutating func walk(_ action: Int) -> Transition {
        square = min(max(square + [-1, 1, 0][action], 0), 6)
        return Transition(reward: -1, outcome: square == 6 ? .terminated : .running)
    }

    func observe(into row: inout MutableSpan<Float>) {
        for index in row.indices { row[index] = index == square ? 1 : 0 }
    }

    func writeActionMask(into row: inout MutableSpan<Bool>) {
        row[0] = square > 0
        row[1] = true
        row[2] = true
    }
}

struct Walk: WalkTask { var square = 0 }

/// Eleven to fifteen stones, of which two players take one to three by turns: whoever takes the last one wins.
protocol StoneGame: Environment where Action == Int, State == Stones {
    var stones: Stones { get set }
}

struct Stones: Codable, Equatable, Sendable {
    var left = 11
    var player = 0
}

extension StoneGame {
    static var playerCount: Int { 2 }
    static var hasActionMask: Bool { true }
    var player: Int { stones.player }
    var observationSpace: Space { .discrete(16) }
    var actionSpace: Space { .discrete(3) }
    var state: Stones {
        get { stones }
        set { stones = newValue }
    }

    mutating func reset(using random: inout RandomStream) {
        stones = Stones(left: 11 + random.index(below: 5), player: 0)
    }

    mutating func step(_ action: Int, using random: inout RandomStream) -> Transition { take(action) }

    mutating func take(_ action: Int) -> Transition {
        stones.left = max(stones.left - action - 1, 0)
        stones.player = 1 - stones.player
        return stones.left == 0 ? Transition(reward: 1, outcome: .terminated) : Transition(reward: 0)
    }

    func observe(into row: inout MutableSpan<Float>) {
        for index in row.indices { row[index] = index == stones.left ? 1 : 0 }
    }

    func writeActionMask(into row: inout MutableSpan<Bool>) {
        for index in row.indices { row[index] = index < stones.left }
    }
}

struct StonesTaken: StoneGame { var stones = Stones() }

/// A sled that two motors push, with as much as −1 to 1 each.
protocol SledTask: Environment where State == Ball {
    var sled: Ball { get set }
}

extension SledTask {
    var observationSpace: Space { .box(low: [-3, -0.5], high: [3, 0.5]) }
    var actionSpace: Space { .box(low: [-1, -1], high: [1, 1]) }
    var state: Ball {
        get { sled }
        set { sled = newValue }
    }

    mutating func reset(using random: inout RandomStream) {
        sled = Ball(position: random.uniform(in: -1...1), velocity: 0)
    }

    mutating func push(_ left: Float, _ right: Float) -> Transition {
        sled.velocity = 0.9 * sled.velocity + 0.02 * Double(left + right)
        sled.position = min(max(sled.position + sled.velocity, -3), 3)
        return Transition(reward: -sled.position * sled.position)
    }

    func observe(into row: inout MutableSpan<Float>) {
        row[0] = Float(sled.position)
        row[1] = Float(sled.velocity)
    }
}

extension SledTask where Action == InlineArray<2, Float> {
    mutating func step(_ action: InlineArray<2, Float>, using random: inout RandomStream) -> Transition {
        push(action[0], action[1])
    }
}

struct Sled: SledTask {
    typealias Action = InlineArray<2, Float>
    var sled = Ball()
}

/// Two dials with three and four marks, turned to where a lamp is lit.
protocol DialTask: Environment where Action == InlineArray<2, Int>, State == [Int] {
    var marks: [Int] { get set }
}

extension DialTask {
    static var hasActionMask: Bool { true }
    var observationSpace: Space { .multiDiscrete([3, 4]) }
    var actionSpace: Space { .multiDiscrete([3, 4]) }
    var state: [Int] {
        get { marks }
        set { marks = newValue }
    }

    mutating func reset(using random: inout RandomStream) {
        marks = [random.index(below: 3), random.index(below: 4)]
    }

    mutating func step(_ action: InlineArray<2, Int>, using random: inout RandomStream) -> Transition {
        marks = [action[0], action[1]]
        return Transition(reward: action[0] == 2 ? 1 : 0, outcome: action[1] == 3 ? .terminated : .running)
    }

    func observe(into row: inout MutableSpan<Float>) {
        for index in row.indices { row[index] = index == marks[0] || index == 3 + marks[1] ? 1 : 0 }
    }

    /// A dial cannot be left where it is.
    func writeActionMask(into row: inout MutableSpan<Bool>) {
        for index in row.indices { row[index] = index != marks[0] && index != 3 + marks[1] }
    }
}

struct Dials: DialTask { var marks = [0, 0] }
