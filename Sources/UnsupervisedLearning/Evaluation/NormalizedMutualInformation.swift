import Glibc

/// The information that two divisions of the same rows share, over the mean of their entropies: 1 where each follows from
/// the other, 0 where they are independent (Strehl and Ghosh, 2002, with the arithmetic mean).
public enum NormalizedMutualInformation {
    public static func of(_ table: ContingencyTable) -> Double {
        let total = Double(table.total)
        let (classSizes, clusterSizes) = (table.classSizes, table.clusterSizes)
        let entropies = (entropy(of: classSizes, total), entropy(of: clusterSizes, total))
        // Neither division tells anything: they are the same.
        guard entropies.0 > 0 || entropies.1 > 0 else { return 1 }
        var information = 0.0
        for (label, row) in table.counts.enumerated() {
            for (cluster, count) in row.enumerated() where count > 0 {
                let share = Double(count) / total
                information +=
                    share * log(share * total / Double(classSizes[label]) * total / Double(clusterSizes[cluster]))
            }
        }
        return max(0, information) / ((entropies.0 + entropies.1) / 2)
    }

    private static func entropy(of sizes: [Int], _ total: Double) -> Double {
        sizes.filter { $0 > 0 }.reduce(0) { $0 - Double($1) / total * log(Double($1) / total) }
    }
}
