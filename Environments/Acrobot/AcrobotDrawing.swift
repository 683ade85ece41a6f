import Glibc
public import Plotting

extension Acrobot: DrawableEnvironment {
    public var legend: String { "line: to be reached by the lower end · arrow: torque on the middle joint" }

    public func sketch(taking action: Int?) -> Sketch {
        let (length1, length2) = (parameters.length1, 1.0)
        let elbow = Sketch.Place(length1 * sin(state.angle1), -length1 * cos(state.angle1))
        let direction = state.angle1 + state.angle2
        let tip = Sketch.Place(elbow.x + length2 * sin(direction), elbow.y - length2 * cos(direction))
        let reach = length1 + length2 + 0.25
        var shapes: [Sketch.Shape] = [
            .line([.init(-reach, 1), .init(reach, 1)], width: 0.03, .limit),
            .line([.init(0, 0), elbow], width: 0.17, .body),
            .line([elbow, tip], width: 0.15, .limb),
            .disc(center: tip, radius: 0.075, .limb),
            .disc(center: .init(0, 0), radius: 0.11, .joint),
            .disc(center: elbow, radius: 0.1, .joint),
        ]
        if let action, action != 1 {
            // A positive torque turns the lower link against the clock.
            let side: Double = action == 2 ? 1 : -1
            let arc = (0...20).map { place -> Sketch.Place in
                let angle = direction + side * (-1 + 2 * Double(place) / 20)
                return .init(elbow.x + 0.38 * sin(angle), elbow.y - 0.38 * cos(angle))
            }
            shapes.append(.arrow(arc, .action))
        }
        return Sketch(x: -reach...reach, y: -reach...reach, shapes: shapes)
    }
}
