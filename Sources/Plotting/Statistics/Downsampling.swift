import Foundation

/// Thinning a curve to what a picture can show, without losing a peak.
public enum Downsampling {
    /// The first, lowest, highest and last point of each run of points that fall into one column of `columnWidth`, in
    /// their order: drawn at that resolution the result looks like the whole curve (Jugel et al. 2014, "M4").
    public static func extremes(_ points: [Point], columnWidth: Double) -> [Point] {
        precondition(columnWidth > 0, "a column has a positive width, not \(columnWidth)")
        return indicesOfExtremes(
            count: points.count, column: { (points[$0].x / columnWidth).rounded(.down) }, value: { points[$0].y }
        ).map { points[$0] }
    }

    /// Which of `count` points stand for all: the first, lowest, highest and last of each run in one column.
    @inline(__always)
    static func indicesOfExtremes(
        count: Int, column: (Int) -> Double, value: (Int) -> Double
    ) -> [Int] {
        var result: [Int] = []
        var start = 0
        var next = count > 0 ? column(0) : 0
        while start < count {
            let current = next
            var end = start, lowest = start, highest = start
            var low = value(start), high = low
            repeat {
                let value = value(end)
                if value < low { (low, lowest) = (value, end) }
                if value > high { (high, highest) = (value, end) }
                end += 1
                if end < count { next = column(end) }
            } while end < count && next == current
            var kept = start
            result.append(start)
            for index in [min(lowest, highest), max(lowest, highest), end - 1] where index > kept {
                result.append(index)
                kept = index
            }
            start = end
        }
        return result
    }
}
