public import Plotting
import Simulation

/// Worlds of square cells.
enum GridWorld {
    /// A cell's corners, a little apart from its neighbours; row 0 is at the top.
    static func tile(row: Int, column: Int, of rows: Int, inset: Double = 0.03) -> [Sketch.Place] {
        let (left, bottom) = (Double(column), Double(rows - 1 - row))
        let (near, far) = (inset, 1 - inset)
        return [
            .init(left + near, bottom + near), .init(left + far, bottom + near), .init(left + far, bottom + far),
            .init(left + near, bottom + far),
        ]
    }

    static func center(row: Int, column: Int, of rows: Int) -> Sketch.Place {
        .init(Double(column) + 0.5, Double(rows - 1 - row) + 0.5)
    }

    /// An arrow out of a cell.
    static func arrow(from place: Sketch.Place, toward direction: (x: Double, y: Double)) -> Sketch.Shape {
        .arrow(
            [
                .init(place.x + 0.3 * direction.x, place.y + 0.3 * direction.y),
                .init(place.x + 0.72 * direction.x, place.y + 0.72 * direction.y),
            ], .action)
    }
}

extension FrozenLake: DrawableEnvironment {
    public var legend: String { "dark: holes · green: the present · arrow: where one means to go" }
    public var framesPerSecond: Double { 4 }

    public func sketch(taking action: Int?) -> Sketch {
        let (rows, columns) = (map.rows.count, map.columnCount)
        var shapes: [Sketch.Shape] = map.cells.enumerated().map { cell, kind in
            let role: Sketch.Role = kind == "H" ? .water : kind == "G" ? .treasure : .ice
            return .polygon(GridWorld.tile(row: cell / columns, column: cell % columns, of: rows), role)
        }
        let here = min(state.index, rows * columns - 1)
        let place = GridWorld.center(row: here / columns, column: here % columns, of: rows)
        shapes += [
            .disc(center: place, radius: 0.22, .body),
            .disc(center: .init(place.x, place.y + 0.24), radius: 0.12, .limb),
        ]
        if let action {
            shapes.append(
                GridWorld.arrow(from: place, toward: [(-1.0, 0.0), (0, -1), (1, 0), (0, 1)][action]))
        }
        return Sketch(x: 0...Double(columns), y: 0...Double(rows), shapes: shapes)
    }
}
