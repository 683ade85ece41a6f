import Glibc
import Randomness
import Simulation

extension SeededBug {
    static let states: [SeededBug] = [
        SeededBug("a property that step changes and the state lacks", .stateIsComplete, GustBesideState()),
        SeededBug("a step count beside the state that ends the episode", .stateIsComplete, CountBesideState()),
        SeededBug("the action before, kept beside the state", .stateIsComplete, ActionBesideState()),
        SeededBug("a value derived from the state that its setter does not renew", .stateIsComplete, DerivedValue()),
        SeededBug("a setter that takes over one property of two", .stateIsSettable, HalfSetter()),
        SeededBug("a setter that rounds", .stateIsSettable, RoundingSetter()),
        SeededBug("coding that drops a property", .stateSurvivesCoding, DroppedProperty()),
        SeededBug("coding that drops a property which == does not look at", .stateSurvivesCoding, UncomparedProperty()),
        SeededBug("Double coded as Float", .stateSurvivesCoding, FloatCoding()),
        SeededBug("decoding that refuses states which occur", .stateSurvivesCoding, StrictDecoding()),
        SeededBug("NaN for what is not known yet", .stateEqualsItself, NaNInState()),
        SeededBug("a vector in another order than it is read", .vectorIsTheState, SwappedVector()),
        SeededBug("a vector with fewer numbers than names", .vectorIsTheState, ShortVector()),
    ]
}

private struct GustBesideState: BallTask {
    var ball = Ball()
    var gust = 0.0
    mutating func reset(using random: inout RandomStream) {
        ball = Ball(position: random.uniform(in: -0.5...0.5), velocity: 0)
        gust = 0
    }
    mutating func step(_ action: Int, using random: inout RandomStream) -> Transition {
        gust = 0.9 * gust + random.uniform(in: -0.001...0.001)
        ball.velocity += gust
        return roll(action, using: &random)
    }
}

private struct CountBesideState: BallTask {
    var ball = Ball()
    var elapsed = 0
    mutating func reset(using random: inout RandomStream) {
        ball = Ball(position: random.uniform(in: -0.5...0.5), velocity: 0)
        elapsed = 0
    }
    mutating func step(_ action: Int, using random: inout RandomStream) -> Transition {
        elapsed += 1
        var transition = roll(action, using: &random)
        if elapsed == 140 { transition.outcome = .terminated }
        return transition
    }
}

/// A change of mind costs.
private struct ActionBesideState: BallTask {
    var ball = Ball()
    var before = 1
    mutating func reset(using random: inout RandomStream) {
        ball = Ball(position: random.uniform(in: -0.5...0.5), velocity: 0)
        before = 1
    }
    mutating func step(_ action: Int, using random: inout RandomStream) -> Transition {
        var transition = roll(action, using: &random)
        if action != before { transition.reward -= 0.1 }
        before = action
        return transition
    }
}

private struct DerivedValue: BallTask {
    var ball = Ball()
    var height = 1.0
    mutating func reset(using random: inout RandomStream) {
        ball = Ball(position: random.uniform(in: -0.5...0.5), velocity: 0)
        height = cos(ball.position)
    }
    mutating func step(_ action: Int, using random: inout RandomStream) -> Transition {
        let transition = roll(action, using: &random)
        height = cos(ball.position)
        return transition
    }
    func observe(into row: inout MutableSpan<Float>) {
        row[0] = Float(height)
        row[1] = Float(ball.velocity)
    }
}

private struct HalfSetter: BallTask {
    var ball = Ball()
    var state: Ball {
        get { ball }
        set { ball.position = newValue.position }
    }
}

private struct RoundingSetter: BallTask {
    var ball = Ball()
    var state: Ball {
        get { ball }
        set { ball = Ball(position: newValue.position, velocity: (newValue.velocity * 1000).rounded() / 1000) }
    }
}

/// A ball's state with a spin; each kind is coded or compared in another way.
private protocol SpinState: Codable, Equatable, Sendable {
    var ball: Ball { get set }
    var spin: Double { get set }
    init()
}

private struct SpinTask<State: SpinState>: BallTask {
    var state = State()
    var ball: Ball {
        get { state.ball }
        set { state.ball = newValue }
    }
    mutating func reset(using random: inout RandomStream) {
        state = State()
        state.spin = random.uniform(in: -1...1)
        state.ball.position = random.uniform(in: -0.5...0.5)
    }
    mutating func step(_ action: Int, using random: inout RandomStream) -> Transition {
        state.spin = 0.99 * state.spin + 0.01 * Double(action - 1)
        ball.velocity += 0.001 * state.spin
        return roll(action, using: &random)
    }
}

private typealias DroppedProperty = SpinTask<DroppedSpin>
private typealias UncomparedProperty = SpinTask<UncomparedSpin>
private typealias FloatCoding = SpinTask<FloatSpin>
private typealias StrictDecoding = SpinTask<StrictSpin>
private typealias NaNInState = SpinTask<UnknownSpin>

private struct DroppedSpin: SpinState {
    var ball = Ball()
    var spin = 0.0
    private enum CodingKeys: CodingKey { case ball }
}

private struct UncomparedSpin: SpinState {
    var ball = Ball()
    var spin = 0.0
    private enum CodingKeys: CodingKey { case ball }
    static func == (a: Self, b: Self) -> Bool { a.ball == b.ball }
}

private struct FloatSpin: SpinState {
    var ball = Ball()
    var spin = 0.0
    private enum CodingKeys: CodingKey { case ball, spin }
    init() {}
    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        ball = try values.decode(Ball.self, forKey: .ball)
        spin = Double(try values.decode(Float.self, forKey: .spin))
    }
    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(ball, forKey: .ball)
        try values.encode(Float(spin), forKey: .spin)
    }
}

private struct StrictSpin: SpinState {
    var ball = Ball()
    var spin = 0.0
    private enum CodingKeys: CodingKey { case ball, spin }
    init() {}
    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        ball = try values.decode(Ball.self, forKey: .ball)
        spin = try values.decode(Double.self, forKey: .spin)
        if spin < 0 { throw EnvironmentError("a spin of \(spin)") }
    }
}

/// What is not known before it is measured is NaN.
private struct UnknownSpin: SpinState {
    var ball = Ball()
    var spin = 0.0
    var measured = Double.nan
}

private struct Numbered: Codable, Equatable, Sendable, VectorState {
    static let names = ["position, m", "velocity, m/s"]
    var ball = Ball()
    init() {}
    init(vector: [Double]) throws(EnvironmentError) {
        try Self.checkLength(vector)
        ball = Ball(position: vector[0], velocity: vector[1])
    }
    var vector: [Double] { [ball.velocity, ball.position] }
}

private struct SwappedVector: BallTask {
    var state = Numbered()
    var ball: Ball {
        get { state.ball }
        set { state.ball = newValue }
    }
}

private struct Shortened: Codable, Equatable, Sendable, VectorState {
    static let names = ["position, m", "velocity, m/s"]
    var ball = Ball()
    init() {}
    init(vector: [Double]) throws(EnvironmentError) {
        ball = Ball(position: vector[0], velocity: 0)
    }
    var vector: [Double] { [ball.position] }
}

private struct ShortVector: BallTask {
    var state = Shortened()
    var ball: Ball {
        get { state.ball }
        set { state.ball = newValue }
    }
}
