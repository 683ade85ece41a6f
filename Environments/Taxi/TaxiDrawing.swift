public import Plotting
import Simulation

extension Taxi: DrawableEnvironment {
    public var legend: String { "dot: the passenger · green: where they want to go · lines: walls" }
    public var framesPerSecond: Double { 4 }

    public func sketch(taking action: Int?) -> Sketch {
        let situation = Situation(state: min(state.index, 499))
        var shapes: [Sketch.Shape] = (0..<25).map {
            .polygon(GridWorld.tile(row: $0 / 5, column: $0 % 5, of: 5), .goal)
        }
        for (index, landmark) in Self.landmarks.enumerated() {
            let isDestination = index == situation.destination
            shapes.append(
                .polygon(
                    GridWorld.tile(row: landmark[0], column: landmark[1], of: 5),
                    isDestination ? .treasure : .ice))
            let center = GridWorld.center(row: landmark[0], column: landmark[1], of: 5)
            shapes.append(
                .text(
                    ["R", "G", "Y", "B"][index], at: .init(center.x - 0.32, center.y + 0.32), height: 0.16, .lettering))
        }
        for (row, columns) in Self.walls.enumerated() {
            for column in columns.sorted() {
                let x = Double(column + 1)
                shapes.append(
                    .line([.init(x, Double(4 - row)), .init(x, Double(5 - row))], width: 0.09, .body))
            }
        }
        let place = GridWorld.center(row: situation.row, column: situation.column, of: 5)
        func box(_ w: Double, _ low: Double, _ high: Double) -> [Sketch.Place] {
            [
                .init(place.x - w, place.y + low), .init(place.x + w, place.y + low),
                .init(place.x + w, place.y + high), .init(place.x - w, place.y + high),
            ]
        }
        shapes += [
            .polygon(box(0.34, -0.14, 0.06), .second), .polygon(box(0.2, 0.06, 0.2), .second),
            .disc(center: .init(place.x - 0.18, place.y - 0.14), radius: 0.08, .body),
            .disc(center: .init(place.x + 0.18, place.y - 0.14), radius: 0.08, .body),
        ]
        let isRiding = situation.passenger == Self.inTaxi
        let passenger =
            isRiding
            ? Sketch.Place(place.x, place.y + 0.13)
            : GridWorld.center(
                row: Self.landmarks[situation.passenger][0], column: Self.landmarks[situation.passenger][1], of: 5)
        shapes.append(
            .disc(center: isRiding ? passenger : .init(passenger.x + 0.3, passenger.y - 0.3), radius: 0.1, .first))
        if let action, action < 4 {
            shapes.append(GridWorld.arrow(from: place, toward: [(0.0, -1.0), (0, 1), (1, 0), (-1, 0)][action]))
        }
        return Sketch(x: -0.05...5.05, y: -0.05...5.05, shapes: shapes)
    }
}
