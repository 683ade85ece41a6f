import Glibc
import Randomness
import Simulation

extension SeededBug {
    static let observations: [SeededBug] = [
        SeededBug("a forgotten element of the observation", .observationIsComplete, ForgottenElement()),
        SeededBug("an element written in one branch only", .observationIsComplete, WrittenSometimes()),
        SeededBug("a one-hot row whose zeros are taken for granted", .observationIsComplete, OneWithoutZeros()),
        SeededBug("an element that is added to", .observationIgnoresRow, AddedTo()),
        SeededBug("a bound that is passed after two hundred steps", .observationIsInside, Warming()),
        SeededBug("a bound that is passed at full thrust only", .observationIsInside, FullThrust()),
        SeededBug("a number where a one-hot row belongs", .observationIsInside, NumberForChoice()),
        SeededBug("a one-hot row counted from 1", .observationIsInside, CountedFromOne()),
        SeededBug("a picture with shades in a binary space", .observationIsInside, Shades()),
        SeededBug("degrees in bounds of radians", .observationIsInside, Degrees()),
        SeededBug("NaN at the end of an episode", .observationIsFinite, NaNAtTheEnd()),
        SeededBug("an inverse that is infinite at the start", .observationIsFinite, Inverse()),
        SeededBug("an element that overflows Float", .observationIsFinite, Overflow()),
        SeededBug("noise drawn by observe, through a class", .lookingChangesNothing, NoisySensor()),
        SeededBug("a counter of looks, in a class", .lookingChangesNothing, CountedLooks()),
        SeededBug("a step that begins the next episode itself", .endIsShown, SelfResetting()),
        SeededBug("a step that goes back to a fixed start itself", .endIsShown, SelfReturning()),
        SeededBug("an element that shows a constant", .observationVaries, ConstantElement()),
        SeededBug("an observation kept by step and not by reset", .startsAfresh, KeptByStep()),
        SeededBug("an observation that lags a step behind", nil, Lagging()),
    ]
}

private struct ForgottenElement: BallTask {
    var ball = Ball()
    func observe(into row: inout MutableSpan<Float>) { row[0] = Float(ball.position) }
}

private struct WrittenSometimes: BallTask {
    var ball = Ball()
    func observe(into row: inout MutableSpan<Float>) {
        row[0] = Float(ball.position)
        if ball.position > 0 { row[1] = Float(ball.velocity) }
    }
}

private struct OneWithoutZeros: WalkTask {
    var square = 0
    func observe(into row: inout MutableSpan<Float>) { row[square] = 1 }
}

private struct AddedTo: BallTask {
    var ball = Ball()
    func observe(into row: inout MutableSpan<Float>) {
        row[0] = Float(ball.position)
        row[1] += Float(ball.velocity)
    }
}

/// A motor that warms up while it pushes, and that nobody thought would for so long.
private struct Warming: BallTask {
    struct State: Codable, Equatable, Sendable {
        var ball = Ball()
        var heat = 0.0
    }
    var state = State()
    var ball: Ball {
        get { state.ball }
        set { state.ball = newValue }
    }
    var observationSpace: Space { .box(low: [-4, 0], high: [4, 1]) }
    mutating func reset(using random: inout RandomStream) {
        state = State(ball: Ball(position: random.uniform(in: -0.5...0.5)))
    }
    mutating func step(_ action: Int, using random: inout RandomStream) -> Transition {
        state.heat += 0.0048
        return roll(action, using: &random)
    }
    func observe(into row: inout MutableSpan<Float>) {
        row[0] = Float(ball.position)
        row[1] = Float(state.heat)
    }
}

private struct FullThrust: SledTask {
    typealias Action = InlineArray<2, Float>
    var sled = Ball()
    var observationSpace: Space { .box(low: [-3, -0.3], high: [3, 0.3]) }
}

private struct NumberForChoice: WalkTask {
    var square = 0
    func observe(into row: inout MutableSpan<Float>) {
        for index in row.indices { row[index] = 0 }
        row[0] = Float(square)
    }
}

private struct CountedFromOne: WalkTask {
    var square = 0
    func observe(into row: inout MutableSpan<Float>) {
        for index in row.indices { row[index] = index + 1 == square ? 1 : 0 }
    }
}

private struct Shades: WalkTask {
    var square = 0
    var observationSpace: Space { .binary(shape: [1, 7, 1]) }
    func observe(into row: inout MutableSpan<Float>) {
        for index in row.indices { row[index] = index == square ? 1 : index + 1 == square ? 0.5 : 0 }
    }
}

