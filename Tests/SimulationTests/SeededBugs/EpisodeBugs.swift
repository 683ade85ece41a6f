import Randomness
import Simulation
import Synchronization

extension SeededBug {
    /// Copies, streams, and what an episode leaves to the next.
    static let episodes: [SeededBug] = [
        SeededBug("a system random number in step", .isReproducible, SystemWind()),
        SeededBug("a system random number in reset", .isReproducible, SystemStart()),
        SeededBug("the time of day in step", .isReproducible, Clock()),
        SeededBug("a difficulty that grows with a static counter", .isReproducible, StaticDifficulty()),
        SeededBug("the order of a Set decides", .isReproducible, OrderOfSet()),
        SeededBug("a class that copies share", .copiesShareNothing, SharedWorld()),
        SeededBug("a static board that lanes share", .copiesShareNothing, StaticBoard()),
        SeededBug("a generator of its own that goes on", .startsAfresh, OwnGenerator()),
        SeededBug("a generator of its own, seeded in each reset", nil, SeededInReset()),
        SeededBug("a stream replaced by one with a fixed seed", .streamIsKept, ReplacedStream()),
        SeededBug("a stream rewound in each reset", .streamIsKept, RewoundStream()),
        SeededBug("a start that is drawn and then overwritten", .seedsMatter, Overwritten()),
        SeededBug("a field of the state that reset forgets", .startsAfresh, ForgottenFuel()),
        SeededBug("a property beside the state that reset forgets", .startsAfresh, ForgottenCombo()),
        SeededBug("a best-so-far that outlives the episode", .startsAfresh, BestSoFar()),
    ]
}

private struct SystemWind: BallTask {
    var ball = Ball()
    mutating func step(_ action: Int, using random: inout RandomStream) -> Transition {
        ball.velocity += Double.random(in: -0.01...0.01)
        return roll(action, using: &random)
    }
}

private struct SystemStart: BallTask {
    var ball = Ball()
    mutating func reset(using random: inout RandomStream) {
        ball = Ball(position: .random(in: -0.5...0.5), velocity: 0)
    }
}

private struct Clock: BallTask {
    var ball = Ball()
    mutating func step(_ action: Int, using random: inout RandomStream) -> Transition {
        let time = ContinuousClock.now.duration(to: .now).components.attoseconds
        ball.velocity += time % 2_000_000_000 == 0 ? 0.01 : Double(time) * 1e-14
        return roll(action, using: &random)
    }
}

private struct StaticDifficulty: BallTask {
    static let resets = Atomic(0)
    var ball = Ball()
    mutating func reset(using random: inout RandomStream) {
        let count = Self.resets.wrappingAdd(1, ordering: .relaxed).newValue
        ball = Ball(position: random.uniform(in: -0.5...0.5) * min(Double(count) / 100_000, 1), velocity: 0)
    }
}

/// Eight gates, of which the first one that is open counts.
private struct OrderOfSet: BallTask {
    struct State: Codable, Equatable, Sendable {
        var ball = Ball()
        var open: Set<Int> = []
    }
    var state = State()
    var ball: Ball {
        get { state.ball }
        set { state.ball = newValue }
    }
    mutating func reset(using random: inout RandomStream) {
        var open: Set<Int> = []
        for gate in 0..<8 { open.insert(gate) }
        state = State(ball: Ball(position: random.uniform(in: -0.5...0.5)), open: open)
    }
    mutating func step(_ action: Int, using random: inout RandomStream) -> Transition {
        var transition = roll(action, using: &random)
        for gate in state.open where gate % 2 == action % 2 {
            transition.reward = Double(gate)
            break
        }
        return transition
    }
}

private final class World: @unchecked Sendable { var ball = Ball() }

private struct SharedWorld: BallTask {
    let world = World()
    var ball: Ball {
        get { world.ball }
        nonmutating set { world.ball = newValue }
    }
    var state: Ball {
        get { world.ball }
        nonmutating set { world.ball = newValue }
    }
}

/// A wind that each reset sets for all.
private struct StaticBoard: BallTask {
    static let wind = Mutex(0.0)
    var ball = Ball()
    mutating func reset(using random: inout RandomStream) {
        ball = Ball(position: random.uniform(in: -0.5...0.5), velocity: 0)
        let wind = random.uniform(in: -0.005...0.005)
        Self.wind.withLock { $0 = wind }
    }
    mutating func step(_ action: Int, using random: inout RandomStream) -> Transition {
        ball.velocity += Self.wind.withLock { $0 }
        return roll(action, using: &random)
    }
}

private struct OwnGenerator: BallTask {
    var ball = Ball()
    var generator = RandomStream(seed: 42, purpose: "ball")
    mutating func reset(using random: inout RandomStream) {
        ball = Ball(position: generator.uniform(in: -0.5...0.5), velocity: 0)
    }
}

/// Each episode is the same one, whatever the seed. So it is in a task that is meant to be like that.
private struct SeededInReset: BallTask {
    var ball = Ball()
    mutating func reset(using random: inout RandomStream) {
        var generator = RandomStream(seed: 42, purpose: "ball")
        ball = Ball(position: generator.uniform(in: -0.5...0.5), velocity: 0)
    }
}

private struct ReplacedStream: BallTask {
    var ball = Ball()
    mutating func reset(using random: inout RandomStream) {
        random = RandomStream(seed: 42, purpose: "ball")
        ball = Ball(position: random.uniform(in: -0.5...0.5), velocity: 0)
    }
}

private struct RewoundStream: BallTask {
    var ball = Ball()
    mutating func reset(using random: inout RandomStream) {
        random.position = 0
        ball = Ball(position: random.uniform(in: -0.5...0.5), velocity: 0)
    }
}

private struct Overwritten: WalkTask {
    var square = 0
    mutating func reset(using random: inout RandomStream) {
        square = random.index(below: 6)
        square = 0
    }
}

private struct Fuelled: Codable, Equatable, Sendable {
    var ball = Ball()
    var fuel = 100
}

private struct ForgottenFuel: BallTask {
    var state = Fuelled()
    var ball: Ball {
        get { state.ball }
        set { state.ball = newValue }
    }
    mutating func reset(using random: inout RandomStream) {
        ball = Ball(position: random.uniform(in: -0.5...0.5), velocity: 0)
    }
    mutating func step(_ action: Int, using random: inout RandomStream) -> Transition {
        if action != 1 { state.fuel -= 1 }
        return roll(state.fuel > 0 ? action : 1, using: &random)
    }
}

private struct ForgottenCombo: BallTask {
    var ball = Ball()
    var combo = 0
    mutating func step(_ action: Int, using random: inout RandomStream) -> Transition {
        combo = action == 1 ? 0 : combo + 1
        var transition = roll(action, using: &random)
        if combo > 3 { transition.reward += 0.1 }
        return transition
    }
}

/// In the state, and of no consequence: a warning.
private struct BestSoFar: BallTask {
    struct State: Codable, Equatable, Sendable {
        var ball = Ball()
        var best = -100.0
    }
    var state = State()
    var ball: Ball {
        get { state.ball }
        set { state.ball = newValue }
    }
    mutating func reset(using random: inout RandomStream) {
        ball = Ball(position: random.uniform(in: -0.5...0.5), velocity: 0)
    }
    mutating func step(_ action: Int, using random: inout RandomStream) -> Transition {
        let transition = roll(action, using: &random)
        state.best = max(state.best, transition.reward)
        return transition
    }
}
