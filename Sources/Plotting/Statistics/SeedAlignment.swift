/// How the curves of several seeds, measured at different places, are brought onto common ones.
public enum SeedAlignment: Sendable, Equatable {
    /// Straight lines between measurements.
    case interpolation
    /// The last measurement counts until the next: for values that change in steps.
    case lastValue
    /// The mean of the measurements in each of so many equal parts of the x-range: for noisy values such as the
    /// return of single episodes.
    case bins(Int)

    /// Points of a common x-axis when the seeds' own differ.
    static let gridCount = 401

    /// The common places `x`, `[points]`, and each curve's values there, `[curves][points]`, not a number beyond the
    /// curve's ends.
    func align(_ curves: [Curve]) -> (x: [Double], values: [[Double]]) {
        if case .bins(let count) = self { return SeedAlignment.binned(curves, into: count) }
        if let first = curves.first, curves.allSatisfy({ $0.x == first.x }) {
            return (first.x, curves.map(\.y))
        }
        let sorted = curves.map(SeedAlignment.measured)
        guard let low = sorted.compactMap(\.x.first).min(), let high = sorted.compactMap(\.x.last).max() else {
            return ([], curves.map { _ in [] })
        }
        // Runs of unequal length that were measured at the same places keep these.
        let longest = sorted.max { $0.x.count < $1.x.count } ?? Curve(x: [], y: [])
        let isShared = sorted.allSatisfy { longest.x.starts(with: $0.x) }
        let grid =
            isShared || low == high
            ? longest.x
            : (0..<SeedAlignment.gridCount - 1).map {
                low + (high - low) * Double($0) / Double(SeedAlignment.gridCount - 1)
            } + [high]  // Exactly: beyond it nothing was measured.
        return (grid, sorted.map { values(of: $0, at: grid) })
    }

    /// The finite measurements in the order of x.
    private static func measured(_ curve: Curve) -> Curve {
        let order = curve.x.indices.filter { curve.x[$0].isPlottable && curve.y[$0].isPlottable }
            .sorted { (curve.x[$0], $0) < (curve.x[$1], $1) }
        return Curve(x: order.map { curve.x[$0] }, y: order.map { curve.y[$0] })
    }

    private func values(of curve: Curve, at grid: [Double]) -> [Double] {
        var next = 0  // the first measurement beyond the place in question
        return grid.map { place in
            while next < curve.x.count, curve.x[next] <= place { next += 1 }
            guard next > 0 else { return .nan }
            if curve.x[next - 1] == place { return curve.y[next - 1] }
            guard next < curve.x.count else { return .nan }
            if self == .lastValue { return curve.y[next - 1] }
            let share = (place - curve.x[next - 1]) / (curve.x[next] - curve.x[next - 1])
            return curve.y[next - 1] + share * (curve.y[next] - curve.y[next - 1])
        }
    }

    private static func binned(_ curves: [Curve], into count: Int) -> (x: [Double], values: [[Double]]) {
        precondition(count > 0, "curves are averaged in at least one bin, not \(count)")
        let measured = curves.map(SeedAlignment.measured)
        guard let low = measured.compactMap(\.x.first).min(), let high = measured.compactMap(\.x.last).max() else {
            return ([], curves.map { _ in [] })
        }
        let width = high > low ? (high - low) / Double(count) : 1
        let values = measured.map { curve -> [Double] in
            var sums = Array(repeating: 0.0, count: count), counts = sums
            for (x, y) in zip(curve.x, curve.y) {
                let bin = min(Int((x - low) / width), count - 1)
                sums[bin] += y
                counts[bin] += 1
            }
            return zip(sums, counts).map { $1 == 0 ? .nan : $0 / $1 }
        }
        return ((0..<count).map { low + (Double($0) + 0.5) * width }, values)
    }
}
