public import LinearAlgebra
public import Randomness
public import Simulation

/// Swing the lower end of a two-link pendulum above a line, with a motor in the middle joint only (Sutton 1996), with the
/// constants and the equations ("book": Sutton and Barto 1998) of Gymnasium's Acrobot-v1.
public struct Acrobot: ParameterizedEnvironment {
    /// Radians and seconds. Both angles are 0 where the links hang straight down; the second one is relative to the first
    /// link.
    public struct State: Codable, Equatable, Sendable, VectorState {
        public static let names = [
            "first angle, rad", "second angle, rad", "first angular velocity, rad/s", "second angular velocity, rad/s",
        ]

        public var angle1: Double
        public var angle2: Double
        public var velocity1: Double
        public var velocity2: Double

        public init(angle1: Double, angle2: Double, velocity1: Double, velocity2: Double) {
            self.angle1 = angle1
            self.angle2 = angle2
            self.velocity1 = velocity1
            self.velocity2 = velocity2
        }

        public init(vector: [Double]) throws(EnvironmentError) {
            try Self.checkLength(vector)
            self.init(angle1: vector[0], angle2: vector[1], velocity1: vector[2], velocity2: vector[3])
        }

        public var vector: [Double] { [angle1, angle2, velocity1, velocity2] }
    }

    /// What may be changed. Centres of mass are measured from the upper joint of their link.
    public struct Parameters: EnvironmentParameters {
        public var gravity = 9.8
        public var mass1 = 1.0
        public var mass2 = 1.0
        public var length1 = 1.0
        public var center1 = 0.5
        public var center2 = 0.5
        public var inertia = 1.0
        public var torque = 1.0

        public init() {}

        public static let fields: [EnvironmentParameter<Self>] = [
            .init("gravity", unit: "m/s²", in: 0...100, \.gravity),
            .init("mass1", unit: "kg", in: 0.01...100, \.mass1),
            .init("mass2", unit: "kg", in: 0.01...100, \.mass2),
            .init("length1", unit: "m", in: 0.01...10, \.length1),
            .init("center1", unit: "m", in: 0.01...10, \.center1),
            .init("center2", unit: "m", in: 0.01...10, \.center2),
            .init("inertia", unit: "kg m²", in: 0.01...100, \.inertia),
            .init("torque", unit: "N m", in: 0...100, \.torque),
        ]
    }

    static let timeStep = 0.2
    static let largestVelocity1 = 4 * Double.pi
    static let largestVelocity2 = 9 * Double.pi

    public var state = State(angle1: 0, angle2: 0, velocity1: 0, velocity2: 0)
    public var parameters = Parameters()

    public init() {}

    /// Cosine and sine of the first and of the second angle, both angular velocities.
    public var observationSpace: Space {
        let high = [1, 1, 1, 1, Float(Self.largestVelocity1), Float(Self.largestVelocity2)]
        return .box(low: high.map { -$0 }, high: high)
    }

    /// The torque on the middle joint: 0 negative, 1 none, 2 positive.
    public var actionSpace: Space { .discrete(3) }

    public static var stepCost: Int { 200 }

    /// Gymnasium rounds the start to 32 bits.
    public mutating func reset(using random: inout RandomStream) {
        func draw() -> Double { Double(Float(random.uniform(in: -0.1...0.1))) }
        state.angle1 = draw()
        state.angle2 = draw()
        state.velocity1 = draw()
        state.velocity2 = draw()
    }

    public mutating func step(_ action: Int, using random: inout RandomStream) -> Transition {
        precondition((0..<3).contains(action), "acrobot has the actions 0, 1 and 2, not \(action)")
        var motion = AcrobotMotion<Double>(
            angle1: state.angle1, angle2: state.angle2, velocity1: state.velocity1, velocity2: state.velocity2,
            torque: Double(action - 1) * parameters.torque)
        motion.advance(parameters)
        return settle(
            angle1: motion.angle1, angle2: motion.angle2, velocity1: motion.velocity1, velocity2: motion.velocity2,
            height: motion.height)
    }

    /// Takes over where the motion has led, its angles wrapped and its velocities bounded.
    @inline(__always)
    private mutating func settle(
        angle1: Double, angle2: Double, velocity1: Double, velocity2: Double, height: Double
    ) -> Transition {
        state.angle1 = Self.wrapped(angle1)
        state.angle2 = Self.wrapped(angle2)
        state.velocity1 = min(max(velocity1, -Self.largestVelocity1), Self.largestVelocity1)
        state.velocity2 = min(max(velocity2, -Self.largestVelocity2), Self.largestVelocity2)
        return height > 1 ? Transition(reward: 0, outcome: .terminated) : Transition(reward: -1)
    }

    public func observe(into row: inout MutableSpan<Float>) {
        let (sine1, cosine1) = sineAndCosine(of: state.angle1)
        let (sine2, cosine2) = sineAndCosine(of: state.angle2)
        row[0] = Float(cosine1)
        row[1] = Float(sine1)
        row[2] = Float(cosine2)
        row[3] = Float(sine2)
        row[4] = Float(state.velocity1)
        row[5] = Float(state.velocity2)
    }

    /// `angle` in [−π, π], by whole turns: the speeds are bounded, so they are few.
    static func wrapped(_ angle: Double) -> Double {
        guard angle.magnitude < 1000 else { return angle.remainder(dividingBy: 2 * Double.pi) }
        var angle = angle
        while angle > Double.pi { angle -= 2 * Double.pi }
        while angle < -Double.pi { angle += 2 * Double.pi }
        return angle
    }
}

/// What moves, of one acrobot or of several side by side, and what turns the middle joint.
public struct AcrobotMotion<Number: LaneArithmetic>: Sendable {
    var angle1, angle2, velocity1, velocity2, torque: Number

