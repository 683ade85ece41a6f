import Plotting
import Testing

@Suite struct DownsamplingTests {
    @Test func `each column keeps its first, lowest, highest and last point in order`() {
        let points = [3.0, 9, 1, 5, 2, 2, 4].enumerated().map { Point(x: Double($0.offset) / 10, y: $0.element) }
        let thinned = Downsampling.extremes(points, columnWidth: 0.5)
        #expect(thinned.map(\.y) == [3, 9, 1, 2, 2, 4])
    }

    @Test func `a long noisy curve keeps the lowest and highest value of every column`() {
        var state: UInt64 = 1
        let points = (0..<20_000).map { index -> Point in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Point(x: Double(index) / 100, y: Double(state >> 40))
        }
        let thinned = Downsampling.extremes(points, columnWidth: 1)
        #expect(thinned.count <= 800)
        for column in 0..<200 {
            let all = points.filter { Int($0.x) == column }.map(\.y)
            let kept = thinned.filter { Int($0.x) == column }.map(\.y)
            #expect(kept.min() == all.min())
            #expect(kept.max() == all.max())
        }
        #expect(zip(thinned, thinned.dropFirst()).allSatisfy { $0.x < $1.x })
    }

    @Test func `few points stay as they are`() {
        let points = [Point(x: 0, y: 1), Point(x: 5, y: 2), Point(x: 9, y: 0)]
        #expect(Downsampling.extremes(points, columnWidth: 1) == points)
        #expect(Downsampling.extremes([], columnWidth: 1).isEmpty)
    }
}
