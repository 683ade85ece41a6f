import Glibc
public import Plotting

extension CartPole: DrawableEnvironment {
    public static let legend =
        "track of ±\(largestPosition) m, pole of \(Int(2 * halfLength)) m · arrow: push of \(Int(force)) N"

    /// Where the pole is hinged, above the track.
    private static let hinge = 0.2

    public static func sketch(of state: State, taking action: Int?) -> Sketch {
        let (x, top) = (state.position, hinge + 0.09)
        let (width, wheel) = (0.34, 0.09)
        let tip = Sketch.Place(x + 2 * halfLength * sin(state.angle), hinge + 2 * halfLength * cos(state.angle))
        let reach = largestPosition + 0.25
        var shapes: [Sketch.Shape] = [
            .line([.init(-reach, 0), .init(reach, 0)], width: 0.03, .ground),
            .line([.init(-largestPosition, 0), .init(-largestPosition, 0.16)], width: 0.03, .limit),
            .line([.init(largestPosition, 0), .init(largestPosition, 0.16)], width: 0.03, .limit),
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
        return Sketch(x: -reach...reach, y: -0.06...hinge + 2 * halfLength + 0.06, shapes: shapes)
    }
}
