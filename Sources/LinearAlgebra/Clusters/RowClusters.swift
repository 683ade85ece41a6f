internal import CKernels

/// Rows divided among centroids: each row has the label of the nearest, each cluster the sum of its rows.
///
/// `assign` finds the labels, `moveCentroids` the means. Both keep to what changed: only rows whose label changed are
/// subtracted from one sum and added to another. Sums of bytes are exact in double precision; sums of floats are
/// added in the order of the rows, one cluster at a time. Neither depends on the number of threads.
package struct RowClusters<Element: ClusterElement>: Sendable {
    package let rows: Matrix<Element>
    package let clusterCount: Int
    /// `[k, columns]`
    package private(set) var centroids: Matrix<Float>
    /// The cluster of each row `[rows, 1]`, −1 before the first assignment.
    package private(set) var labels: Matrix<Int32>
    /// The number of rows in each cluster.
    package private(set) var sizes: [Int]
    /// The sum of each cluster's rows `[k, columns]`.
    package private(set) var sums: Matrix<Double>
    /// Σ ‖row − origin‖² of each cluster's rows.
    package private(set) var squares: [Double]

    private var panel: CentroidPanel<Element>
    /// ‖row − origin‖² `[rows, 1]`
    private let squaredNorms: Matrix<Double>
    private var moves: RowMoves
    private var bounds: DistanceBounds
    private let level: Int32

    /// The rows, not yet assigned, and where the centroids start `[k, columns]`.
    package init(
        _ rows: Matrix<Element>, centroids: Matrix<Float>, on pool: WorkerPool, level: Int32 = ck_clustering_level()
    ) {
        precondition(
            rows.columnCount == centroids.columnCount,
            "rows of \(rows.columnCount) columns have no centroids of \(centroids.columnCount)")
        self.rows = rows
        self.level = level
        clusterCount = centroids.rowCount
        self.centroids = centroids
        labels = Matrix(rows: rows.rowCount, columns: 1, repeating: -1)
        sizes = Array(repeating: 0, count: centroids.rowCount)
        sums = Matrix(rows: centroids.rowCount, columns: rows.columnCount, repeating: 0)
        squares = Array(repeating: 0, count: centroids.rowCount)
        moves = RowMoves(rows: rows.rowCount, clusters: centroids.rowCount)
        bounds = DistanceBounds(rows: rows.rowCount, clusters: centroids.rowCount)
        panel = CentroidPanel(
            centroids: centroids.rowCount, columns: rows.columnCount, origin: Element.origin(of: rows))
        squaredNorms = RowClusters.squaredDistances(of: rows, to: panel.origin, on: pool, level: level)
        panel.pack(centroids, on: pool)
    }

    /// Forgets the assignment and starts from other centroids.
    package mutating func restart(from centroids: Matrix<Float>, on pool: WorkerPool) {
        self.centroids = centroids
        labels.withUnsafeMutableBufferPointer { $0.update(repeating: -1) }
        sums.withUnsafeMutableBufferPointer { $0.update(repeating: 0) }
        for cluster in 0..<clusterCount {
            sizes[cluster] = 0
            squares[cluster] = 0
        }
        bounds.forget()
        panel.pack(centroids, on: pool)
    }

    /// Goes on from an assignment that was put away.
    package mutating func restore(
        centroids: Matrix<Float>, labels: [Int32], sums: [Double], squares: [Double], on pool: WorkerPool
    ) {
        restart(from: centroids, on: pool)
        self.labels = Matrix(rows: labels.count, columns: 1, labels)
        self.sums = Matrix(rows: clusterCount, columns: rows.columnCount, sums)
        self.squares = squares
        for label in labels where label >= 0 { sizes[Int(label)] += 1 }
    }

    /// Gives each row the label of its nearest centroid, of equally near ones the lowest, and brings sizes and sums up
    /// to date. Returns how many labels changed.
    package mutating func assign(on pool: WorkerPool) -> Int {
        findMoves(on: pool)
        applyMoves(on: pool)
        return moves.count
    }

    /// Gives each row the label of its nearest centroid, and each cluster that is left empty the row that is farthest
    /// from its centroid, as long as that is not in its place. Returns how many labels changed.
    package mutating func assignRepairingEmptyClusters(on pool: WorkerPool) -> Int {
        findMoves(on: pool)
        repairEmptyClusters(on: pool)
        applyMoves(on: pool)
        return moves.count
    }

    /// Moves each centroid to the mean of its rows; the centroid of an empty cluster stays. Returns
    /// Σ ‖new − old‖² over the centroids.
    package mutating func moveCentroids(on pool: WorkerPool) -> Double {
        let columns = rows.columnCount
        let sums = sums.pointer
        let centroids = centroids.writablePointer()
        let shift = moves.shifts.writablePointer()
        sizes.withUnsafeBufferPointer { sizes in
            pool.run(sizes.count) { cluster in
                shift[cluster] = 0
                guard sizes[cluster] > 0 else { return }
                let scale = Double(sizes[cluster])
                var squared = 0.0
                for place in cluster * columns..<(cluster + 1) * columns {
                    let mean = Float(sums[place] / scale)
                    let difference = Double(mean) - Double(centroids[place])
                    squared += difference * difference
                    centroids[place] = mean
                }
                shift[cluster] = squared
            }
        }
        panel.pack(self.centroids, on: pool)
        bounds.centroidsMoved(by: shift)
        return (0..<clusterCount).reduce(0) { $0 + shift[$1] }
    }

    /// Σ ‖row − centroid of its label‖², from the clusters' sums:
    /// Σ_j (Σ ‖row − o‖² − ‖Σ (row − o)‖² / n_j) + n_j ‖c_j − mean_j‖², where o is the origin.
    package mutating func inertia(on pool: WorkerPool) -> Double {
        let columns = rows.columnCount
        let (sums, centroids, origin) = (sums.pointer, centroids.pointer, panel.origin.pointer)
        let parts = moves.shifts.writablePointer()
        squares.withUnsafeBufferPointer { squares in
            sizes.withUnsafeBufferPointer { sizes in
                pool.run(sizes.count) { cluster in
                    let count = Double(sizes[cluster])
                    guard count > 0 else {
                        parts[cluster] = 0
                        return
                    }
                    var (squaredMean, squaredShift) = (0.0, 0.0)
                    for column in 0..<columns {
                        let mean = sums[cluster * columns + column] / count
                        let centred = mean - Double(origin[column])
                        let shift = Double(centroids[cluster * columns + column]) - mean
                        squaredMean += centred * centred
                        squaredShift += shift * shift
                    }
                    parts[cluster] = max(squares[cluster] - count * squaredMean, 0) + count * squaredShift
                }
            }
        }
        return (0..<clusterCount).reduce(0) { $0 + parts[$1] }
    }

    /// The mean over the columns of the variance of the rows, all of which are assigned.
    package var meanColumnVariance: Double {
        let (sums, columns, origin) = (sums.pointer, rows.columnCount, panel.origin.pointer)
        let count = Double(rows.rowCount)
        var squaredMean = 0.0
        for column in 0..<columns {
            let total = (0..<clusterCount).reduce(0) { $0 + sums[$1 * columns + column] }
            let centred = total / count - Double(origin[column])
            squaredMean += centred * centred
        }
        return max(squares.reduce(0, +) / count - squaredMean, 0) / Double(max(columns, 1))
    }

    /// Σ ‖row − centroid of its label‖², row by row in double precision: where sums of floats are rounded and clusters
    /// are tight, `inertia` loses digits that this keeps.
    package func directInertia(on pool: WorkerPool) -> Double {
        let shards = Shards.count(rows: rows.rowCount)
        var parts = [Double](repeating: 0, count: shards)
        let (rows, columns, level) = (rows.pointer, rows.columnCount, level)
        let (labels, centroids, count) = (labels.pointer, centroids.pointer, labels.rowCount)
        parts.withUnsafeMutableBufferPointer { parts in
            let parts = parts.baseAddress!
            pool.run(shards) { shard in
                var sum = 0.0
                for row in Shards.range(shard, of: shards, rows: count) {
                    sum += Element.squaredDistance(
                        level: level, rows + row * columns, centroids + Int(labels[row]) * columns, columns: columns)
                }
                parts[shard] = sum
            }
        }
        return TreeReduction.sum(parts)
    }
}

