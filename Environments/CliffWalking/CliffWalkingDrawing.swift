public import Plotting
import Simulation

extension CliffWalking: DrawableEnvironment {
    public var legend: String { "orange: the cliff · green: the goal · arrow: where one means to go" }
    public var framesPerSecond: Double { 5 }

    public func sketch(taking action: Int?) -> Sketch {
        var shapes: [Sketch.Shape] = (0..<Self.rows * Self.columns).map { cell in
            let role: Sketch.Role =
                Self.cliff.contains(cell) ? .danger : cell == Self.goal ? .treasure : .goal
            return .polygon(
                GridWorld.tile(row: cell / Self.columns, column: cell % Self.columns, of: Self.rows), role)
        }
        let here = min(state.index, Self.rows * Self.columns - 1)
        let place = GridWorld.center(row: here / Self.columns, column: here % Self.columns, of: Self.rows)
        shapes += [
            .disc(center: place, radius: 0.22, .body),
            .disc(center: .init(place.x, place.y + 0.24), radius: 0.12, .limb),
        ]
        if let action {
            shapes.append(GridWorld.arrow(from: place, toward: [(0.0, 1.0), (1, 0), (0, -1), (-1, 0)][action]))
        }
        return Sketch(x: 0...Double(Self.columns), y: 0...Double(Self.rows), shapes: shapes)
    }
}
