public import Plotting

extension TMaze: DrawableEnvironment {
    public var legend: String { "green: where it pays · the signal shows in the first cell only" }
    public var framesPerSecond: Double { 4 }

    public func sketch(taking action: Int?) -> Sketch {
        let length = min(max(state.length, 1), 60)
        let here =
            state.length <= 60 ? min(max(state.cell, 0), length) : min(max(state.cell, 0) * 60 / state.length, 60)
        let goalRow = state.goalIsUp ? 0 : 2
        var shapes: [Sketch.Shape] = (0...length).map { .polygon(GridWorld.tile(row: 1, column: $0, of: 3), .goal) }
        for row in [0, 2] {
            shapes.append(
                .polygon(
                    GridWorld.tile(row: row, column: length, of: 3), row == goalRow ? .treasure : .danger))
        }
        let start = GridWorld.center(row: 1, column: 0, of: 3)
        let side: Double = state.goalIsUp ? 1 : -1
        shapes.append(
            .arrow([.init(start.x, start.y + 0.55 * side), .init(start.x, start.y + 1.2 * side)], .limit))
        let place = GridWorld.center(row: 1, column: here, of: 3)
        shapes.append(.disc(center: place, radius: 0.26, .body))
        if let action {
            shapes.append(GridWorld.arrow(from: place, toward: [(1.0, 0.0), (0, 1), (0, -1)][action]))
        }
        return Sketch(x: -0.1...Double(length) + 1.1, y: -0.1...3.1, shapes: shapes)
    }
}
