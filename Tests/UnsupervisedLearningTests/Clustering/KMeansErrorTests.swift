import FileFormats
import LinearAlgebra
import Randomness
import Testing
import UnsupervisedLearning

@Suite struct KMeansErrorTests {
    let rows = Matrix<Float>(rows: 3, columns: 2, [1, 2, 3, 4, 5, 6])
    let random = RandomStream(seed: 1, purpose: "clusters")

    @Test func `settings out of range are refused by name`() {
        func problem(_ change: (inout KMeansSettings) -> Void) -> String {
            var settings = KMeansSettings()
            change(&settings)
            do {
                try settings.validate()
                return "none"
            } catch {
                return error.description
            }
        }
        #expect(problem { $0.clusters = 0 } == "clusters is 0; it must be 1 to 1,000,000")
        #expect(problem { $0.restarts = -1 }.hasPrefix("restarts is -1"))
        #expect(problem { $0.maximumIterations = 0 }.hasPrefix("maximumIterations is 0"))
        #expect(problem { $0.tolerance = .nan }.hasPrefix("tolerance is nan"))
        #expect(problem { $0.seedingTrials = -2 }.hasPrefix("seedingTrials is -2"))
        #expect(problem { $0.clusters = 1 } == "none")
    }

    @Test func `rows that cannot be clustered are refused`() {
        #expect(throws: ClusteringError.tooFewRows(rows: 3, clusters: 4)) {
            try KMeans(KMeansSettings(clusters: 4), rows: rows, random: random)
        }
        #expect(throws: ClusteringError.noColumns) {
            try KMeans(KMeansSettings(clusters: 1), rows: Matrix<Float>(rows: 3, columns: 0, []), random: random)
        }
        var infinite = rows
        infinite[2, 1] = -.infinity
        #expect(throws: ClusteringError.value(row: 2, column: 1, value: -.infinity)) {
            try KMeans(KMeansSettings(clusters: 2), rows: infinite, random: random)
        }
        #expect(throws: ClusteringError.columns(found: 1, expected: 2)) {
            try KMeans(
                KMeansSettings(clusters: 1), rows: rows, random: random,
                initialCentroids: Matrix(rows: 1, columns: 1, [0]))
        }
        #expect(throws: ClusteringError.centroids(found: 1, clusters: 2)) {
            try KMeans(
                KMeansSettings(clusters: 2), rows: rows, random: random,
                initialCentroids: Matrix(rows: 1, columns: 2, [0, 0]))
        }
    }

    @Test func `an archive of other data or with an impossible label is refused`() throws {
        var kMeans = try KMeans(KMeansSettings(clusters: 2), rows: rows, random: random)
        _ = try kMeans.advance()
        var archive = Archive()
        try kMeans.save(into: &archive)
        var other = try KMeans(
            KMeansSettings(clusters: 2), rows: Matrix<Float>(rows: 4, columns: 2, repeating: 1), random: random)
        #expect(throws: FileFormatError.self) { try other.restore(from: archive) }
        #expect(throws: FileFormatError.self) { try other.restore(from: Archive()) }
        archive.set("labels", [0, 7, 1] as [Int32])
        #expect(throws: FileFormatError.self) { try kMeans.restore(from: archive) }
    }
}
