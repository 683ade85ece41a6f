public import LinearAlgebra
public import Randomness
public import Simulation

/// Balance a pole on a cart by pushing the cart left or right (Barto, Sutton and Anderson 1983), with the constants,
/// the arithmetic and the order of operations of Gymnasium's CartPole-v1.
public struct CartPole: ParameterizedEnvironment {
    /// Metres, radians and seconds; the pole stands upright at angle 0.
    public struct State: Codable, Equatable, Sendable, VectorState {
        public static let names = ["position, m", "velocity, m/s", "angle, rad", "angular velocity, rad/s"]

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

        public init(vector: [Double]) throws(EnvironmentError) {
            try Self.checkLength(vector)
            self.init(position: vector[0], velocity: vector[1], angle: vector[2], angularVelocity: vector[3])
        }

        public var vector: [Double] { [position, velocity, angle, angularVelocity] }
    }

    /// What may be changed; the pole is a thin rod, of which Barto, Sutton and Anderson give half the length.
    public struct Parameters: EnvironmentParameters {
        public var gravity = 9.8
        public var cartMass = 1.0
        public var poleMass = 0.1
        public var halfLength = 0.5
        public var force = 10.0
        public var timeStep = 0.02

        public init() {}

        public static let fields: [EnvironmentParameter<Self>] = [
            .init("gravity", unit: "m/s²", in: 0...100, \.gravity),
            .init("cartMass", unit: "kg", in: 0.01...100, \.cartMass),
            .init("poleMass", unit: "kg", in: 0.001...100, \.poleMass),
            .init("halfLength", unit: "m", in: 0.01...10, \.halfLength),
            .init("force", unit: "N", in: 0...1000, \.force),
            .init("timeStep", unit: "s", in: 0.0001...0.1, \.timeStep),
        ]
    }

    static let largestPosition = 2.4
    static let largestAngle = 12 * 2 * Double.pi / 360

    public var state = State(position: 0, velocity: 0, angle: 0, angularVelocity: 0)

    public var parameters = Parameters()

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
        var motion = CartPoleMotion<Double>(
            position: state.position, velocity: state.velocity, angle: state.angle,
            angularVelocity: state.angularVelocity, force: force(of: action))
        motion.advance(parameters)
        state = State(
            position: motion.position, velocity: motion.velocity, angle: motion.angle,
            angularVelocity: motion.angularVelocity)
        return transition
    }

    @inline(__always)
    private func force(of action: Int) -> Double {
        precondition(action == 0 || action == 1, "cart-pole has the actions 0 and 1, not \(action)")
        return action == 1 ? parameters.force : -parameters.force
    }

    /// What the present state is worth, and whether the episode is over with it.
    @inline(__always)
    private var transition: Transition {
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

/// What moves, of one cart or of several side by side, and what pushes it.
public struct CartPoleMotion<Number: LaneArithmetic>: Sendable {
    var position, velocity, angle, angularVelocity, force: Number

    /// The motion that a step of `parameters.timeStep` leads to.
    @inline(__always)
    mutating func advance(_ parameters: CartPole.Parameters) {
        let totalMass = parameters.poleMass + parameters.cartMass
        let poleMassLength = parameters.poleMass * parameters.halfLength
        let (sine, cosine) = Number.sineAndCosine(of: angle)
        let push = (force + poleMassLength * (angularVelocity * angularVelocity) * sine) / totalMass
        let leverage: Number = 4.0 / 3.0 - parameters.poleMass * (cosine * cosine) / totalMass
        let angularAcceleration =
            (parameters.gravity * sine - cosine * push) / (parameters.halfLength * leverage)
        let acceleration = push - poleMassLength * angularAcceleration * cosine / totalMass

        // Explicit Euler: positions move with the velocities of before the step.
        position += parameters.timeStep * velocity
        velocity += parameters.timeStep * acceleration
        angle += parameters.timeStep * angularVelocity
        angularVelocity += parameters.timeStep * angularAcceleration
    }
}

extension CartPole: LaneParallelEnvironment {
    public typealias Motion = CartPoleMotion<DoubleLanes>

    public static func makeMotion(of task: Self) -> Motion {
        let zero = DoubleLanes(0)
        return Motion(position: zero, velocity: zero, angle: zero, angularVelocity: zero, force: zero)
    }

    @inline(__always)
    public func enter(_ motion: inout Motion, at place: Int, taking action: Int) {
        motion.position[place] = state.position
        motion.velocity[place] = state.velocity
        motion.angle[place] = state.angle
        motion.angularVelocity[place] = state.angularVelocity
        motion.force[place] = force(of: action)
    }

    @inline(__always)
    public static func move(_ motion: inout Motion, of task: Self) { motion.advance(task.parameters) }

    @inline(__always)
    public mutating func leave(_ motion: Motion, at place: Int) -> Transition {
        state.position = motion.position[place]
        state.velocity = motion.velocity[place]
        state.angle = motion.angle[place]
        state.angularVelocity = motion.angularVelocity[place]
        return transition
    }
}

extension CartPole: HeuristicEnvironment {
    /// Pushes towards where the pole is falling, and a little towards the middle of the track.
    public func heuristicAction() -> Int {
        let lean = state.angle + 0.5 * state.angularVelocity + 0.02 * state.position + 0.05 * state.velocity
        return lean > 0 ? 1 : 0
    }
}

extension CartPole {
    static let specification = EnvironmentSpecification(
        id: "cart-pole", gymnasiumID: "CartPole-v1", summary: "balance a pole on a cart", stepLimit: 500,
        solvedReturn: 475, randomReturn: 22, bestReturn: 500, actionNames: ["push left", "push right"],
        plane: ObservationPlane(
            x: .init("pole angle, °", from: -12, to: 12), y: .init("angular velocity, rad/s", from: -3, to: 3),
            held: "the cart at rest in the middle"
        ) { angle, velocity in [0, 0, Float(angle * .pi / 180), Float(velocity)] },
        recipes: ["zoo": PackageResources.cart_pole_zoo_json, "cleanrl": PackageResources.cart_pole_cleanrl_json],
        task: CartPole())
}
