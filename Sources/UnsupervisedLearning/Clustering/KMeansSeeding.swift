import LinearAlgebra
import Randomness

/// The choice of the rows at which k-means starts.
enum KMeansSeeding {
    /// Greedy k-means++ (Arthur and Vassilvitskii, 2007): the first row is drawn evenly; for each further centroid,
    /// `trials` rows are drawn with probability proportional to the squared distance to the closest row chosen so far,
    /// and the one that leaves the least sum of such distances is chosen, the earliest drawn if several do.
    static func plusPlus<Element: ClusterElement>(
        _ rows: Matrix<Element>, _ settings: KMeansSettings, _ random: inout RandomStream, on pool: WorkerPool
    ) -> [Int] {
        var distances = ClosestDistances(rows, trials: settings.trials)
        var chosen = [random.index(below: rows.rowCount)]
        _ = distances.potentials(choosing: chosen, on: pool)
        distances.choose(0)
        while chosen.count < settings.clusters {
            let candidates = (0..<settings.trials).map { _ in distances.row(at: random.uniform()) }
            let potentials = distances.potentials(choosing: candidates, on: pool)
            let best = potentials.indices.min { potentials[$0] < potentials[$1] } ?? 0
            distances.choose(best)
            chosen.append(candidates[best])
        }
        return chosen
    }

    /// Different rows, each as likely as any other (Floyd's sampling, in the order of the draws).
    static func random(of rowCount: Int, _ settings: KMeansSettings, _ random: inout RandomStream) -> [Int] {
        var chosen: [Int] = []
        var taken: Set<Int> = []
        for last in rowCount - settings.clusters..<rowCount {
            let drawn = random.index(below: last + 1)
            let row = taken.contains(drawn) ? last : drawn
            taken.insert(row)
            chosen.append(row)
        }
        return chosen
    }
}
