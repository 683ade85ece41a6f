import Foundation

/// Thinning a curve to what a picture can show, without losing a peak.
public enum Downsampling {
    /// The first, lowest, highest and last point of each run of points that fall into one column of `columnWidth`, in
    /// their order: drawn at that resolution the result looks like the whole curve (Jugel et al. 2014, "M4").
    public static func extremes(_ points: [Point], columnWidth: Double) -> [Point] {
        precondition(columnWidth > 0, "a column has a positive width, not \(columnWidth)")
        var result: [Point] = []
        var start = 0
        while start < points.count {
            let column = (points[start].x / columnWidth).rounded(.down)
            var end = start, lowest = start, highest = start
            while end < points.count, (points[end].x / columnWidth).rounded(.down) == column {
                if points[end].y < points[lowest].y { lowest = end }
                if points[end].y > points[highest].y { highest = end }
                end += 1
            }
            var kept = start
            result.append(points[start])
            for index in [min(lowest, highest), max(lowest, highest), end - 1] where index > kept {
                result.append(points[index])
                kept = index
            }
            start = end
        }
        return result
    }
}
