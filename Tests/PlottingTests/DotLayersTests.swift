import Plotting
import Testing

struct DotLayersTests {
    private let colors = [Color(hex: 0xFF0000), Color(hex: 0x00FF00)]

    @Test func `dots that overlap lie in different layers, the later above`() {
        let points = [(0.0, 0.0), (1.5, 0), (3.2, 0), (10, 10)].map { Point(x: $0.0, y: $0.1) }
        let layers = DotLayers(points, colorIndices: [0, 1, 0, 0], colors: colors, radius: 1)
        #expect(layers.groups.map(\.points) == [[points[0], points[3]], [points[1]], [points[2]]])
        #expect(layers.groups.map(\.color) == [colors[0], colors[1], colors[0]])
    }

    @Test func `of many dots none is lost, and no two of a group overlap`() {
        let points = (0..<2_000).map { Point(x: Double($0 * 7919 % 101) * 1.1, y: Double($0 * 104_729 % 89) * 1.3) }
        let indices = points.indices.map { $0 % 2 }
        let groups = DotLayers(points, colorIndices: indices, colors: colors, radius: 0.6).groups
        #expect(groups.map(\.points.count).reduce(0, +) == points.count)
        for group in groups {
            for (index, point) in group.points.enumerated() {
                for other in group.points[..<index] {
                    let (dx, dy) = (other.x - point.x, other.y - point.y)
                    #expect(dx * dx + dy * dy >= 1.2 * 1.2)
                }
            }
        }
    }

    @Test func `a heap of dots has a few layers`() {
        let heap = [Point](repeating: Point(x: 1, y: 2), count: 500)
        let groups = DotLayers(heap, colorIndices: [Int](repeating: 1, count: 500), colors: colors, radius: 1).groups
        #expect(groups.count == DotLayers.mostLayers)
        #expect(groups.map(\.points.count).reduce(0, +) == 500)
    }

    @Test func `what has no place is left out`() {
        let points = [Point(x: .nan, y: 0), Point(x: 1e300, y: 1), Point(x: 0, y: .infinity)]
        let groups = DotLayers(points, colorIndices: [0, 0, 0], colors: colors, radius: 1).groups
        #expect(groups.map(\.points) == [[points[1]]])
    }
}
