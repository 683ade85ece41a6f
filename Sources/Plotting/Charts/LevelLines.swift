/// Where a function on a grid takes a value: marching squares (Lorensen & Cline 1987 in two dimensions), linear between
/// grid points.
enum LevelLines {
    /// Pieces of the lines, their ends told in columns (x) and rows (y) of the grid.
    ///
    /// - Parameter values: `[rows][columns]`; squares with a corner that is not a number have no line.
    static func segments(of values: [[Double]], at level: Double) -> [(Point, Point)] {
        var segments: [(Point, Point)] = []
        for row in 0..<max(values.count - 1, 0) {
            for column in 0..<max(values[row].count - 1, 0) {
                // Corners in turn around the square.
                let corners = [
                    Corner(column: column, row: row, values), Corner(column: column + 1, row: row, values),
                    Corner(column: column + 1, row: row + 1, values), Corner(column: column, row: row + 1, values),
                ]
                guard corners.allSatisfy({ $0.value.isPlottable }) else { continue }
                let crossings = (0..<4).compactMap { crossing(corners[$0], corners[($0 + 1) % 4], at: level) }
                if crossings.count == 2 { segments.append((crossings[0], crossings[1])) }
                guard crossings.count == 4 else { continue }
                // A saddle: the value in the middle says which corners belong together.
                let middle = corners.reduce(0) { $0 + $1.value } / 4
                let isJoined = (middle >= level) == (corners[0].value >= level)
                let pairs = isJoined ? [(0, 1), (2, 3)] : [(3, 0), (1, 2)]
                segments += pairs.map { (crossings[$0], crossings[$1]) }
            }
        }
        return segments
    }

    private struct Corner {
        let point: Point
        let value: Double

        init(column: Int, row: Int, _ values: [[Double]]) {
            point = Point(x: Double(column), y: Double(row))
            value = values[row][column]
        }
    }

    private static func crossing(_ a: Corner, _ b: Corner, at level: Double) -> Point? {
        guard (a.value >= level) != (b.value >= level) else { return nil }
        let share = (level - a.value) / (b.value - a.value)
        return Point(x: a.point.x + share * (b.point.x - a.point.x), y: a.point.y + share * (b.point.y - a.point.y))
    }
}
