import Glibc
public import Plotting

extension TicTacToe: DrawableEnvironment {
    public var legend: String { "crosses begin" }
    public var framesPerSecond: Double { 1 }

    public func sketch(taking action: Int?) -> Sketch {
        var shapes: [Sketch.Shape] = (0..<9).map { .polygon(GridWorld.tile(row: $0 / 3, column: $0 % 3, of: 3), .goal) }
        for cell in 0..<9 {
            let center = GridWorld.center(row: cell / 3, column: cell % 3, of: 3)
            if state.crosses >> cell & 1 == 1 {
                for side in [-1.0, 1] {
                    shapes.append(
                        .line(
                            [
                                .init(center.x - 0.26, center.y - 0.26 * side),
                                .init(center.x + 0.26, center.y + 0.26 * side),
                            ], width: 0.11, .first))
                }
            } else if state.noughts >> cell & 1 == 1 {
                let ring = (0...40).map { place -> Sketch.Place in
                    let angle = Double(place) * 2 * Double.pi / 40
                    return .init(center.x + 0.27 * cos(angle), center.y + 0.27 * sin(angle))
                }
                shapes.append(.line(ring, width: 0.1, .water))
            } else if cell == action {
                shapes.append(.disc(center: center, radius: 0.1, .action))
            }
        }
        return Sketch(x: -0.5...3.5, y: -0.05...3.05, shapes: shapes)
    }
}
