import CAllocationCounter
import LinearAlgebra
import SupervisedLearning
import Testing

@Suite struct AllocationTests {
    @Test func `the counter counts`() {
        ac_start()
        var values = [1.0]
        values.reserveCapacity(100)
        UnsafeMutableRawPointer.allocate(byteCount: 100, alignment: 64).deallocate()
        #expect(ac_stop() >= 2)
        #expect(values == [1])
        ac_start()
        #expect(ac_stop() == 0)
    }

    @Test func `an update allocates nothing after the first`() throws {
        var settings = FittingSettings()
        settings.hiddenSizes = [16, 8]
        settings.batchSize = 100
        settings.epochs = 6
        settings.earlyStoppingPatience = 5
        settings.validationFraction = 0.2
        settings.maximumGradientNorm = 1
        for samples in [try Blobs.bytes(count: 1730), try Blobs.floats(count: 1730)] {
            let fitting = try Fitting(settings, samples: samples, seed: 3, pool: WorkerPool(threads: 1))
            _ = try fitting.advance()
            for _ in 0..<4 {
                ac_start()
                let progress = try fitting.advance()
                let count = ac_stop()
                #expect(progress != nil)
                #expect(count == 0)
            }
        }
    }
}
