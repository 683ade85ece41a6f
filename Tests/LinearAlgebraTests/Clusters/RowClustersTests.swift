import CKernels
import LinearAlgebra
import Testing

/// Bytes in few values, so that many rows lie equally far from two centroids.
private func rows(_ count: Int, _ columns: Int) -> Matrix<UInt8> {
    var state: UInt64 = 7
    return Matrix(
        rows: count, columns: columns,
        (0..<count * columns).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return UInt8(truncatingIfNeeded: (state >> 33) % 4)
        })
}

@Suite struct RowClustersTests {
    @Test(arguments: [3, 16, 50])
    func `labels, sums and centroids of bytes are the same on every level`(columns: Int) {
        let rows = rows(700, columns)
        let first = rows.rows(stride(from: 0, to: 700, by: 100))
        let centroids = Matrix<Float>(rows: 7, columns: columns, first.array.map { Float($0) })
        let pool = WorkerPool(threads: 1)
        let states = (0...max(ck_clustering_level(), 0)).map { level in
            var clusters = RowClusters(rows, centroids: centroids, on: pool, level: level)
            var changes: [Int] = []
            for _ in 0..<6 {
                changes.append(clusters.assignRepairingEmptyClusters(on: pool))
                _ = clusters.moveCentroids(on: pool)
            }
            return (clusters.labels, clusters.sums, clusters.centroids, changes)
        }
        for state in states.dropFirst() { #expect(state == states[0]) }
    }

    @Test func `sums, sizes and squares follow the labels`() {
        let rows = rows(300, 5)
        let pool = WorkerPool(threads: 2)
        let first = Matrix<Float>(rows: 4, columns: 5, (0..<20).map { Float($0 % 4) })
        var clusters = RowClusters(rows, centroids: first, on: pool)
        for _ in 0..<5 {
            _ = clusters.assign(on: pool)
            var sums = [Double](repeating: 0, count: 20)
            var sizes = [Int](repeating: 0, count: 4)
            var inertia = 0.0
            for row in 0..<300 {
                let label = Int(clusters.labels[row, 0])
                sizes[label] += 1
                for column in 0..<5 {
                    sums[label * 5 + column] += Double(rows[row, column])
                    let difference = Double(rows[row, column]) - Double(clusters.centroids[label, column])
                    inertia += difference * difference
                }
            }
            #expect(clusters.sums.array == sums)
            #expect(clusters.sizes == sizes)
            // The values 0 … 3 lie far from the origin at 128, which costs some digits.
            #expect(abs(clusters.inertia(on: pool) / inertia - 1) < 1e-11)
            #expect(abs(clusters.directInertia(on: pool) / inertia - 1) < 1e-12)
            _ = clusters.moveCentroids(on: pool)
        }
    }

    @Test func `centroids outside of the range of bytes are compared exactly too`() {
        let rows = Matrix<UInt8>(rows: 4, columns: 1, [0, 100, 200, 255])
        let pool = WorkerPool(threads: 1)
        var clusters = RowClusters(rows, centroids: Matrix(rows: 3, columns: 1, [-1000, 1000, 1200]), on: pool)
        _ = clusters.assign(on: pool)
        // 0 lies as far from −1000 as from 1000.
        #expect(clusters.labels.array == [0, 1, 1, 1])
    }

    @Test func `rows that are drawn by distance pass over those at distance 0`() {
        let rows = Matrix<UInt8>(rows: 4, columns: 1, [0, 3, 0, 4])
        let pool = WorkerPool(threads: 1)
        var distances = ClosestDistances(rows, trials: 2)
        #expect(distances.potentials(choosing: [0, 3], on: pool) == [25, 33])
        distances.choose(0)
        #expect(distances.potential == 25)
        #expect([0, 0.3, 0.37, 0.9999].map { distances.row(at: $0) } == [1, 1, 3, 3])
        #expect(distances.potentials(choosing: [3], on: pool) == [1])
    }
}
