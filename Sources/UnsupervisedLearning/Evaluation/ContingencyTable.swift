/// How two divisions of the same rows overlap: how many rows are in each pair of a class and a cluster.
public struct ContingencyTable: Sendable, Equatable {
    /// `[classes][clusters]`
    public let counts: [[Int]]

    /// - Parameters:
    ///   - classes: one division, `[n]`, not negative.
    ///   - clusters: the other, `[n]`, not negative.
    ///   - classCount: how many classes there are, where the largest does not say it.
    public init(classes: [Int32], clusters: [Int32], classCount: Int? = nil, clusterCount: Int? = nil) {
        precondition(classes.count == clusters.count, "\(classes.count) classes, \(clusters.count) clusters")
        let rows = classCount ?? Int(classes.max() ?? -1) + 1
        let columns = clusterCount ?? Int(clusters.max() ?? -1) + 1
        var counts = Array(repeating: Array(repeating: 0, count: columns), count: rows)
        for (label, cluster) in zip(classes, clusters) { counts[Int(label)][Int(cluster)] += 1 }
        self.counts = counts
    }

    /// Rows in all.
    public var total: Int { counts.reduce(0) { $0 + $1.reduce(0, +) } }
    /// `[classes]`
    public var classSizes: [Int] { counts.map { $0.reduce(0, +) } }
    /// `[clusters]`
    public var clusterSizes: [Int] {
        (counts.first ?? []).indices.map { column in counts.reduce(0) { $0 + $1[column] } }
    }
}