private struct Degrees: BallTask {
    var ball = Ball()
    var observationSpace: Space { .box(low: [-.pi, -1], high: [.pi, 1]) }
    func observe(into row: inout MutableSpan<Float>) {
        row[0] = Float(ball.position) * 180 / .pi
        row[1] = Float(ball.velocity)
    }
}

/// How far it is down from a round hill.
private struct NaNAtTheEnd: BallTask {
    var ball = Ball()
    var observationSpace: Space { .box(low: [-4, 0], high: [4, 3]) }
    func observe(into row: inout MutableSpan<Float>) {
        row[0] = Float(ball.position)
        row[1] = Float(sqrt(9 - ball.position * ball.position))
    }
}

private struct Inverse: BallTask {
    var ball = Ball()
    var observationSpace: Space { .box(low: [-4, -.infinity], high: [4, .infinity]) }
    func observe(into row: inout MutableSpan<Float>) {
        row[0] = Float(ball.position)
        row[1] = Float(1 / ball.velocity)
    }
}

/// A score that doubles with each step.
private struct Overflow: BallTask {
    struct State: Codable, Equatable, Sendable {
        var ball = Ball()
        var score = 1.0
    }
    var state = State()
    var ball: Ball {
        get { state.ball }
        set { state.ball = newValue }
    }
    var observationSpace: Space { .box(low: [-4, 0], high: [4, .infinity]) }
    mutating func reset(using random: inout RandomStream) {
        state = State(ball: Ball(position: random.uniform(in: -0.5...0.5)))
    }
    mutating func step(_ action: Int, using random: inout RandomStream) -> Transition {
        state.score *= 2
        return roll(action, using: &random)
    }
    func observe(into row: inout MutableSpan<Float>) {
        row[0] = Float(ball.position)
        row[1] = Float(state.score)
    }
}

private final class Sensor: @unchecked Sendable {
    var random = RandomStream(seed: 3, purpose: "sensor")
    var looks = 0
}

private struct NoisySensor: BallTask {
    var ball = Ball()
    let sensor = Sensor()
    func observe(into row: inout MutableSpan<Float>) {
        row[0] = Float(ball.position + 0.01 * sensor.random.uniform())
        row[1] = Float(ball.velocity)
    }
}

private struct CountedLooks: BallTask {
    var ball = Ball()
    let sensor = Sensor()
    var observationSpace: Space { .box(low: [-4, 0], high: [4, .infinity]) }
    func observe(into row: inout MutableSpan<Float>) {
        sensor.looks += 1
        row[0] = Float(ball.position)
        row[1] = Float(sensor.looks)
    }
}

private struct SelfResetting: BallTask {
    var ball = Ball()
    mutating func step(_ action: Int, using random: inout RandomStream) -> Transition {
        let transition = roll(action, using: &random)
        if transition.outcome == .terminated { reset(using: &random) }
        return transition
    }
}

private struct SelfReturning: WalkTask {
    var square = 0
    mutating func reset(using random: inout RandomStream) { square = 0 }
    mutating func step(_ action: Int, using random: inout RandomStream) -> Transition {
        let transition = walk(action)
        if transition.outcome == .terminated { square = 0 }
        return transition
    }
}

private struct ConstantElement: BallTask {
    var ball = Ball()
    let start = Ball()
    func observe(into row: inout MutableSpan<Float>) {
        row[0] = Float(ball.position)
        row[1] = Float(start.velocity)
    }
}

private struct KeptByStep: BallTask {
    var ball = Ball()
    var seen: Float = 0
    mutating func step(_ action: Int, using random: inout RandomStream) -> Transition {
        let transition = roll(action, using: &random)
        seen = Float(ball.position)
        return transition
    }
    func observe(into row: inout MutableSpan<Float>) {
        row[0] = seen
        row[1] = Float(ball.velocity)
    }
}

/// Shows where the ball was before the step. A camera with a delay is a task to be learned, too.
private struct Lagging: BallTask {
    struct State: Codable, Equatable, Sendable {
        var ball = Ball()
        var before = Ball()
    }
    var state = State()
    var ball: Ball {
        get { state.ball }
        set { state.ball = newValue }
    }
    mutating func reset(using random: inout RandomStream) {
        let start = Ball(position: random.uniform(in: -0.5...0.5))
        state = State(ball: start, before: start)
    }
    mutating func step(_ action: Int, using random: inout RandomStream) -> Transition {
        state.before = state.ball
        return roll(action, using: &random)
    }
    func observe(into row: inout MutableSpan<Float>) {
        row[0] = Float(state.before.position)
        row[1] = Float(state.before.velocity)
    }
}
