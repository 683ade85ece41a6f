/// The share of values that are at most x: a stair with a step at each value.
public struct EmpiricalDistribution: Sendable, Equatable {
    /// Ascending, without what is not finite.
    public let sorted: [Double]

    public init(of values: [Double]) { sorted = values.filter(\.isFinite).sorted() }

    /// The share of values ≤ x; not a number where there are none.
    public func share(atMost x: Double) -> Double {
        var (low, high) = (0, sorted.count)
        while low < high {
            let middle = (low + high) / 2
            if sorted[middle] <= x { low = middle + 1 } else { high = middle }
        }
        return sorted.isEmpty ? .nan : Double(low) / Double(sorted.count)
    }

    /// The stair as a line chart draws it, from 0 to 1.
    public var curve: Curve {
        var x: [Double] = [], y: [Double] = []
        for (index, value) in sorted.enumerated() {
            x += [value, value]
            y += [Double(index) / Double(sorted.count), Double(index + 1) / Double(sorted.count)]
        }
        return Curve(x: x, y: y)
    }
}
