import Randomness
import Simulation

extension SeededBug {
    static let parameters: [SeededBug] = [
        SeededBug("a constant that nothing reads", .parametersMatter, IdleConstant()),
        SeededBug("a constant copied before it is changed", .parametersMatter, CopiedConstant()),
        SeededBug("bounds that depend on a constant", .spacesStay, ConstantInBounds()),
        SeededBug("a default outside of its range", .parametersAreSound, DefaultOutside()),
        SeededBug("two constants of one name", .parametersAreSound, SameName()),
        SeededBug("a range whose end divides by zero", .parameterRangesHold, ZeroMass()),
    ]
}

/// Constants of a ball, of which each says what it is.
protocol BallConstants: EnvironmentParameters {
    var force: Double { get set }
    var mass: Double { get set }
}

/// The correct task with constants.
struct HeavyBall<Parameters: BallConstants>: BallTask, ParameterizedEnvironment {
    var ball = Ball()
    var parameters = Parameters()
    mutating func step(_ action: Int, using random: inout RandomStream) -> Transition {
        ball.velocity += parameters.force / parameters.mass * Double(action - 1)
        ball.velocity = min(max(ball.velocity, -0.4), 0.4)
        return roll(action, using: &random)
    }
}

struct SoundConstants: BallConstants {
    var force = 0.01
    var mass = 1.0
    static let fields: [EnvironmentParameter<Self>] = [
        .init("force", unit: "N", in: 0...1, \.force), .init("mass", unit: "kg", in: 0.1...10, \.mass),
    ]
}

private struct IdleConstants: BallConstants {
    var force = 0.01
    var mass = 1.0
    var friction = 0.1
    static let fields: [EnvironmentParameter<Self>] = [
        .init("force", unit: "N", in: 0...1, \.force), .init("mass", unit: "kg", in: 0.1...10, \.mass),
        .init("friction", in: 0...1, \.friction),
    ]
}

private typealias IdleConstant = HeavyBall<IdleConstants>

private struct CopiedConstant: BallTask, ParameterizedEnvironment {
    var ball = Ball()
    var parameters = SoundConstants()
    let acceleration: Double
    init() { acceleration = SoundConstants().force / SoundConstants().mass }
    mutating func step(_ action: Int, using random: inout RandomStream) -> Transition {
        ball.velocity += acceleration * Double(action - 1)
        return roll(action, using: &random)
    }
}

private struct ConstantInBounds: BallTask, ParameterizedEnvironment {
    var ball = Ball()
    var parameters = SoundConstants()
    var observationSpace: Space {
        let fastest = Float(1 + parameters.force / parameters.mass)
        return .box(low: [-4, -fastest], high: [4, fastest])
    }
    mutating func step(_ action: Int, using random: inout RandomStream) -> Transition {
        ball.velocity += parameters.force / parameters.mass * Double(action - 1)
        return roll(action, using: &random)
    }
}

private struct OutsideConstants: BallConstants {
    var force = 0.01
    var mass = 1.0
    static let fields: [EnvironmentParameter<Self>] = [
        .init("force", unit: "N", in: 0.1...1, \.force), .init("mass", unit: "kg", in: 0.1...10, \.mass),
    ]
}

private typealias DefaultOutside = HeavyBall<OutsideConstants>

private struct NamesakeConstants: BallConstants {
    var force = 0.01
    var mass = 1.0
    static let fields: [EnvironmentParameter<Self>] = [
        .init("force", unit: "N", in: 0...1, \.force), .init("force", unit: "kg", in: 0.1...10, \.mass),
    ]
}

private typealias SameName = HeavyBall<NamesakeConstants>

private struct WeightlessConstants: BallConstants {
    var force = 0.01
    var mass = 1.0
    static let fields: [EnvironmentParameter<Self>] = [
        .init("force", unit: "N", in: 0...1, \.force), .init("mass", unit: "kg", in: 0...10, \.mass),
    ]
}

private struct ZeroMass: BallTask, ParameterizedEnvironment {
    var ball = Ball()
    var parameters = WeightlessConstants()
    mutating func step(_ action: Int, using random: inout RandomStream) -> Transition {
        ball.velocity += parameters.force / parameters.mass * Double(action - 1)
        return roll(action, using: &random)
    }
}
