import CAllocationCounter
import LinearAlgebra
import Randomness
import Testing
import UnsupervisedLearning

@Suite struct KMeansAllocationTests {
    /// Noise without clusters: Lloyd's algorithm needs many iterations.
    private static let noise: [UInt8] = {
        var random = RandomStream(seed: 2, purpose: "noise")
        return (0..<4000 * 20).map { _ in UInt8(random.index(below: 256)) }
    }()

    @Test(arguments: [false, true]) func `an iteration allocates nothing after the first ones`(asFloats: Bool) throws {
        var settings = KMeansSettings(clusters: 12)
        settings.tolerance = 0
        let random = RandomStream(seed: 1, purpose: "clusters")
        // One thread, since the counter counts its own thread only.
        let pool = WorkerPool(threads: 1)
        var kMeans =
            asFloats
            ? try KMeans(
                settings, rows: Matrix(rows: 4000, columns: 20, Self.noise.map { Float($0) }), random: random, on: pool)
            : try KMeans(settings, rows: Matrix(rows: 4000, columns: 20, Self.noise), random: random, on: pool)
        for _ in 0..<3 { _ = try kMeans.advance() }
        ac_start()
        for _ in 0..<5 { _ = try kMeans.advance() }
        #expect(ac_stop() == 0)
        #expect(kMeans.metrics[1] > 0, "it converged before the count began: the test shows nothing")
    }
}
