/// Dots sorted into layers such that no two of a layer overlap, the topmost excepted: each layer's dots of one colour can be drawn as one
/// path, in a fifth of the characters that as many shapes take, and where dots overlap their colours still add up.
package struct DotLayers {
    /// The dots of a layer that have one colour.
    package struct Group {
        package let color: Color
        package var points: [Point]
    }

    /// Where so many lie over each other, their colours have long added up to the full one; further dots share the
    /// topmost layer.
    package static let mostLayers = 16

    /// From the bottom up.
    package let groups: [Group]

    package init(_ points: [Point], colorIndices: [Int], colors: [Color], radius: Double) {
        // Two dots that overlap lie in the same or in neighbouring squares of a grid as wide as a dot.
        let pitch = max(2 * radius, 1e-6)
        var squares: [Square: [(point: Point, layer: Int)]] = [:]
        var layers: [[Group?]] = []
        for (point, index) in zip(points, colorIndices) where point.x.isFinite && point.y.isFinite {
            let column = (point.x / pitch).rounded(.down), row = (point.y / pitch).rounded(.down)
            var highest = -1
            for across in -1...1 {
                for down in -1...1 {
                    let near = squares[Square(column: column + Double(across), row: row + Double(down))] ?? []
                    for other in near where other.layer > highest {
                        let (dx, dy) = (other.point.x - point.x, other.point.y - point.y)
                        if dx * dx + dy * dy < pitch * pitch { highest = other.layer }
                    }
                }
            }
            let layer = min(highest + 1, DotLayers.mostLayers - 1)
            squares[Square(column: column, row: row), default: []].append((point, layer))
            if layer == layers.count { layers.append([Group?](repeating: nil, count: colors.count)) }
            layers[layer][index, default: Group(color: colors[index], points: [])].points.append(point)
        }
        groups = layers.flatMap { $0.compactMap(\.self) }
    }

    private struct Square: Hashable {
        let column: Double
        let row: Double
    }
}

extension Array {
    /// The element at `index`, made first where it is nil.
    fileprivate subscript<Wrapped>(index: Int, default value: @autoclosure () -> Wrapped) -> Wrapped
    where Element == Wrapped? {
        get { self[index] ?? value() }
        set { self[index] = newValue }
    }
}
