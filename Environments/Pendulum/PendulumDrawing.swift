import Glibc
public import Plotting

extension Pendulum: DrawableEnvironment {
    public static let legend =
        "rod of \(Int(length)) m, to be held upright · arrow: torque, at most \(Int(largestTorque)) N m"

    public static func sketch(of state: State, taking action: InlineArray<1, Float>?) -> Sketch {
        let tip = Sketch.Place(length * sin(state.angle), length * cos(state.angle))
        var shapes: [Sketch.Shape] = [
            // Where the rod is to point.
            .line([.init(0, 0), .init(0, 1.12 * length)], width: 0.03, .goal),
            .line([.init(0, 0), tip], width: 0.14, .limb),
            .disc(center: tip, radius: 0.07, .limb),
            .disc(center: .init(0, 0), radius: 0.1, .joint),
        ]
        let torque = action.map { min(max(Double($0[0]), -largestTorque), largestTorque) } ?? 0
        // Half a circle for the motor's whole strength. The angle is measured from upright, so it grows with the clock,
        // and so does a positive torque turn.
        let sweep = torque / largestTorque * Double.pi
        if abs(sweep) > 0.3 {
            let arc = (0...24).map { place -> Sketch.Place in
                let angle = -sweep / 2 + sweep * Double(place) / 24
                return .init(0.42 * length * sin(angle), 0.42 * length * cos(angle))
            }
            shapes.append(.arrow(arc, .action))
        }
        return Sketch(x: -1.2 * length...1.2 * length, y: -1.2 * length...1.2 * length, shapes: shapes)
    }
}
