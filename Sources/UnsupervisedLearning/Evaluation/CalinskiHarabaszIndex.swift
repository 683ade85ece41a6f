/// The variance between clusters over the variance within them, (B / (k − 1)) / (W / (n − k)): larger is better (Caliński
/// and Harabasz, 1974).
public enum CalinskiHarabaszIndex {
    /// Not a number for fewer than two clusters with rows, or for as many as rows; infinite where nothing varies within.
    ///
    /// - Parameter spread: around centroids that are the means of their rows, so that B = total − W.
    public static func of(_ spread: ClusterSpread) -> Double {
        let rows = spread.sizes.reduce(0, +)
        let clusters = spread.sizes.count { $0 > 0 }
        guard clusters >= 2, clusters < rows else { return .nan }
        let between = (spread.totalSumOfSquares - spread.withinSumOfSquares) / Double(clusters - 1)
        return between / (spread.withinSumOfSquares / Double(rows - clusters))
    }
}
