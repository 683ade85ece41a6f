import Glibc
import Randomness
import Simulation

/// The moon, the lander and its legs in a world of Box2D, from a reset on.
final class LanderScene: @unchecked Sendable {
    private typealias Flight = LanderFlight

    private let world: PhysicsWorld
    private let parameters: LanderFlight.Parameters
    private var random: RandomStream
    private let lander: PhysicsWorld.Body
    private let legs: (left: PhysicsWorld.Body, right: PhysicsWorld.Body)
    private var windTime: Double
    private var torqueTime: Double
    private var shaping: Double?
    private var latestThrust = LanderFlight.Thrust()
    /// The ground from left to right.
    private let ground: [(Double, Double)]

    /// Position relative to the pad and velocity, both in half pictures (across and up), angle, angular velocity, and
    /// whether the left and the right leg touch the ground.
    private(set) var observation = InlineArray<8, Double>(repeating: 0)

    private static let hull: [(Double, Double)] = [(-14, 17), (-17, 0), (-17, -10), (17, -10), (17, 0), (14, 17)].map {
        ($0.0 / LanderFlight.scale, $0.1 / LanderFlight.scale)
    }
    private static let legHalf = (width: 2 / LanderFlight.scale, height: 8 / LanderFlight.scale)

    init(key: UInt64, _ parameters: LanderFlight.Parameters) {
        self.parameters = parameters
        var random = RandomStream(seed: key, purpose: "lunar lander")
        world = PhysicsWorld(gravity: parameters.gravity)
        let (width, height, scale) = (Flight.width, Flight.height, Flight.scale)

        // Twelve heights, of which five are the pad's, make eleven places: each a third of three neighbours. The first
        // one's left neighbour is the last height.
        var heights = (0..<12).map { _ in random.uniform(in: 0...height / 2) }
        for place in 3...7 { heights[place] = Flight.padHeight }
        let smoothed = (0..<11).map { place -> Double in
            let neighbours = heights[(place + 11) % 12] + heights[place] + heights[place + 1]
            return 0.33 * neighbours
        }
        let ground = smoothed.enumerated().map { (width / 10 * Double($0.offset), $0.element) }
        self.ground = ground
        world.addEdges([((0, 0), (width, 0))], .init())
        world.addEdges((0..<10).map { (ground[$0], ground[$0 + 1]) }, .init(friction: 0.1))

        // Lander and legs collide with the ground only.
        lander = world.addPolygon(
            Self.hull, x: width / 2, y: height, .init(density: 5, friction: 0.1, category: 0x10, mask: 0x1))
        world.applyForce(
            random.uniform(in: -1000...1000), random.uniform(in: -1000...1000), to: lander)
        let hasWind = parameters.windPower > 0 || parameters.turbulencePower > 0
        windTime = hasWind ? Double(random.index(below: 19_998) - 9999) : 0
        torqueTime = hasWind ? Double(random.index(below: 19_998) - 9999) : 0

        self.random = random

        let (world, lander) = (world, lander)
        func addLeg(_ side: Double) -> PhysicsWorld.Body {
            let leg = world.addBox(
                halfWidth: Self.legHalf.width, halfHeight: Self.legHalf.height, x: width / 2 - side * 20 / scale,
                y: height, angle: side * 0.05, .init(density: 1, category: 0x20, mask: 0x1))
            _ = world.addHinge(
                lander, leg, anchors: ((0, 0), (side * 20 / scale, Flight.legDown)),
                limits: side < 0 ? 0.4...0.9 : -0.9 ... -0.4, motorSpeed: 0.3 * side, maximumTorque: 40)
            return leg
        }
        legs = (addLeg(-1), addLeg(1))
        // The original's reset ends with a step of its own, whose reward nobody sees.
        _ = step(LanderFlight.Thrust())
    }

