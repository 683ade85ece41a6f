import Datasets
import LinearAlgebra
import Testing
import UnsupervisedLearning

/// 24 rows around three points, and a clustering of them with some rows on the wrong side. The expected values are those
/// of scikit-learn 1.9.1.
private enum Sample {
    static let rows = Matrix<Float>(
        rows: 24, columns: 3,
        [
            2.86, -3.58, 0.59, 2.21, 0.37, -2.3, -4.83, 3.68, -0.21, 4.65, 0.32, -0.49, 2.61, 0.06, -3.48, -2.55, 4.67,
            0.67, 1.34, -0.28, 0.03, 5.16, 1.76, -2.71, -2.26, 4.76, 3.71, -0.38, -0.34, 1.4, 1.76, 0.59, -0.76, -1.19,
            4.13, 1.94, -3.96, 1.43, -1.34, 0.66, 1.39, -1.02, -2.62, 2.49, 1.04, -0.07, 1.97, 1.05, 3.27, 2.56, -2.29,
            -3.3, 4.82, 1.82, -0.3, -1.1, 0.32, -0.49, 1.97, -1.31, -4.29, 4.09, -0.35, 1.06, -2.85, -1.28, 3.99, 2.62,
            -5.02, -2.7, 4.46, 0.15,
        ])
    static let clusters: [Int32] = [1, 1, 2, 0, 1, 0, 0, 1, 2, 0, 2, 2, 0, 1, 2, 1, 1, 2, 0, 1, 0, 0, 1, 2]
    static let classes = (0..<24).map { Int32($0 % 3) }

    static var centroids: Matrix<Float> {
        var sums = Matrix<Float>(rows: 3, columns: 3, repeating: 0)
        for (row, cluster) in clusters.enumerated() {
            for column in 0..<3 { sums[Int(cluster), column] += rows[row, column] }
        }
        for cluster in 0..<3 {
            let size = Float(clusters.count { $0 == cluster })
            for column in 0..<3 { sums[cluster, column] /= size }
        }
        return sums
    }

    static var spread: ClusterSpread { ClusterSpread(of: .floats(rows), clusters: clusters, centroids: centroids) }
}

@Suite struct ClusteringIndexTests {
    @Test func `silhouettes are scikit-learn's`() {
        let silhouette = Silhouette(of: Sample.rows, clusters: Sample.clusters)
        let expected = [
            -0.04873228786773986, 0.33523727894753363, 0.2825921603744358, -0.3724592658736961, 0.3589476891147901,
            -0.5659839425288679,
        ]
        #expect(zip(silhouette.values, expected).allSatisfy { abs($0 - $1) < 1e-6 })
        #expect(abs(silhouette.mean - 0.07846353015076907) < 1e-6)
    }

    @Test func `silhouettes by hand, far from the origin`() {
        // Two clusters on a line: {0, 2} and {10}. Of the row 0, a = 2 and b = 10; of 2, a = 2 and b = 8.
        for offset: Float in [0, 100_000] {
            let rows = Matrix<Float>(rows: 3, columns: 1, [offset, offset + 2, offset + 10])
            let values = Silhouette(of: rows, clusters: [0, 0, 1]).values
            #expect(zip(values, [0.8, 0.75, 0]).allSatisfy { abs($0 - $1) < 1e-9 }, "\(values)")
        }
        // Close pairs that are far from each other: no digit is lost to the distance between them.
        let pairs = Matrix<Float>(rows: 4, columns: 2, [-5000, 0, -5000, 0.01, 5000, 0, 5000, 0.02])
        let values = Silhouette(of: pairs, clusters: [0, 0, 1, 1]).values
        #expect(abs(values[0] - (1 - 0.01 / 10_000)) < 1e-9 && abs(values[2] - (1 - 0.02 / 10_000)) < 1e-9)
        #expect(Silhouette(of: pairs, clusters: [2, 2, 2, 2]).values.allSatisfy { $0.isNaN })
    }

    @Test func `equal rows in two clusters are at home in neither`() {
        let rows = Matrix<Float>(rows: 4, columns: 1, [1, 1, 1, 1])
        #expect(Silhouette(of: rows, clusters: [0, 0, 1, 1]).values == [0, 0, 0, 0])
    }

