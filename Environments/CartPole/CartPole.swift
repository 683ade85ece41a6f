import Glibc
public import Randomness
public import Simulation

/// Balance a pole on a cart by pushing the cart left or right (Barto, Sutton and Anderson 1983), with the constants,
/// the arithmetic and the order of operations of Gymnasium's CartPole-v1.
public struct CartPole: Environment {
    /// Metres, radians and seconds; the pole stands upright at angle 0.
    public struct State: Codable, Equatable, Sendable {
        public var position: Double
        public var velocity: Double
        public var angle: Double
        public var angularVelocity: Double

        public init(position: Double, velocity: Double, angle: Double, angularVelocity: Double) {
            self.position = position
            self.velocity = velocity
            self.angle = angle
            self.angularVelocity = angularVelocity
        }
    }

    static let gravity = 9.8
    static let poleMass = 0.1
    static let totalMass = 1.0 + poleMass
    /// Half of the pole's length.
    static let halfLength = 0.5
    static let poleMassLength = poleMass * halfLength
    static let force = 10.0
    static let timeStep = 0.02
    static let largestPosition = 2.4
    static let largestAngle = 12 * 2 * Double.pi / 360

    public var state = State(position: 0, velocity: 0, angle: 0, angularVelocity: 0)

    public init() {}

    /// Position, velocity, angle, angular velocity.
    public var observationSpace: Space {
        let high = [Float(Self.largestPosition * 2), .infinity, Float(Self.largestAngle * 2), .infinity]
        return .box(low: high.map { -$0 }, high: high)
    }

    /// 0 pushes left, 1 right.
    public var actionSpace: Space { .discrete(2) }

    public mutating func reset(using random: inout RandomStream) {
        state.position = random.uniform(in: -0.05...0.05)
        state.velocity = random.uniform(in: -0.05...0.05)
        state.angle = random.uniform(in: -0.05...0.05)
        state.angularVelocity = random.uniform(in: -0.05...0.05)
    }

    public mutating func step(_ action: Int, using random: inout RandomStream) -> Transition {
        precondition(action == 0 || action == 1, "cart-pole has the actions 0 and 1, not \(action)")
        let force = action == 1 ? Self.force : -Self.force
        let (sine, cosine) = (sin(state.angle), cos(state.angle))
        let push =
            (force + Self.poleMassLength * (state.angularVelocity * state.angularVelocity) * sine) / Self.totalMass
        let angularAcceleration =
            (Self.gravity * sine - cosine * push)
            / (Self.halfLength * (4.0 / 3.0 - Self.poleMass * (cosine * cosine) / Self.totalMass))
        let acceleration = push - Self.poleMassLength * angularAcceleration * cosine / Self.totalMass

        // Explicit Euler: positions move with the velocities of before the step.
        state.position += Self.timeStep * state.velocity
        state.velocity += Self.timeStep * acceleration
        state.angle += Self.timeStep * state.angularVelocity
        state.angularVelocity += Self.timeStep * angularAcceleration

        let fallen = abs(state.position) > Self.largestPosition || abs(state.angle) > Self.largestAngle
        return Transition(reward: 1, outcome: fallen ? .terminated : .running)
    }

    public func observe(into row: inout MutableSpan<Float>) {
        row[0] = Float(state.position)
        row[1] = Float(state.velocity)
        row[2] = Float(state.angle)
        row[3] = Float(state.angularVelocity)
    }
}

extension CartPole {
    static let specification = EnvironmentSpecification(
        id: "cart-pole", gymnasiumID: "CartPole-v1", summary: "balance a pole on a cart", stepLimit: 500,
        solvedReturn: 475, actionNames: ["push left", "push right"],
        plane: ObservationPlane(
            x: .init("pole angle, °", from: -12, to: 12), y: .init("angular velocity, rad/s", from: -3, to: 3),
            held: "the cart at rest in the middle"
        ) { angle, velocity in [0, 0, Float(angle * .pi / 180), Float(velocity)] },
        recipes: ["zoo": PackageResources.cart_pole_zoo_json, "cleanrl": PackageResources.cart_pole_cleanrl_json],
        task: CartPole())
}
