import FileFormats
import ReinforcementLearning
import Testing

@Suite struct `An observation normalizer` {
    @Test func `subtracts the mean and divides by the standard deviation, in the rows it is asked for`() {
        var normalizer = ObservationNormalizer(size: 2)
        let seen: [Float] = [1, 10, 3, 30, 5, 20]
        normalizer.update(with: seen, rows: 0..<3)
        var observations: [Float] = [7, 7, 2, 40, 7, 7]
        normalizer.normalize(&observations, rows: 1..<2)
        let first = directMoments([1, 3, 5])
        let second = directMoments([10, 30, 20])
        let expected = [
            Float((2 - first.mean) / (first.variance + 1e-8).squareRoot()),
            Float((40 - second.mean) / (second.variance + 1e-8).squareRoot()),
        ]
        #expect(abs(observations[2] - expected[0]) < 1e-6)
        #expect(abs(observations[3] - expected[1]) < 1e-6)
        #expect([observations[0], observations[1], observations[4], observations[5]] == [7, 7, 7, 7])
    }

    @Test func `leaves a single first observation finite and clips what is far off`() {
        var normalizer = ObservationNormalizer(size: 1)
        normalizer.update(with: [5, 5], rows: 0..<2)
        var observations: [Float] = [5, 1e9, -1e9]
        normalizer.normalize(&observations, rows: 0..<3)
        #expect(abs(observations[0]) < 0.01)
        #expect(observations[1...] == [10, -10])
    }

    @Test func `learns nothing while it is frozen`() {
        var normalizer = ObservationNormalizer(size: 1)
        normalizer.update(with: [1, 2, 3], rows: 0..<3)
        let moments = normalizer.moments
        normalizer.isFrozen = true
        normalizer.update(with: [100], rows: 0..<1)
        #expect(normalizer.moments == moments)
        normalizer.isFrozen = false
        normalizer.update(with: [100], rows: 0..<1)
        #expect(normalizer.moments != moments)
    }

    @Test func `is the same after it was saved and restored, and refuses another size's moments`() throws {
        var normalizer = ObservationNormalizer(size: 2)
        normalizer.update(with: [1, 2, 3, 5], rows: 0..<2)
        var archive = Archive()
        normalizer.save(into: &archive)
        var restored = ObservationNormalizer(size: 2)
        try restored.restore(from: Archive(decoding: archive.encoded(), name: "test"))
        #expect(restored == normalizer)
        var other = ObservationNormalizer(size: 3)
        #expect(throws: FileFormatError.self) { try other.restore(from: archive) }
    }
}