extension RowClusters {
    /// Rows that go through the kernel together: their results fit a kilobyte of stack.
    private static var blockSize: Int { 48 }

    /// Finds the rows whose nearest centroid is not that of their label, and relabels them.
    private mutating func findMoves(on pool: WorkerPool) {
        let (shards, count) = (Shards.count(rows: rows.rowCount), rows.rowCount)
        let (elements, norms) = (rows.pointer, squaredNorms.pointer)
        let (panel, level, centroids) = (panel, level, centroids)
        let (gap, gapPerDistance) = (panel.gap, panel.gapPerDistance)
        let labels = labels.writablePointer()
        let (list, bounds) = (moves.start(shards: shards), bounds.editor())
        pool.run(shards) { shard in
            let range = Shards.range(shard, of: shards, rows: count)
            let (rows, rowCount) = bounds.uncertainRows(of: range, labels)
            var found = range.lowerBound
            withUnsafeTemporaryAllocation(of: ck_nearest.self, capacity: RowClusters.blockSize) { nearest in
                for start in stride(from: 0, to: rowCount, by: RowClusters.blockSize) {
                    let size = min(rowCount - start, RowClusters.blockSize)
                    panel.search(
                        nearest.baseAddress!, rows: elements, index: rows + start, count: size,
                        available: rowCount - start, level: level)
                    for place in 0..<size {
                        let (row, result) = (Int(rows[start + place]), nearest[place])
                        let uncertainty = gap + gapPerDistance * norms[row].squareRoot()
                        var label = result.best
                        if Double(result.second_score) - Double(result.best_score) > uncertainty {
                            bounds.set(
                                row, best: norms[row] + Double(result.best_score) + uncertainty,
                                second: norms[row] + Double(result.second_score) - uncertainty)
                        } else {
                            label = panel.decide(
                                result, uncertainty: uncertainty, elements, row: row, centroids, level: level)
                            bounds.forget(row)
                        }
                        guard label != labels[row] else { continue }
                        list.set(found, RowMove(row: Int32(row), from: labels[row], to: label))
                        labels[row] = label
                        found += 1
                    }
                }
            }
            list.end(shard, count: found - range.lowerBound)
        }
        moves.finish(shards: shards)
        self.bounds.applied()
    }