    /// How high the lower end is above the upper joint.
    var height: Number {
        -Number.sineAndCosine(of: angle1).cosine - Number.sineAndCosine(of: angle2 + angle1).cosine
    }

    /// One step of the classical Runge–Kutta method of fourth order, the torque held.
    @inline(__always)
    mutating func advance(_ parameters: Acrobot.Parameters) {
        let (half, sixth) = (Acrobot.timeStep / 2, Acrobot.timeStep / 6)
        let k1 = rates(parameters)
        let k2 = moved(half, k1).rates(parameters)
        let k3 = moved(half, k2).rates(parameters)
        let k4 = moved(Acrobot.timeStep, k3).rates(parameters)
        angle1 += sixth * (k1.angle1 + 2 * k2.angle1 + 2 * k3.angle1 + k4.angle1)
        angle2 += sixth * (k1.angle2 + 2 * k2.angle2 + 2 * k3.angle2 + k4.angle2)
        velocity1 += sixth * (k1.velocity1 + 2 * k2.velocity1 + 2 * k3.velocity1 + k4.velocity1)
        velocity2 += sixth * (k1.velocity2 + 2 * k2.velocity2 + 2 * k3.velocity2 + k4.velocity2)
    }

    /// This motion after `time` seconds of the rates `rates`.
    @inline(__always)
    private func moved(_ time: Double, _ rates: Self) -> Self {
        Self(
            angle1: angle1 + time * rates.angle1, angle2: angle2 + time * rates.angle2,
            velocity1: velocity1 + time * rates.velocity1, velocity2: velocity2 + time * rates.velocity2,
            torque: torque)
    }

    /// How fast each number changes: Sutton and Barto (1998), section 11.3.
    private func rates(_ parameters: Acrobot.Parameters) -> Self {
        let (m1, m2, l1) = (parameters.mass1, parameters.mass2, parameters.length1)
        let (lc1, lc2, inertia, g) = (parameters.center1, parameters.center2, parameters.inertia, parameters.gravity)
        let (sine2, cosine2) = Number.sineAndCosine(of: angle2)
        // cos(θ − π/2) of the book is sin θ.
        let sine1 = Number.sineAndCosine(of: angle1).sine
        let sine12 = Number.sineAndCosine(of: angle1 + angle2).sine

        let reach: Number = (l1 * l1 + lc2 * lc2) + (2 * l1 * lc2) * cosine2
        let d1: Number = m1 * (lc1 * lc1) + m2 * reach + Number(inertia) + Number(inertia)
        let d2: Number = m2 * (lc2 * lc2 + (l1 * lc2) * cosine2) + Number(inertia)
        let phi2: Number = (m2 * lc2 * g) * sine12
        let swing: Number = (-m2 * l1 * lc2) * (velocity2 * velocity2) * sine2
        let coupling: Number = (2 * m2 * l1 * lc2) * velocity2 * velocity1 * sine2
        let phi1: Number = swing - coupling + ((m1 * lc1 + m2 * l1) * g) * sine1 + phi2
        let centrifugal: Number = (m2 * l1 * lc2) * (velocity1 * velocity1) * sine2
        let driving: Number = torque + d2 / d1 * phi1 - centrifugal - phi2
        let acceleration2 = driving / ((m2 * (lc2 * lc2) + inertia) - d2 * d2 / d1)
        let acceleration1 = -(d2 * acceleration2 + phi1) / d1
        return Self(
            angle1: velocity1, angle2: velocity2, velocity1: acceleration1, velocity2: acceleration2, torque: torque)
    }
}

extension Acrobot: LaneParallelEnvironment {
    /// The motion, and the height that it led to.
    public typealias Motion = (moving: AcrobotMotion<DoubleLanes>, height: DoubleLanes)

    public static func makeMotion(of task: Self) -> Motion {
        let zero = DoubleLanes(0)
        return (
            AcrobotMotion(angle1: zero, angle2: zero, velocity1: zero, velocity2: zero, torque: zero), zero
        )
    }

    @inline(__always)
    public func enter(_ motion: inout Motion, at place: Int, taking action: Int) {
        precondition((0..<3).contains(action), "acrobot has the actions 0, 1 and 2, not \(action)")
        motion.moving.angle1[place] = state.angle1
        motion.moving.angle2[place] = state.angle2
        motion.moving.velocity1[place] = state.velocity1
        motion.moving.velocity2[place] = state.velocity2
        motion.moving.torque[place] = Double(action - 1) * parameters.torque
    }

    @inline(__always)
    public static func move(_ motion: inout Motion, of task: Self) {
        motion.moving.advance(task.parameters)
        motion.height = motion.moving.height
    }

    @inline(__always)
    public mutating func leave(_ motion: Motion, at place: Int) -> Transition {
        settle(
            angle1: motion.moving.angle1[place], angle2: motion.moving.angle2[place],
            velocity1: motion.moving.velocity1[place], velocity2: motion.moving.velocity2[place],
            height: motion.height[place])
    }
}

extension Acrobot: HeuristicEnvironment {
    /// Pumps energy into the swing: turns the lower link against the upper one's motion.
    public func heuristicAction() -> Int { state.velocity1 > 0 ? 0 : 2 }
}

extension Acrobot {
    static let specification = EnvironmentSpecification(
        id: "acrobot", gymnasiumID: "Acrobot-v1", summary: "swing a two-link pendulum above a line", stepLimit: 500,
        solvedReturn: -100, randomReturn: -498, bestReturn: -62,
        actionNames: ["torque −1 N·m", "none", "torque +1 N·m"],
        task: Acrobot())
}