    @Test func `the indices of Caliński and Harabasz, and of Davies and Bouldin, are scikit-learn's`() {
        #expect(abs(CalinskiHarabaszIndex.of(Sample.spread) - 6.197922093292214) < 1e-5)
        let davies = DaviesBouldinIndex.of(Sample.spread, centroids: Sample.centroids)
        #expect(abs(davies - 1.8722762834061963) < 1e-5)
    }

    @Test func `sums of squares are the same wherever the rows lie`() {
        for offset: Float in [0, 10_000, 1_000_000] {
            let rows = Matrix<Float>(rows: 4, columns: 2, [0, 1, 2, 3, 8, 1, 10, 3].map { $0 + offset })
            let centroids = Matrix<Float>(rows: 2, columns: 2, [1, 2, 9, 2].map { $0 + offset })
            let spread = ClusterSpread(of: .floats(rows), clusters: [0, 0, 1, 1], centroids: centroids)
            // By hand: each row is 1 from its centroid in both columns; the mean is (5, 2).
            #expect(spread.withinSumOfSquares == 8)
            #expect(spread.totalSumOfSquares == 25 + 9 + 9 + 25 + 4)
        }
    }

    @Test func `one cluster has no index, and an empty one changes none`() {
        let one = ClusterSpread(
            of: .bytes(Matrix(rows: 3, columns: 1, [1, 2, 6])), clusters: [0, 0, 0],
            centroids: Matrix(rows: 1, columns: 1, [3]))
        #expect(CalinskiHarabaszIndex.of(one).isNaN)
        #expect(DaviesBouldinIndex.of(one, centroids: Matrix(rows: 1, columns: 1, [3])).isNaN)
        // By hand: 2² + 1² + 3² within and around the mean, the farthest row is the last.
        #expect(one.withinSumOfSquares == 14 && one.totalSumOfSquares == 14)
        #expect(one.meanDistances == [2] && one.farthest == [2] && one.sizes == [3])

        let centroids = Matrix<Float>(rows: 4, columns: 3, Sample.centroids.array + [50, 50, 50])
        let spread = ClusterSpread(of: .floats(Sample.rows), clusters: Sample.clusters, centroids: centroids)
        #expect(abs(CalinskiHarabaszIndex.of(spread) - CalinskiHarabaszIndex.of(Sample.spread)) < 1e-9)
        #expect(
            DaviesBouldinIndex.of(spread, centroids: centroids)
                == DaviesBouldinIndex.of(Sample.spread, centroids: Sample.centroids))
    }
}

@Suite struct ClusterAgreementTests {
    @Test func `agreement with classes is scikit-learn's`() {
        let table = ContingencyTable(classes: Sample.classes, clusters: Sample.clusters)
        #expect(abs(AdjustedRandIndex.of(table) - 0.46273637374860954) < 1e-12)
        #expect(abs(NormalizedMutualInformation.of(table) - 0.540975779524212) < 1e-12)
        let uneven = ContingencyTable(
            classes: [0, 0, 0, 1, 1, 1, 2, 2, 3, 3], clusters: [0, 0, 1, 1, 1, 1, 0, 2, 2, 2])
        #expect(uneven.counts == [[2, 1, 0], [0, 3, 0], [1, 0, 1], [0, 0, 2]])
        #expect(abs(AdjustedRandIndex.of(uneven) - 0.3644067796610169) < 1e-12)
        #expect(abs(NormalizedMutualInformation.of(uneven) - 0.618572786653966) < 1e-12)
    }

    @Test func `the names of clusters do not count, and one cluster tells nothing`() {
        let renamed = ContingencyTable(classes: [0, 0, 1, 1, 2], clusters: [7, 7, 3, 3, 5])
        #expect(AdjustedRandIndex.of(renamed) == 1)
        #expect(abs(NormalizedMutualInformation.of(renamed) - 1) < 1e-12)
        let single = ContingencyTable(classes: [0, 0, 1, 1], clusters: [0, 0, 0, 0])
        #expect(AdjustedRandIndex.of(single) == 0)
        #expect(NormalizedMutualInformation.of(single) == 0)
        let same = ContingencyTable(classes: [0, 0], clusters: [0, 0])
        #expect(AdjustedRandIndex.of(same) == 1 && NormalizedMutualInformation.of(same) == 1)
    }
}
