internal import CBox2D

/// A two-dimensional world of the engine Box2D: lengths in metres, masses in kilograms, angles in radians.
///
/// It cannot be copied. A task keeps what the world was made of and what was done since, and makes it again.
final class PhysicsWorld: @unchecked Sendable {
    /// A body's number.
    struct Body: Equatable, Sendable { fileprivate let number: Int32 }

    /// A joint's number.
    struct Hinge: Sendable { fileprivate let number: Int32 }

    /// What a body is made of, and what it collides with.
    struct Material {
        var density: Float = 0
        var friction: Float = 0.2
        var category: UInt16 = 0x0001
        var mask: UInt16 = 0xFFFF

        fileprivate var box2D: box2d_material {
            box2d_material(density: density, friction: friction, category: category, mask: mask)
        }
    }

    /// Where a body is, and how it moves.
    struct Motion {
        var x, y, angle, velocityX, velocityY, angularVelocity: Double
        var isAwake: Bool
        /// Whether the body's latest change of contact was a beginning.
        var isTouching: Bool
        /// Whether a contact of the body has ever begun.
        var hasTouched: Bool
    }

    private let world: OpaquePointer

    init(gravity: Double) {
        guard let world = box2d_world_create(0, Float(gravity)) else { preconditionFailure("no memory for a world") }
        self.world = world
    }

    deinit { box2d_world_destroy(world) }

    // MARK: Making

    /// A body that never moves, of edges from point to point.
    @discardableResult
    func addEdges(_ edges: [(from: (Double, Double), to: (Double, Double))], _ material: Material) -> Body {
        let points = edges.flatMap { [$0.from.0, $0.from.1, $0.to.0, $0.to.1].map { Float($0) } }
        return Body(number: box2d_add_edges(world, points, Int32(edges.count), material.box2D))
    }

    /// A body that never moves, a convex polygon.
    func addStaticPolygon(_ corners: [(Double, Double)], _ material: Material) {
        box2d_add_static_polygon(world, Self.flat(corners), Int32(corners.count), material.box2D)
    }

    /// A body that moves, a convex polygon about its own origin.
    func addPolygon(
        _ corners: [(Double, Double)], x: Double, y: Double, angle: Double = 0, _ material: Material
    ) -> Body {
        Body(
            number: box2d_add_polygon(
                world, Self.flat(corners), Int32(corners.count), Float(x), Float(y), Float(angle), material.box2D))
    }

    /// A body that moves, a rectangle of the given half sides.
    func addBox(
        halfWidth: Double, halfHeight: Double, x: Double, y: Double, angle: Double, _ material: Material
    ) -> Body {
        Body(
            number: box2d_add_box(
                world, Float(halfWidth), Float(halfHeight), Float(x), Float(y), Float(angle), material.box2D))
    }

    /// A joint about which two bodies turn, with a motor.
    ///
    /// - Parameter anchors: in the bodies' own coordinates.
    func addHinge(
        _ a: Body, _ b: Body, anchors: (a: (Double, Double), b: (Double, Double)), limits: ClosedRange<Double>,
        motorSpeed: Double, maximumTorque: Double
    ) -> Hinge {
        Hinge(
            number: box2d_add_hinge(
                world,
                box2d_hinge(
                    body_a: a.number, body_b: b.number, anchor_a_x: Float(anchors.a.0), anchor_a_y: Float(anchors.a.1),
                    anchor_b_x: Float(anchors.b.0), anchor_b_y: Float(anchors.b.1),
                    lower_angle: Float(limits.lowerBound), upper_angle: Float(limits.upperBound),
                    motor_speed: Float(motorSpeed), maximum_torque: Float(maximumTorque))))
    }

    private static func flat(_ corners: [(Double, Double)]) -> [Float] {
        precondition((3...8).contains(corners.count), "a polygon of \(corners.count) corners; it has 3 to 8")
        return corners.flatMap { [Float($0.0), Float($0.1)] }
    }

    // MARK: Acting

    func applyForce(_ x: Double, _ y: Double, to body: Body) {
        box2d_apply_force(world, body.number, Float(x), Float(y))
    }

    func applyTorque(_ torque: Double, to body: Body) { box2d_apply_torque(world, body.number, Float(torque)) }

    func applyImpulse(_ x: Double, _ y: Double, at place: (x: Double, y: Double), to body: Body) {
        box2d_apply_impulse(world, body.number, Float(x), Float(y), Float(place.x), Float(place.y))
    }

    func setMotor(_ hinge: Hinge, speed: Double, maximumTorque: Double) {
        box2d_set_motor(world, hinge.number, Float(speed), Float(maximumTorque))
    }

    /// Lets a fiftieth of a second pass, with the 180 and 60 iterations that Gymnasium's tasks take.
    func step() { box2d_step(world, 1.0 / 50, 180, 60) }

    // MARK: Looking

    func motion(of body: Body) -> Motion {
        let state = box2d_body_state(world, body.number)
        return Motion(
            x: Double(state.x), y: Double(state.y), angle: Double(state.angle), velocityX: Double(state.velocity_x),
            velocityY: Double(state.velocity_y), angularVelocity: Double(state.angular_velocity),
            isAwake: state.is_awake, isTouching: state.is_touching, hasTouched: state.has_touched)
    }

    func angle(of hinge: Hinge) -> Double { Double(box2d_hinge_angle(world, hinge.number)) }

    func speed(of hinge: Hinge) -> Double { Double(box2d_hinge_speed(world, hinge.number)) }

    /// Which share of the way from one place to another is free of fixtures of a category in `categories`.
    func castRay(from start: (x: Double, y: Double), to end: (x: Double, y: Double), categories: UInt16) -> Double {
        Double(
            box2d_cast_ray(world, Float(start.x), Float(start.y), Float(end.x), Float(end.y), categories))
    }
}