    func step(_ thrust: LanderFlight.Thrust) -> Transition {
        latestThrust = thrust
        let before = world.motion(of: lander)
        blow()
        let scatter = (random.uniform(in: -1...1) / Flight.scale, random.uniform(in: -1...1) / Flight.scale)
        fire(thrust, before, scatter: scatter)
        world.step()

        let after = world.motion(of: lander)
        observation[0] = (after.x - Flight.width / 2) / (Flight.width / 2)
        observation[1] = (after.y - (Flight.padHeight + Flight.legDown)) / (Flight.height / 2)
        observation[2] = after.velocityX * (Flight.width / 2) / Flight.framesPerSecond
        observation[3] = after.velocityY * (Flight.height / 2) / Flight.framesPerSecond
        observation[4] = after.angle
        observation[5] = 20 * after.angularVelocity / Flight.framesPerSecond
        observation[6] = world.motion(of: legs.left).isTouching ? 1 : 0
        observation[7] = world.motion(of: legs.right).isTouching ? 1 : 0

        // Near the pad, slow, upright and standing is good; what counts is the change.
        let s = observation
        let shaping =
            -100 * (s[0] * s[0] + s[1] * s[1]).squareRoot() - 100 * (s[2] * s[2] + s[3] * s[3]).squareRoot()
            - 100 * abs(s[4]) + 10 * s[6] + 10 * s[7]
        var reward = self.shaping.map { shaping - $0 } ?? 0
        self.shaping = shaping
        reward -= thrust.main * 0.3
        reward -= abs(thrust.side) * 0.03

        if !after.isAwake { return Transition(reward: 100, outcome: .terminated) }
        if after.hasTouched || abs(s[0]) >= 1 { return Transition(reward: -100, outcome: .terminated) }
        return Transition(reward: reward)
    }

    /// A step of the engine alone.
    ///
    /// - Returns: whether the flight is over.
    func stepBare(_ thrust: LanderFlight.Thrust) -> Bool {
        let before = world.motion(of: lander)
        fire(thrust, before, scatter: (0, 0))
        world.step()
        let after = world.motion(of: lander)
        return !after.isAwake || after.hasTouched || abs(after.x - Flight.width / 2) >= Flight.width / 2
    }

    /// The wind blows while no leg stands, by a function of time that never repeats: tanh(sin 2kt + sin πkt), k = 0.01.
    private func blow() {
        guard parameters.windPower > 0 || parameters.turbulencePower > 0, observation[6] == 0, observation[7] == 0
        else {
            return
        }
        func strength(_ time: Double) -> Double { tanh(sin(0.02 * time) + sin(Double.pi * 0.01 * time)) }
        world.applyForce(strength(windTime) * parameters.windPower, 0, to: lander)
        world.applyTorque(strength(torqueTime) * parameters.turbulencePower, to: lander)
        windTime += 1
        torqueTime += 1
    }

    /// The engines push at places that scatter a little.
    private func fire(
        _ thrust: LanderFlight.Thrust, _ motion: PhysicsWorld.Motion, scatter: (Double, Double)
    ) {
        let scale = Flight.scale
        let tip = (x: sin(motion.angle), y: cos(motion.angle))
        let across = (x: -tip.y, y: tip.x)
        if thrust.main > 0 {
            let down = 4 / scale + 2 * scatter.0
            let (x, y) = (tip.x * down + across.x * scatter.1, -tip.y * down - across.y * scatter.1)
            let power = parameters.mainEnginePower * thrust.main
            world.applyImpulse(-x * power, -y * power, at: (motion.x + x, motion.y + y), to: lander)
        }
        if thrust.side != 0 {
            let out = 3 * scatter.1 + (thrust.side < 0 ? -1 : 1) * 12 / scale
            let (x, y) = (tip.x * scatter.0 + across.x * out, -tip.y * scatter.0 - across.y * out)
            let power = parameters.sideEnginePower * abs(thrust.side)
            // 17 and 14 where one number was meant: the original's thrust depends on how the lander leans.
            let place = (x: motion.x + x - tip.x * 17 / scale, y: motion.y + y + tip.y * 14 / scale)
            world.applyImpulse(-x * power, -y * power, at: place, to: lander)
        }
    }

    // MARK: Drawing

    /// What there is to see.
    struct Picture {
        /// The ground from left to right.
        var ground: [(Double, Double)]
        var hull: [(Double, Double)]
        var legs: [[(Double, Double)]]
        /// Position and angle of the lander.
        var x, y, angle: Double
        var thrust: LanderFlight.Thrust
        /// Of a leg with ground below it.
        var isTouching: [Bool]
    }

    var picture: Picture {
        func placed(_ corners: [(Double, Double)], _ body: PhysicsWorld.Body) -> [(Double, Double)] {
            let motion = world.motion(of: body)
            let (sine, cosine) = (sin(motion.angle), cos(motion.angle))
            return corners.map { (motion.x + $0.0 * cosine - $0.1 * sine, motion.y + $0.0 * sine + $0.1 * cosine) }
        }
        let (w, h) = Self.legHalf
        let motion = world.motion(of: lander)
        return Picture(
            ground: ground, hull: placed(Self.hull, lander),
            legs: [legs.left, legs.right].map { placed([(-w, -h), (w, -h), (w, h), (-w, h)], $0) }, x: motion.x,
            y: motion.y, angle: motion.angle, thrust: latestThrust,
            isTouching: [observation[6] > 0, observation[7] > 0])
    }
}
