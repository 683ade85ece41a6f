import LinearAlgebra
public import Randomness
public import Simulation

/// The mountain car with a motor that can be throttled and costs energy, with the constants of Gymnasium's
/// MountainCarContinuous-v0.
///
/// Gymnasium keeps this state in 32 bits, and adds in 32 bits what it has computed in 64. So do we, from an episode's first
/// step on; Gymnasium's first one starts from 64 bits, which moves it by at most 3 · 10⁻⁸.
public struct MountainCarContinuous: ParameterizedEnvironment {
    /// The road's height at x is sin 3x; positions and velocities are in its unit, per step.
    public struct State: Codable, Equatable, Sendable, VectorState {
        public static let names = ["position", "velocity"]

        public var position: Float
        public var velocity: Float

        public init(position: Float, velocity: Float) {
            self.position = position
            self.velocity = velocity
        }

        public init(vector: [Double]) throws(EnvironmentError) {
            try Self.checkLength(vector)
            self.init(position: Float(vector[0]), velocity: Float(vector[1]))
        }

        public var vector: [Double] { [Double(position), Double(velocity)] }
    }

    /// What may be changed.
    public struct Parameters: EnvironmentParameters {
        public var power = 0.0015
        public var gravity = 0.0025

        public init() {}

        public static let fields: [EnvironmentParameter<Self>] = [
            .init("power", in: 0...0.01, \.power), .init("gravity", in: 0...0.01, \.gravity),
        ]
    }

    static let positions: ClosedRange<Float> = -1.2...0.6
    static let largestSpeed: Float = 0.07
    static let goal: Float = 0.45

    public var state = State(position: -0.5, velocity: 0)
    public var parameters = Parameters()

    public init() {}

    /// Position, velocity.
    public var observationSpace: Space {
        .box(
            low: [Self.positions.lowerBound, -Self.largestSpeed], high: [Self.positions.upperBound, Self.largestSpeed])
    }

    /// The motor's thrust, from full reverse to full ahead.
    public var actionSpace: Space { .box(low: [-1], high: [1]) }

    public mutating func reset(using random: inout RandomStream) {
        state = State(position: Float(random.uniform(in: -0.6 ... -0.4)), velocity: 0)
    }

    public mutating func step(_ action: InlineArray<1, Float>, using random: inout RandomStream) -> Transition {
        let thrust = min(max(action[0], -1), 1)
        let slope = sineAndCosine(of: Double(3 * state.position)).cosine
        var velocity = state.velocity + (thrust * Float(parameters.power) - Float(parameters.gravity * slope))
        velocity = min(max(velocity, -Self.largestSpeed), Self.largestSpeed)
        let position = min(max(state.position + velocity, Self.positions.lowerBound), Self.positions.upperBound)
        if position == Self.positions.lowerBound && velocity < 0 { velocity = 0 }
        state = State(position: position, velocity: velocity)
        let arrived = position >= Self.goal && velocity >= 0
        // The energy is that of the action as it was asked for, even beyond what the motor gives.
        let energy = Double(action[0]) * Double(action[0]) * 0.1
        return Transition(reward: (arrived ? 100 : 0) - energy, outcome: arrived ? .terminated : .running)
    }

    public func observe(into row: inout MutableSpan<Float>) {
        row[0] = state.position
        row[1] = state.velocity
    }
}

extension MountainCarContinuous: HeuristicEnvironment {
    /// Pushes the way that the car moves.
    public func heuristicAction() -> InlineArray<1, Float> { [state.velocity < 0 ? -1 : 1] }
}

extension MountainCarContinuous {
    static let specification = EnvironmentSpecification(
        id: "mountain-car-continuous", gymnasiumID: "MountainCarContinuous-v0",
        summary: "swing a weak car out of a valley, sparing energy", stepLimit: 999, solvedReturn: 90,
        randomReturn: -33, bestReturn: 97, actionNames: ["thrust"],
        plane: ObservationPlane(
            x: .init("position", from: Double(positions.lowerBound), to: Double(positions.upperBound)),
            y: .init("velocity per step", from: Double(-largestSpeed), to: Double(largestSpeed))
        ) { position, velocity in [Float(position), Float(velocity)] },
        task: MountainCarContinuous())
}
