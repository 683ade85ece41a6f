import Glibc
import LinearAlgebra
public import Randomness
public import Simulation

/// Swing a pendulum up and hold it there with a motor that is too weak to lift it at once, with the constants, the
/// arithmetic and the order of operations of Gymnasium's Pendulum-v1. It never terminates.
public struct Pendulum: ParameterizedEnvironment {
    /// Radians and seconds; the pendulum stands upright at angle 0. The angle is not wrapped.
    public struct State: Codable, Equatable, Sendable, VectorState {
        public static let names = ["angle, rad", "angular velocity, rad/s"]

        public var angle: Double
        public var angularVelocity: Double

        public init(angle: Double, angularVelocity: Double) {
            self.angle = angle
            self.angularVelocity = angularVelocity
        }

        public init(vector: [Double]) throws(EnvironmentError) {
            try Self.checkLength(vector)
            self.init(angle: vector[0], angularVelocity: vector[1])
        }

        public var vector: [Double] { [angle, angularVelocity] }
    }

    /// What may be changed.
    public struct Parameters: EnvironmentParameters {
        public var gravity = 10.0
        public var mass = 1.0
        public var length = 1.0
        public var timeStep = 0.05

        public init() {}

        public static let fields: [EnvironmentParameter<Self>] = [
            .init("gravity", unit: "m/s²", in: 0...100, \.gravity),
            .init("mass", unit: "kg", in: 0.01...100, \.mass),
            .init("length", unit: "m", in: 0.01...100, \.length),
            .init("timeStep", unit: "s", in: 0.0001...0.2, \.timeStep),
        ]
    }

    static let largestTorque = 2.0
    static let largestSpeed = 8.0

    public var state = State(angle: 0, angularVelocity: 0)

    public var parameters = Parameters()

    public init() {}

    /// Cosine and sine of the angle, angular velocity.
    public var observationSpace: Space {
        .box(low: [-1, -1, -Float(Self.largestSpeed)], high: [1, 1, Float(Self.largestSpeed)])
    }

    /// The torque.
    public var actionSpace: Space {
        .box(low: [-Float(Self.largestTorque)], high: [Float(Self.largestTorque)])
    }

    public mutating func reset(using random: inout RandomStream) {
        state.angle = random.uniform(in: -Double.pi...Double.pi)
        state.angularVelocity = random.uniform(in: -1...1)
    }

    public mutating func step(_ action: InlineArray<1, Float>, using random: inout RandomStream) -> Transition {
        step(torque: Double(action[0]))
    }

    /// Acts once with a torque in double precision, clipped to what the motor has.
    package mutating func step(torque: Double) -> Transition {
        let torque = min(max(torque, -Self.largestTorque), Self.largestTorque)
        let angle = Self.wrapped(state.angle)
        let cost =
            angle * angle + 0.1 * (state.angularVelocity * state.angularVelocity) + 0.001 * (torque * torque)

        let acceleration =
            3 * parameters.gravity / (2 * parameters.length) * sineAndCosine(of: state.angle).sine
            + 3 / (parameters.mass * (parameters.length * parameters.length)) * torque
        let velocity = state.angularVelocity + acceleration * parameters.timeStep
        // Semi-implicit Euler: the angle moves with the new velocity.
        state.angularVelocity = min(max(velocity, -Self.largestSpeed), Self.largestSpeed)
        state.angle += state.angularVelocity * parameters.timeStep
        return Transition(reward: -cost)
    }

    public func observe(into row: inout MutableSpan<Float>) {
        let (sine, cosine) = sineAndCosine(of: state.angle)
        row[0] = Float(cosine)
        row[1] = Float(sine)
        row[2] = Float(state.angularVelocity)
    }

    /// `angle` in [−π, π): the remainder is that of a floored division, as in Python.
    static func wrapped(_ angle: Double) -> Double {
        let circle = 2 * Double.pi
        var remainder = fmod(angle + Double.pi, circle)
        if remainder < 0 { remainder += circle }
        return remainder - Double.pi
    }
}

extension Pendulum {
    static let specification = EnvironmentSpecification(
        id: "pendulum", gymnasiumID: "Pendulum-v1", summary: "swing a pendulum up and hold it", stepLimit: 200,
        randomReturn: -1230, bestReturn: -140,
        actionNames: ["torque, N·m"],
        plane: ObservationPlane(
            x: .init("angle from upright, °", from: -180, to: 180),
            y: .init("angular velocity, rad/s", from: -largestSpeed, to: largestSpeed)
        ) { degrees, velocity in
            let angle = degrees * .pi / 180
            return [Float(cos(angle)), Float(sin(angle)), Float(velocity)]
        },
        recipes: ["zoo": PackageResources.pendulum_zoo_json, "cleanrl": PackageResources.pendulum_cleanrl_json],
        task: Pendulum())
}