    /// Brings sizes, sums and squares up to date with the moves.
    private mutating func applyMoves(on pool: WorkerPool) {
        let (rows, columns, level) = (rows.pointer, rows.columnCount, level)
        let (sums, norms) = (sums.writablePointer(), squaredNorms.pointer)
        let groups = moves.group()
        squares.withUnsafeMutableBufferPointer { squares in
            sizes.withUnsafeMutableBufferPointer { sizes in
                let (squares, sizes) = (squares.baseAddress!, sizes.baseAddress!)
                pool.run(groups.clusterCount) { cluster in
                    for leaving in [true, false] {
                        let members = groups.members(of: cluster, leaving: leaving)
                        guard let index = members.baseAddress, !members.isEmpty else { continue }
                        Element.accumulate(
                            level: level, sums + cluster * columns, subtracting: leaving, rows: rows,
                            columns: columns, index: index, count: members.count)
                        var square = 0.0
                        for row in members { square += norms[Int(row)] }
                        squares[cluster] += leaving ? -square : square
                        sizes[cluster] += leaving ? -members.count : members.count
                    }
                }
            }
        }
    }

    /// Moves into each cluster that the moves leave empty the row that is farthest from the centroid of its label.
    private mutating func repairEmptyClusters(on pool: WorkerPool) {
        moves.countRows(startingWith: sizes)
        guard moves.sizes.contains(0) else { return }
        let (elements, columns, count, level) = (rows.pointer, rows.columnCount, rows.rowCount, level)
        let (labels, centroids) = (labels.writablePointer(), centroids.pointer)
        let distances = moves.distances.writablePointer()
        let shards = Shards.count(rows: count)
        pool.run(shards) { shard in
            for row in Shards.range(shard, of: shards, rows: count) {
                distances[row] = Element.squaredDistance(
                    level: level, elements + row * columns, centroids + Int(labels[row]) * columns, columns: columns)
            }
        }
        for cluster in 0..<clusterCount where moves.sizes[cluster] == 0 {
            var (farthest, distance) = (-1, 0.0)
            for row in 0..<count where distances[row] > distance && moves.sizes[Int(labels[row])] > 1 {
                (farthest, distance) = (row, distances[row])
            }
            guard farthest >= 0 else { return }
            moves.append(RowMove(row: Int32(farthest), from: labels[farthest], to: Int32(cluster)))
            labels[farthest] = Int32(cluster)
            bounds.editor().forget(farthest)
            distances[farthest] = 0
        }
    }

    /// ‖row − point‖² of every row `[rows, 1]`.
    private static func squaredDistances(
        of rows: Matrix<Element>, to point: Matrix<Float>, on pool: WorkerPool, level: Int32
    ) -> Matrix<Double> {
        var distances = Matrix<Double>(rows: rows.rowCount, columns: 1, repeating: 0)
        let result = distances.writablePointer()
        let (elements, columns, point, count) = (rows.pointer, rows.columnCount, point.pointer, rows.rowCount)
        let shards = Shards.count(rows: count)
        pool.run(shards) { shard in
            for row in Shards.range(shard, of: shards, rows: count) {
                result[row] = Element.squaredDistance(
                    level: level, elements + row * columns, point, columns: columns)
            }
        }
        return distances
    }
}
