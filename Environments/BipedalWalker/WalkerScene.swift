import Glibc
import Plotting
import Randomness
import Simulation

/// The ground and the walker in a world of Box2D, from a reset on. Constants and order of operations are those of
/// Gymnasium's BipedalWalker-v3.
final class WalkerScene: @unchecked Sendable {
    /// The upper and the lower part of a leg, and what turns them.
    private struct Leg {
        let upper, lower: PhysicsWorld.Body
        let hip, knee: PhysicsWorld.Hinge
    }

    private static let scale = 30.0
    private static let framesPerSecond = 50.0
    private static let motorTorque = 80.0
    private static let (hipSpeed, kneeSpeed) = (4.0, 6.0)
    private static let rayLength = 160 / scale
    private static let legDown = -8 / scale
    private static let (legWidth, legHeight) = (8 / scale, 34 / scale)
    private static let (width, height) = (600 / scale, 400 / scale)
    private static let hullCorners: [(Double, Double)] = [(-30, 9), (6, 9), (34, 1), (34, -8), (-30, -8)].map {
        ($0.0 / scale, $0.1 / scale)
    }

    private let world = PhysicsWorld(gravity: -10)
    private let terrain: WalkerTerrain
    private let hull: PhysicsWorld.Body
    private let legs: [Leg]
    private var shaping: Double?
    private var observation = InlineArray<24, Double>(repeating: 0)

    init(key: UInt64, isHardcore: Bool) {
        var random = RandomStream(seed: key, purpose: "bipedal walker")
        let terrain = WalkerTerrain(isHardcore: isHardcore, using: &random)
        self.terrain = terrain
        let world = world
        for obstacle in terrain.obstacles { world.addStaticPolygon(obstacle, .init(friction: 2.5)) }
        for place in 0..<WalkerTerrain.count - 1 {
            // A body for each edge, as in the original: a foot that leaves one edge then leaves the ground for a moment.
            let x = Double(place) * WalkerTerrain.step
            world.addEdges(
                [((x, terrain.heights[place]), (x + WalkerTerrain.step, terrain.heights[place + 1]))],
                .init(friction: 2.5))
        }

        let x = WalkerTerrain.step * Double(WalkerTerrain.start) / 2
        let y = WalkerTerrain.height + 2 * Self.legHeight
        // The walker collides with the ground only.
        let hull = world.addPolygon(
            Self.hullCorners, x: x, y: y, .init(density: 5, friction: 0.1, category: 0x20, mask: 0x1))
        self.hull = hull
        world.applyForce(random.uniform(in: -5...5), 0, to: hull)
        legs = [-1.0, 1].map { side in
            let material = PhysicsWorld.Material(density: 1, category: 0x20, mask: 0x1)
            let upper = world.addBox(
                halfWidth: Self.legWidth / 2, halfHeight: Self.legHeight / 2, x: x,
                y: y - Self.legHeight / 2 - Self.legDown, angle: side * 0.05, material)
            let hip = world.addHinge(
                hull, upper, anchors: ((0, Self.legDown), (0, Self.legHeight / 2)), limits: -0.8...1.1,
                motorSpeed: side, maximumTorque: Self.motorTorque)
            let lower = world.addBox(
                halfWidth: 0.8 * Self.legWidth / 2, halfHeight: Self.legHeight / 2, x: x,
                y: y - Self.legHeight * 3 / 2 - Self.legDown, angle: side * 0.05, material)
            let knee = world.addHinge(
                upper, lower, anchors: ((0, -Self.legHeight / 2), (0, Self.legHeight / 2)), limits: -1.6 ... -0.1,
                motorSpeed: 1, maximumTorque: Self.motorTorque)
            return Leg(upper: upper, lower: lower, hip: hip, knee: knee)
        }
        // The original's reset ends with a step of its own.
        _ = step([0, 0, 0, 0])
    }

    func step(_ action: InlineArray<4, Float>) -> Transition {
        var effort = 0.0
        for index in 0..<4 {
            let wish = Double(min(max(action[index], -1), 1))
            let leg = legs[index / 2]
            let isHip = index % 2 == 0
            world.setMotor(
                isHip ? leg.hip : leg.knee,
                speed: (isHip ? Self.hipSpeed : Self.kneeSpeed) * (wish > 0 ? 1 : wish < 0 ? -1 : 0),
                maximumTorque: Self.motorTorque * abs(wish))
            effort += 0.00035 * Self.motorTorque * abs(wish)
        }
        world.step()

        let motion = world.motion(of: hull)
        look(motion)
        // Forwards and upright is good; what counts is the change.
        let shaping = 130 * motion.x / Self.scale - 5 * abs(observation[0])
        let reward = (self.shaping.map { shaping - $0 } ?? 0) - effort
        self.shaping = shaping
        if motion.hasTouched || motion.x < 0 { return Transition(reward: -100, outcome: .terminated) }
        let end = Double(WalkerTerrain.count - WalkerTerrain.grass) * WalkerTerrain.step
        return Transition(reward: reward, outcome: motion.x > end ? .terminated : .running)
    }

