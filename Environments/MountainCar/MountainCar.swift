import LinearAlgebra
public import Randomness
public import Simulation

/// Drive a car out of a valley whose slope is too steep for its motor: swing back and forth (Moore 1990; Sutton and Barto
/// 2018, example 10.1), with the constants, the arithmetic and the order of operations of Gymnasium's MountainCar-v0.
public struct MountainCar: ParameterizedEnvironment {
    /// The road's height at x is sin 3x; positions and velocities are in its unit, per step.
    public struct State: Codable, Equatable, Sendable, VectorState {
        public static let names = ["position", "velocity"]

        public var position: Double
        public var velocity: Double

        public init(position: Double, velocity: Double) {
            self.position = position
            self.velocity = velocity
        }

        public init(vector: [Double]) throws(EnvironmentError) {
            try Self.checkLength(vector)
            self.init(position: vector[0], velocity: vector[1])
        }

        public var vector: [Double] { [position, velocity] }
    }

    /// What may be changed.
    public struct Parameters: EnvironmentParameters {
        public var force = 0.001
        public var gravity = 0.0025

        public init() {}

        public static let fields: [EnvironmentParameter<Self>] = [
            .init("force", in: 0...0.01, \.force), .init("gravity", in: 0...0.01, \.gravity),
        ]
    }

    static let positions = -1.2...0.6
    static let largestSpeed = 0.07
    static let goal = 0.5

    public var state = State(position: -0.5, velocity: 0)
    public var parameters = Parameters()

    public init() {}

    /// Position, velocity.
    public var observationSpace: Space {
        let speed = Float(Self.largestSpeed)
        return .box(
            low: [Float(Self.positions.lowerBound), -speed], high: [Float(Self.positions.upperBound), speed])
    }

    /// 0 pushes left, 1 not at all, 2 right.
    public var actionSpace: Space { .discrete(3) }

    public mutating func reset(using random: inout RandomStream) {
        state = State(position: random.uniform(in: -0.6 ... -0.4), velocity: 0)
    }

    public mutating func step(_ action: Int, using random: inout RandomStream) -> Transition {
        precondition((0..<3).contains(action), "mountain-car has the actions 0, 1 and 2, not \(action)")
        let slope = sineAndCosine(of: 3 * state.position).cosine
        var velocity = state.velocity
        velocity += Double(action - 1) * parameters.force + slope * -parameters.gravity
        velocity = min(max(velocity, -Self.largestSpeed), Self.largestSpeed)
        let position = min(max(state.position + velocity, Self.positions.lowerBound), Self.positions.upperBound)
        // The left end is a wall that takes the speed; the right one lies beyond the goal.
        if position == Self.positions.lowerBound && velocity < 0 { velocity = 0 }
        state = State(position: position, velocity: velocity)
        return Transition(
            reward: -1, outcome: position >= Self.goal && velocity >= 0 ? .terminated : .running)
    }

    public func observe(into row: inout MutableSpan<Float>) {
        row[0] = Float(state.position)
        row[1] = Float(state.velocity)
    }
}

extension MountainCar: HeuristicEnvironment {
    /// Pushes the way that the car moves.
    public func heuristicAction() -> Int { state.velocity < 0 ? 0 : 2 }
}

extension MountainCar {
    static let specification = EnvironmentSpecification(
        id: "mountain-car", gymnasiumID: "MountainCar-v0", summary: "swing a weak car out of a valley", stepLimit: 200,
        solvedReturn: -110, randomReturn: -200, bestReturn: -97,
        actionNames: ["push left", "coast", "push right"],
        plane: ObservationPlane(
            x: .init("position", from: positions.lowerBound, to: positions.upperBound),
            y: .init("velocity per step", from: -largestSpeed, to: largestSpeed)
        ) { position, velocity in [Float(position), Float(velocity)] },
        task: MountainCar())
}
