import Glibc
import Randomness
public import Simulation

/// The flight of a lander: what the discrete and the continuous task have in common. Constants, order of operations and
/// quirks are those of Gymnasium's LunarLander-v3.
///
/// A world of Box2D cannot be copied or written down. A flight is told by the key that all its randomness comes from, its
/// constants and the thrusts since: whoever needs the world anew flies it again. Copies share a world until one of them
/// moves.
public struct LanderFlight: Sendable {
    /// What the engines do in a step.
    public struct Thrust: Codable, Equatable, Sendable {
        /// 0, or 0.5 … 1 of the main engine's power.
        public var main: Double
        /// 0, or 0.5 … 1 of a side engine's power: negative for the left one, which pushes to the right.
        public var side: Double

        public init(main: Double = 0, side: Double = 0) {
            self.main = main
            self.side = side
        }
    }

    /// What may be changed.
    public struct Parameters: EnvironmentParameters {
        public var gravity = -10.0
        /// The largest force of the wind; 0 for none. Gymnasium's, when it is switched on, is 15.
        public var windPower = 0.0
        /// The largest torque of the wind; 0 for none. Gymnasium's, when it is switched on, is 1.5.
        public var turbulencePower = 0.0
        public var mainEnginePower = 13.0
        public var sideEnginePower = 0.6

        public init() {}

        public static let fields: [EnvironmentParameter<Self>] = [
            .init("gravity", unit: "m/s²", in: -12...0, \.gravity),
            .init("windPower", unit: "N", in: 0...50, \.windPower),
            .init("turbulencePower", unit: "N m", in: 0...10, \.turbulencePower),
            .init("mainEnginePower", in: 0...100, \.mainEnginePower),
            .init("sideEnginePower", in: 0...10, \.sideEnginePower),
        ]
    }

    public struct State: Codable, Equatable, Sendable {
        /// What all randomness of the flight comes from.
        public var key: UInt64
        public var thrusts: [Thrust]
    }

    static let framesPerSecond = 50.0
    /// Pixels of the original's picture in a metre.
    static let scale = 30.0
    /// Of the picture, in metres.
    static let (width, height) = (600 / scale, 400 / scale)
    static let legDown = 18 / scale
    static let padHeight = height / 4
    /// The longest flight that a state may tell of.
    static let longest = 1_000_000

    var parameters = Parameters()
    private var key: UInt64 = 0
    private var thrusts: [Thrust] = []
    private var scene: LanderScene

    public init() { scene = LanderScene(key: 0, LanderFlight.Parameters()) }

    var state: State {
        get { State(key: key, thrusts: thrusts) }
        set {
            key = newValue.key
            thrusts = newValue.thrusts
            scene = Self.flown(key, parameters, thrusts)
        }
    }

    private static func flown(_ key: UInt64, _ parameters: Parameters, _ thrusts: [Thrust]) -> LanderScene {
        let scene = LanderScene(key: key, parameters)
        for thrust in thrusts { _ = scene.step(thrust) }
        return scene
    }

    mutating func reset(using random: inout RandomStream) {
        key = random.next()
        thrusts.removeAll(keepingCapacity: true)
        thrusts.reserveCapacity(1024)
        scene = LanderScene(key: key, parameters)
    }

    mutating func step(_ thrust: Thrust) -> Transition {
        if !isKnownUniquelyReferenced(&scene) { scene = Self.flown(key, parameters, thrusts) }
        thrusts.append(thrust)
        return scene.step(thrust)
    }

    /// What the agent sees: see `LanderScene.observation`.
    var observation: InlineArray<8, Double> { scene.observation }

    /// For drawing.
    var picture: LanderScene.Picture { scene.picture }

    static let observationSpace: Space = {
        // Gymnasium gives bounds to height, speeds and angle too, which a lander passes now and then.
        let high: [Float] = [2.5, .infinity, .infinity, .infinity, .infinity, .infinity, 1, 1]
        return .box(low: high.enumerated().map { $0.offset < 6 ? -$0.element : 0 }, high: high)
    }()

    /// How much the known good policy wants to rise, and to turn against the clock: a proportional-differential controller.
    var wish: (rise: Double, turn: Double) {
        let s = observation
        let targetAngle = min(max(s[0] * 0.5 + s[2], -0.4), 0.4)
        if s[6] > 0 || s[7] > 0 { return (-s[3] * 0.5, 0) }
        let targetHeight = 0.55 * abs(s[0])
        return ((targetHeight - s[1]) * 0.5 - s[3] * 0.5, (targetAngle - s[4]) * 0.5 - s[5])
    }
}

extension LanderFlight.State {
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        key = try values.decode(UInt64.self, forKey: .key)
        thrusts = try values.decode([LanderFlight.Thrust].self, forKey: .thrusts)
        guard thrusts.count <= LanderFlight.longest,
            thrusts.allSatisfy({ (0...1).contains($0.main) && (-1...1).contains($0.side) })
        else { throw EnvironmentError("the thrusts of a flight are no shares of the engines' power") }
    }
}
