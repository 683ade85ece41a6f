internal import CKernels

/// The squared distance of each row to the closest of some chosen rows, as the choice grows: what k-means++ draws by.
package struct ClosestDistances<Element: ClusterElement>: Sendable {
    private let rows: Matrix<Element>
    private let level: Int32
    private let shardCount: Int
    /// The most candidates that can be tried at once.
    package let trials: Int
    /// `[rows, 1]`; infinite while nothing is chosen.
    private var closest: Matrix<Float>
    /// What `closest` would become with each candidate `[rows, trials]`.
    private var withCandidate: Matrix<Float>
    /// The candidates' rows `[trials, stride]`, zero behind the columns.
    private var points: Matrix<Element.Packed>
    /// Σ closest of each shard, for each candidate `[shards, trials]`.
    private var potentials: Matrix<Double>
    /// Σ closest of each shard.
    private var shardSums: [Double]
    private var candidateCount = 0

    package init(_ rows: Matrix<Element>, trials: Int, level: Int32 = ck_clustering_level()) {
        self.rows = rows
        self.trials = trials
        self.level = level
        shardCount = Shards.count(rows: rows.rowCount)
        closest = Matrix(rows: rows.rowCount, columns: 1, repeating: .infinity)
        withCandidate = Matrix(rows: rows.rowCount, columns: trials, repeating: 0)
        points = Matrix(rows: trials, columns: (rows.columnCount + 31) / 32 * 32, repeating: Element.packedZero)
        potentials = Matrix(rows: shardCount, columns: trials, repeating: 0)
        shardSums = Array(repeating: 0, count: shardCount)
    }

    /// Σ of the squared distances to the closest chosen row.
    package var potential: Double { TreeReduction.sum(shardSums) }

    /// The potential that each candidate row would leave if it were chosen.
    package mutating func potentials(choosing candidates: [Int], on pool: WorkerPool) -> [Double] {
        precondition(
            !candidates.isEmpty && candidates.count <= trials,
            "\(candidates.count) candidates were given where 1 to \(trials) can be tried")
        candidateCount = candidates.count
        for (trial, candidate) in candidates.enumerated() {
            for column in 0..<rows.columnCount { points[trial, column] = Element.packed(rows[candidate, column]) }
        }
        measure(candidates.count, on: pool)
        return (0..<candidates.count).map { trial in
            TreeReduction.sum((0..<shardCount).map { potentials[$0, trial] })
        }
    }

    private mutating func measure(_ candidates: Int, on pool: WorkerPool) {
        let (distances, sums) = (withCandidate.writablePointer(), potentials.writablePointer())
        let (closest, trials, shards, level) = (closest.pointer, trials, shardCount, level)
        let (elements, columns, count) = (rows.pointer, rows.columnCount, rows.rowCount)
        let (points, stride) = (points.pointer, points.columnCount)
        pool.run(shards) { shard in
            let range = Shards.range(shard, of: shards, rows: count)
            for candidate in 0..<candidates { sums[shard * trials + candidate] = 0 }
            let block = distances + range.lowerBound * candidates
            Element.squaredDistances(
                level: level, block, rows: elements + range.lowerBound * columns, columns: columns,
                count: range.count, points: points, stride: stride, pointCount: candidates)
            for place in 0..<range.count {
                for candidate in 0..<candidates {
                    let distance = min(block[place * candidates + candidate], closest[range.lowerBound + place])
                    block[place * candidates + candidate] = distance
                    sums[shard * trials + candidate] += Double(distance)
                }
            }
        }
    }

    /// Chooses one of the candidates whose potentials were measured last.
    package mutating func choose(_ trial: Int) {
        let (from, to) = (withCandidate.pointer, closest.writablePointer())
        for row in 0..<rows.rowCount { to[row] = from[row * candidateCount + trial] }
        for shard in 0..<shardCount { shardSums[shard] = potentials[shard, trial] }
    }

    /// The row at which the running sum of the squared distances passes `share` (0 ..< 1) of the potential; a row at
    /// distance 0 only if all are.
    package func row(at share: Double) -> Int {
        let closest = closest.pointer
        var rest = share * shardSums.reduce(0, +)
        for shard in 0..<shardCount {
            guard rest < shardSums[shard] else {
                rest -= shardSums[shard]
                continue
            }
            for row in Shards.range(shard, of: shardCount, rows: rows.rowCount) where closest[row] > 0 {
                rest -= Double(closest[row])
                if rest < 0 { return row }
            }
        }
        // Rounding can leave a rest behind the last row.
        return (0..<rows.rowCount).last { closest[$0] > 0 } ?? 0
    }
}
