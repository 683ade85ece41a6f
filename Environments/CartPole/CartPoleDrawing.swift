import Glibc
public import Plotting

extension CartPole: DrawableEnvironment {
    public var legend: String {
        "track of ±\(Self.largestPosition) m, pole of \(text(2 * parameters.halfLength)) m · arrow: push of "
            + "\(text(parameters.force)) N"
    }

    private func text(_ value: Double) -> String {
        NumberText.fixed(value, decimals: value == value.rounded() ? 0 : 2)
    }

    /// Where the pole is hinged, above the track.
    private static let hinge = 0.2

    public func sketch(taking action: Int?) -> Sketch {
        let (x, hinge, reach) = (state.position, Self.hinge, Self.largestPosition + 0.25)
        let top = hinge + 0.09
        let (width, wheel) = (0.34, 0.09)
        let length = 2 * parameters.halfLength
        let tip = Sketch.Place(x + length * sin(state.angle), hinge + length * cos(state.angle))
        var shapes: [Sketch.Shape] = [
            .line([.init(-reach, 0), .init(reach, 0)], width: 0.03, .ground),
            .line([.init(-Self.largestPosition, 0), .init(-Self.largestPosition, 0.16)], width: 0.03, .limit),
            .line([.init(Self.largestPosition, 0), .init(Self.largestPosition, 0.16)], width: 0.03, .limit),
            .polygon(
                [.init(x - width, 0.09), .init(x + width, 0.09), .init(x + width, top), .init(x - width, top)], .body),
            .disc(center: .init(x - 0.6 * width, wheel), radius: wheel, .body),
            .disc(center: .init(x + 0.6 * width, wheel), radius: wheel, .body),
            .line([.init(x, hinge), tip], width: 0.085, .limb),
            .disc(center: .init(x, hinge), radius: 0.06, .joint),
        ]
        if let action {
            let side: Double = action == 1 ? 1 : -1
            shapes.append(
                .arrow([.init(x + side * (width + 0.08), 0.19), .init(x + side * (width + 0.62), 0.19)], .action))
        }
        return Sketch(x: -reach...reach, y: -0.06...hinge + max(length, 1) + 0.06, shapes: shapes)
    }
}
