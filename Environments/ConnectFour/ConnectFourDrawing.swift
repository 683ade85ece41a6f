public import Plotting

extension ConnectFour: DrawableEnvironment {
    public var legend: String { "red begins · arrow: the column of the next disc" }
    public var framesPerSecond: Double { 1.5 }

    public func sketch(taking action: Int?) -> Sketch {
        let (rows, columns) = (Self.rows, Self.columns)
        var shapes: [Sketch.Shape] = [
            .polygon(
                [
                    .init(0, 0), .init(Double(columns), 0), .init(Double(columns), Double(rows)),
                    .init(0, Double(rows)),
                ], .water)
        ]
        for row in 0..<rows {
            for column in 0..<columns {
                let bit: UInt64 = 1 << (column * Self.height + row)
                let role: Sketch.Role = state.first & bit != 0 ? .first : state.second & bit != 0 ? .second : .face
                shapes.append(.disc(center: .init(Double(column) + 0.5, Double(row) + 0.5), radius: 0.4, role))
            }
        }
        if let action {
            let x = Double(action) + 0.5
            shapes.append(.arrow([.init(x, Double(rows) + 0.7), .init(x, Double(rows) + 0.1)], .action))
        }
        return Sketch(x: -0.4...Double(columns) + 0.4, y: -0.1...Double(rows) + 0.8, shapes: shapes)
    }
}
