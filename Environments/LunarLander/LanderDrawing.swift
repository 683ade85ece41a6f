import Glibc
import Plotting

extension LanderFlight {
    static let legend = "between the flags: the pad · flames: engines of the step before"

    var sketch: Sketch {
        let picture = picture
        func places(_ corners: [(Double, Double)]) -> [Sketch.Place] { corners.map { Sketch.Place($0.0, $0.1) } }
        let moon = [Sketch.Place(0, 0)] + places(picture.ground) + [.init(Self.width, 0)]
        var shapes: [Sketch.Shape] = [
            .polygon(moon, .goal), .line(places(picture.ground), width: 0.12, .ground),
        ]
        for x in [Self.width * 0.4, Self.width * 0.6] {
            let top = Sketch.Place(x, Self.padHeight + 1.4)
            shapes.append(.line([.init(x, Self.padHeight), top], width: 0.1, .ground))
            shapes.append(.polygon([top, .init(x + 0.8, top.y - 0.3), .init(x, top.y - 0.6)], .limit))
        }
        let tip = (x: sin(picture.angle), y: cos(picture.angle))
        /// A place in the lander's own coordinates.
        func place(_ across: Double, _ up: Double) -> Sketch.Place {
            .init(picture.x + across * tip.y - up * tip.x, picture.y + across * tip.x + up * tip.y)
        }
        if picture.thrust.main > 0 {
            let length = 0.5 + 0.9 * picture.thrust.main
            shapes.append(.polygon([place(-0.2, -0.36), place(0.2, -0.36), place(0, -0.36 - length)], .action))
        }
        if picture.thrust.side != 0 {
            // The left engine blows to the left.
            let side: Double = picture.thrust.side < 0 ? -1 : 1
            let reach = 0.6 + 0.5 * abs(picture.thrust.side)
            shapes.append(
                .polygon(
                    [place(side * 0.5, 0.28), place(side * 0.5, 0.08), place(side * (0.5 + reach), 0.18)], .action))
        }
        for (leg, isTouching) in zip(picture.legs, picture.isTouching) {
            shapes.append(.polygon(places(leg), isTouching ? .action : .joint))
        }
        shapes.append(.polygon(places(picture.hull), .limb))
        return Sketch(x: 0...Self.width, y: 0...Self.height, shapes: shapes)
    }
}