    private func look(_ motion: PhysicsWorld.Motion) {
        observation[0] = motion.angle
        observation[1] = 2 * motion.angularVelocity / Self.framesPerSecond
        observation[2] = 0.3 * motion.velocityX * Self.width / Self.framesPerSecond
        observation[3] = 0.3 * motion.velocityY * Self.height / Self.framesPerSecond
        for (index, leg) in legs.enumerated() {
            let first = 4 + 5 * index
            observation[first] = world.angle(of: leg.hip)
            observation[first + 1] = world.speed(of: leg.hip) / Self.hipSpeed
            observation[first + 2] = world.angle(of: leg.knee) + 1
            observation[first + 3] = world.speed(of: leg.knee) / Self.kneeSpeed
            observation[first + 4] = world.motion(of: leg.lower).isTouching ? 1 : 0
        }
        for ray in 0..<10 {
            observation[14 + ray] = world.castRay(
                from: (motion.x, motion.y), to: end(of: ray, from: motion), categories: 0x1)
        }
    }

    private func end(of ray: Int, from motion: PhysicsWorld.Motion) -> (x: Double, y: Double) {
        let angle = 1.5 * Double(ray) / 10
        return (motion.x + sin(angle) * Self.rayLength, motion.y - cos(angle) * Self.rayLength)
    }

    var distance: Double { world.motion(of: hull).x }

    func observe(into row: inout MutableSpan<Float>) {
        for index in observation.indices { row[index] = Float(observation[index]) }
    }

    // MARK: Drawing

    /// The view goes along with the walker.
    var sketch: Sketch {
        let motion = world.motion(of: hull)
        let left = motion.x - Self.width / 5
        func places(_ corners: [(Double, Double)]) -> [Sketch.Place] {
            corners.map { Sketch.Place($0.0 - left, $0.1) }
        }
        func placed(_ corners: [(Double, Double)], _ motion: PhysicsWorld.Motion) -> [Sketch.Place] {
            let (sine, cosine) = (sin(motion.angle), cos(motion.angle))
            return places(
                corners.map { (motion.x + $0.0 * cosine - $0.1 * sine, motion.y + $0.0 * sine + $0.1 * cosine) })
        }
        func limb(_ leg: PhysicsWorld.Body, halfWidth: Double, _ role: Sketch.Role) -> Sketch.Shape {
            let (w, h) = (halfWidth, Self.legHeight / 2)
            return .polygon(placed([(-w, -h), (w, -h), (w, h), (-w, h)], world.motion(of: leg)), role)
        }
        let ground = places(
            terrain.heights.enumerated().map { (Double($0.offset) * WalkerTerrain.step, $0.element) }
                .filter { $0.0 > left - 1 && $0.0 < left + Self.width + 1 })
        var shapes: [Sketch.Shape] = [
            .polygon([.init(ground.first?.x ?? 0, 0)] + ground + [.init(ground.last?.x ?? 0, 0)], .goal),
            .line(ground, width: 0.12, .ground),
        ]
        shapes += terrain.obstacles.map { .polygon(places($0), .ground) }
        let furthest = end(of: 9, from: motion)
        let share = observation[23]
        shapes.append(
            .line(
                places([
                    (motion.x, motion.y),
                    (motion.x + (furthest.x - motion.x) * share, motion.y + (furthest.y - motion.y) * share),
                ]), width: 0.04, .limit))
        for (index, leg) in legs.enumerated() {
            let touches = observation[8 + 5 * index] > 0
            shapes.append(limb(leg.upper, halfWidth: Self.legWidth / 2, index == 0 ? .joint : .body))
            shapes.append(
                limb(leg.lower, halfWidth: 0.8 * Self.legWidth / 2, touches ? .action : index == 0 ? .joint : .body))
            if index == 0 { shapes.append(.polygon(placed(Self.hullCorners, motion), .limb)) }
        }
        let low = min(WalkerTerrain.height, motion.y) - 3.2
        return Sketch(x: 0...Self.width, y: max(0, min(low, 0))...Self.height * 0.75, shapes: shapes)
    }
}
