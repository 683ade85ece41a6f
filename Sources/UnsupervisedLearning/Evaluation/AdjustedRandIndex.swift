/// The share of pairs of rows on which two divisions agree, corrected for chance: 1 where they are the same, about 0 where
/// they have nothing to do with each other (Hubert and Arabie, 1985).
public enum AdjustedRandIndex {
    public static func of(_ table: ContingencyTable) -> Double {
        func pairs(_ count: Int) -> Double { Double(count) * Double(count - 1) / 2 }
        let together = table.counts.joined().reduce(0) { $0 + pairs($1) }
        let inClasses = table.classSizes.reduce(0) { $0 + pairs($1) }
        let inClusters = table.clusterSizes.reduce(0) { $0 + pairs($1) }
        let all = pairs(table.total)
        let expected = all > 0 ? inClasses * inClusters / all : 0
        let largest = (inClasses + inClusters) / 2
        // Both put all rows together, or both leave each alone.
        return largest == expected ? 1 : (together - expected) / (largest - expected)
    }
}
