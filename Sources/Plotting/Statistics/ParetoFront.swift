/// The trials with two objectives that no other trial is at least as good as in both and better than in one.
public struct ParetoFront: Sendable, Equatable {
    /// Their indices, by ascending x; of equal trials the first.
    public let members: [Int]
    private let points: [Point]
    private let isHighBest: [Bool]

    /// - Parameter isHighBest: Whether higher is better along each axis.
    public init(x: [Double], y: [Double], isHighBest: (x: Bool, y: Bool) = (false, false)) {
        precondition(x.count == y.count, "trials need as many x as y: \(x.count) ≠ \(y.count)")
        // As costs: lower is better in both.
        let costs = zip(x, y).map { Point(x: isHighBest.x ? -$0 : $0, y: isHighBest.y ? -$1 : $1) }
        let order = costs.indices.filter { costs[$0].x.isPlottable && costs[$0].y.isPlottable }.sorted {
            (costs[$0].x, costs[$0].y, $0) < (costs[$1].x, costs[$1].y, $1)
        }
        var members: [Int] = []
        var lowest = Double.infinity
        for index in order where costs[index].y < lowest {
            members.append(index)
            lowest = costs[index].y
        }
        points = members.map { costs[$0] }
        self.members = isHighBest.x ? members.reversed() : members
        self.isHighBest = [isHighBest.x, isHighBest.y]
    }

    /// The area between the front and `reference`, which only trials better than it in both add to (Zitzler & Thiele
    /// 1999): exact, a sum of rectangles.
    public func hypervolume(to reference: Point) -> Double {
        let worst = Point(x: isHighBest[0] ? -reference.x : reference.x, y: isHighBest[1] ? -reference.y : reference.y)
        var area = 0.0
        var lowest = worst.y
        for point in points where point.x < worst.x && point.y < lowest {
            area += (worst.x - point.x) * (lowest - point.y)
            lowest = point.y
        }
        return area
    }
}
