import FileFormats
import LinearAlgebra
import Randomness
import Testing
import UnsupervisedLearning

/// Advances to the end; returns the metrics of every update.
@discardableResult
private func run(_ kMeans: inout KMeans) throws -> [[Double]] {
    var history: [[Double]] = []
    while try kMeans.advance() != nil { history.append(kMeans.metrics) }
    return history
}

private func stream(_ seed: UInt64 = 1) -> RandomStream { RandomStream(seed: seed, purpose: "clusters") }

/// Rows around `groups` far points, in bytes.
private func blobs(rows: Int, columns: Int, groups: Int, spread: Int) -> Matrix<UInt8> {
    var random = RandomStream(seed: 5, purpose: "blobs")
    let centres = (0..<groups * columns).map { _ in 40 + random.index(below: 170) }
    return Matrix(
        rows: rows, columns: columns,
        (0..<rows * columns).map { place in
            let (row, column) = place.quotientAndRemainder(dividingBy: columns)
            return UInt8(centres[(row % groups) * columns + column] + random.index(below: spread) - spread / 2)
        })
}

@Suite struct KMeansTests {
    @Test(arguments: ["elkan_1", "elkan_5", "lloyd_300"], [false, true])
    func `digits are clustered as scikit-learn clusters them`(name: String, asFloats: Bool) throws {
        let fixture = try DigitsClustering.fixture.get()
        let expected = try #require(fixture.clusterings[name])
        let digits = try fixture.rows()
        var settings = KMeansSettings(clusters: 10)
        settings.tolerance = 0
        settings.maximumIterations = name == "lloyd_300" ? 300 : expected.iterations
        let initial = digits.rows(fixture.initialRows).asFloats
        var kMeans =
            asFloats
            ? try KMeans(settings, rows: digits.asFloats, random: stream(), initialCentroids: initial)
            : try KMeans(settings, rows: digits, random: stream(), initialCentroids: initial)
        try run(&kMeans)
        let model = try #require(kMeans.model)
        #expect(model.assignments.map(String.init).joined() == expected.labels)
        #expect(model.sizes == expected.counts)
        #expect(model.iterations == expected.iterations)
        // Our centroids are rounded to floats; scikit-learn's were doubles here.
        #expect(abs(model.inertia / expected.inertia - 1) < 5e-9)
        let centroids = model.centroids.array.map(Double.init)
        #expect(abs(centroids.reduce(0, +) / expected.centroidSum - 1) < 1e-7)
        #expect(abs(centroids.reduce(0) { $0 + $1 * $1 } / expected.centroidSquareSum - 1) < 1e-7)
        let checksum = centroids.enumerated().reduce(0) { $0 + $1.element * Double($1.offset + 1) }
        #expect(abs(checksum / expected.centroidChecksum - 1) < 1e-7)
        #expect(try model.predict(digits) == model.assignments)
    }

    @Test func `two clusters on a line, by hand`() throws {
        // From 0 and 1: {0}, {1, 9, 10, 11}; centroids 0 and 7.75: {0, 1}, {9, 10, 11}; centroids 0.5 and 10.
        let rows = Matrix<Float>(rows: 5, columns: 1, [0, 1, 9, 10, 11])
        var settings = KMeansSettings(clusters: 2)
        settings.tolerance = 0
        var kMeans = try KMeans(
            settings, rows: rows, random: stream(), initialCentroids: Matrix(rows: 2, columns: 1, [0, 1]))
        let history = try run(&kMeans)
        #expect(history.map { $0[1] } == [5, 1, 0])
        // 8² + 9² + 10²; 1² + 1.25² + 2.25² + 3.25²; 2 · 0.5² + 2 · 1²
        #expect(zip(history.map { $0[0] }, [245, 18.1875, 2.5]).allSatisfy { abs($0 - $1) < 1e-12 })
        let model = try #require(kMeans.model)
        #expect(model.assignments == [0, 0, 1, 1, 1])
        #expect(model.centroids.array == [0.5, 10])
        #expect(model.inertia == 2.5)
        #expect(model.iterations == 3 && model.converged)
    }

    @Test func `an empty cluster restarts at the farthest row`() throws {
        // Nothing is nearest to 100. The farthest from the centroid 0 is 9, which goes there: {0, 1, 2}, {9}.
        let rows = Matrix<UInt8>(rows: 4, columns: 1, [0, 1, 2, 9])
        var kMeans = try KMeans(
            KMeansSettings(clusters: 2), rows: rows, random: stream(),
            initialCentroids: Matrix(rows: 2, columns: 1, [0, 100]))
        try run(&kMeans)
        let model = try #require(kMeans.model)
        #expect(model.assignments == [0, 0, 0, 1])
        #expect(model.centroids.array == [1, 9])
        #expect(model.inertia == 2)
    }

