public import Plotting
import Simulation

/// Probes show what they are in as numbers: there is nothing else to see.
extension ProbeEnvironment {
    public var legend: String { "the number that is shown" }
    public var framesPerSecond: Double { 2 }

    public func sketch(taking action: Int?) -> Sketch {
        Sketch(
            x: 0...4, y: 0...1.6,
            shapes: [
                .polygon([.init(0.2, 0.2), .init(3.8, 0.2), .init(3.8, 1.4), .init(0.2, 1.4)], .goal),
                .text("\(state)", at: .init(2, 0.8), height: 0.5, .body),
            ])
    }
}

/// A row of cells, some of them lit.
private func row(lit: [Bool], chosen: [Bool]) -> Sketch {
    var shapes: [Sketch.Shape] = []
    for (column, isLit) in lit.enumerated() {
        shapes.append(.polygon(GridWorld.tile(row: 0, column: column, of: 1), isLit ? .treasure : .goal))
        if chosen[column] { shapes.append(.disc(center: .init(Double(column) + 0.5, 0.5), radius: 0.2, .action)) }
    }
    return Sketch(x: -0.05...Double(lit.count) + 0.05, y: -0.05...1.05, shapes: shapes)
}

extension Probes.SeveralChoices: DrawableEnvironment {
    public var legend: String { "green: the choices that are shown · dots: those taken" }
    public var framesPerSecond: Double { 2 }

    public func sketch(taking action: InlineArray<3, Int>?) -> Sketch {
        var lit: [Bool] = []
        var chosen: [Bool] = []
        for (part, count) in Self.counts.enumerated() {
            let shown = abs([state % 2, state / 2 % 3, state / 6 % 4][part])
            lit += (0..<count).map { $0 == shown }
            chosen += (0..<count).map { $0 == action?[part] }
        }
        return row(lit: lit, chosen: chosen)
    }
}

extension Probes.Buttons: DrawableEnvironment {
    public var legend: String { "green: lamps that are lit · dots: buttons pressed" }
    public var framesPerSecond: Double { 2 }

    public func sketch(taking action: InlineArray<4, Int>?) -> Sketch {
        row(lit: (0..<4).map { state >> $0 & 1 == 1 }, chosen: (0..<4).map { action?[$0] == 1 })
    }
}

extension Probes.ForbiddenChoices: DrawableEnvironment {
    public var legend: String { "green: choices that are allowed · dot: the one taken" }
    public var framesPerSecond: Double { 2 }

    public func sketch(taking action: Int?) -> Sketch {
        row(lit: (0..<4).map { isAllowed($0) }, chosen: (0..<4).map { $0 == action })
    }
}
