public import LinearAlgebra

/// How alike each cluster is to the one that it is most alike, on average: smaller is better (Davies and Bouldin, 1979).
///
/// Two clusters are alike by (sᵢ + sⱼ) / dᵢⱼ, where s is the mean distance of a cluster's rows to its centroid and d the
/// distance of the two centroids.
public enum DaviesBouldinIndex {
    /// Not a number for fewer than two clusters with rows.
    ///
    /// - Parameter centroids: those that `spread` was measured around, `[k, d]`.
    public static func of(_ spread: ClusterSpread, centroids: Matrix<Float>) -> Double {
        let clusters = spread.sizes.indices.filter { spread.sizes[$0] > 0 }
        guard clusters.count >= 2 else { return .nan }
        let likest = clusters.map { cluster in
            let others = clusters.filter { $0 != cluster }.map { other in
                let distance = distance(of: centroids.row(cluster), centroids.row(other))
                let spreads = spread.meanDistances[cluster] + spread.meanDistances[other]
                return distance > 0 ? spreads / distance : spreads > 0 ? .infinity : 0
            }
            return others.max() ?? 0
        }
        return likest.reduce(0, +) / Double(clusters.count)
    }

    private static func distance(of a: [Float], _ b: [Float]) -> Double {
        var sum = 0.0
        for (x, y) in zip(a, b) { sum += (Double(x) - Double(y)) * (Double(x) - Double(y)) }
        return sum.squareRoot()
    }
}