    @Test func `clusters beyond the number of different rows stay empty`() throws {
        let rows = Matrix<UInt8>(rows: 6, columns: 2, [1, 1, 1, 1, 1, 1, 200, 3, 200, 3, 200, 3])
        var kMeans = try KMeans(KMeansSettings(clusters: 4), rows: rows, random: stream())
        try run(&kMeans)
        let model = try #require(kMeans.model)
        #expect(model.inertia == 0)
        #expect(model.sizes.sorted() == [0, 0, 3, 3])
    }

    @Test(arguments: [2, 7, 40], [false, true])
    func `inertia never rises, and labels belong to the final centroids`(clusters: Int, asFloats: Bool) throws {
        let rows = blobs(rows: 1500, columns: 37, groups: 9, spread: 60)
        var settings = KMeansSettings(clusters: clusters)
        settings.tolerance = 0
        var kMeans =
            asFloats
            ? try KMeans(settings, rows: rows.asFloats, random: stream())
            : try KMeans(settings, rows: rows, random: stream())
        let inertias = try run(&kMeans).map { $0[0] }
        #expect(zip(inertias, inertias.dropFirst()).allSatisfy { $1 <= $0 * (1 + 1e-12) })
        let model = try #require(kMeans.model)
        var inertia = 0.0
        for row in 0..<rows.rowCount {
            let distances = (0..<clusters).map { cluster in
                (0..<37).reduce(0.0) { sum, column in
                    let difference = Double(rows[row, column]) - Double(model.centroids[cluster, column])
                    return sum + difference * difference
                }
            }
            let nearest = distances.indices.min { distances[$0] < distances[$1] }!
            #expect(model.assignments[row] == Int32(nearest))
            inertia += distances[nearest]
        }
        #expect(abs(model.inertia / inertia - 1) < 1e-12)
    }

    @Test(arguments: [false, true])
    func `the number of threads changes nothing`(asFloats: Bool) throws {
        let rows = blobs(rows: 3000, columns: 50, groups: 12, spread: 80)
        var settings = KMeansSettings(clusters: 12)
        settings.restarts = 2
        let results = try [1, 2, 5].map { threads in
            let pool = WorkerPool(threads: threads)
            var kMeans =
                asFloats
                ? try KMeans(settings, rows: rows.asFloats, random: stream(), on: pool)
                : try KMeans(settings, rows: rows, random: stream(), on: pool)
            let history = try run(&kMeans)
            var archive = Archive()
            try kMeans.save(into: &archive)
            return (history: history, model: try #require(kMeans.model), bytes: try archive.encoded())
        }
        #expect(results[1].history == results[0].history && results[2].history == results[0].history)
        #expect(results[1].model == results[0].model && results[2].model == results[0].model)
        #expect(results[1].bytes == results[0].bytes && results[2].bytes == results[0].bytes)
    }

    @Test(arguments: [1, 4, 9], [false, true])
    func `a learner that was put away goes on with the same bytes`(updates: Int, asFloats: Bool) throws {
        let rows = blobs(rows: 700, columns: 20, groups: 5, spread: 90)
        var settings = KMeansSettings(clusters: 6)
        settings.restarts = 3
        settings.maximumIterations = 7
        func learner(_ seed: UInt64) throws -> KMeans {
            asFloats
                ? try KMeans(settings, rows: rows.asFloats, random: stream(seed))
                : try KMeans(settings, rows: rows, random: stream(seed))
        }
        var uninterrupted = try learner(1)
        for _ in 0..<updates { #expect(try uninterrupted.advance() != nil) }
        var archive = Archive()
        try uninterrupted.save(into: &archive)
        // Another stream: everything has to come from the archive.
        var resumed = try learner(2)
        try resumed.restore(from: try Archive(decoding: archive.encoded(), name: "k-means"))
        #expect(resumed.metrics == uninterrupted.metrics)
        #expect(try run(&resumed) == run(&uninterrupted))
        #expect(resumed.model == uninterrupted.model)
    }

    @Test func `of several starts the best is kept`() throws {
        let rows = blobs(rows: 600, columns: 8, groups: 10, spread: 40)
        var settings = KMeansSettings(clusters: 10)
        settings.seeding = .random
        settings.restarts = 6
        var kMeans = try KMeans(settings, rows: rows, random: stream())
        var ends: [Double: Double] = [:]
        while try kMeans.advance() != nil { ends[kMeans.metrics[3]] = kMeans.metrics[0] }
        #expect(ends.count == 6)
        #expect(Set(ends.values).count > 1)
        #expect(kMeans.model?.inertia == ends.values.min())
    }

    @Test func `k-means++ finds groups that are far apart, each once`() throws {
        let rows = blobs(rows: 900, columns: 30, groups: 9, spread: 5)
        for seed in 1...10 as ClosedRange<UInt64> {
            var kMeans = try KMeans(KMeansSettings(clusters: 9), rows: rows, random: stream(seed))
            try run(&kMeans)
            #expect(kMeans.model?.sizes == Array(repeating: 100, count: 9))
        }
    }
}
