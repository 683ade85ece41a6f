import Glibc
public import Plotting

extension Pendulum: DrawableEnvironment {
    public var legend: String {
        "rod, to be held upright · arrow: torque, at most \(NumberText.fixed(Self.largestTorque)) N m"
    }

    public func sketch(taking action: InlineArray<1, Float>?) -> Sketch {
        // Drawn to one size, whatever the length.
        let length = 1.0
        let tip = Sketch.Place(length * sin(state.angle), length * cos(state.angle))
        var shapes: [Sketch.Shape] = [
            // Where the rod is to point.
            .line([.init(0, 0), .init(0, 1.12 * length)], width: 0.03, .goal),
            .line([.init(0, 0), tip], width: 0.14, .limb),
            .disc(center: tip, radius: 0.07, .limb),
            .disc(center: .init(0, 0), radius: 0.1, .joint),
        ]
        let torque = action.map { min(max(Double($0[0]), -Self.largestTorque), Self.largestTorque) } ?? 0
        // Half a circle for the motor's whole strength. The angle is measured from upright, so it grows with the clock,
        // and so does a positive torque turn.
        let sweep = torque / Self.largestTorque * Double.pi
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
