import FileFormats
import ReinforcementLearning
import Simulation
import Testing

@Suite struct `A return normalizer` {
    let rewards: [Float] = [1, 4, 1, 4, 2, 2]
    let outcomes: [Outcome] = [.running, .running, .terminated, .running, .running, .truncated]

    /// Two lanes, γ = ½. Lane 0: G = 1, then ½·1 + 1 = 1.5 and the end, then 2. Lane 1: 4, 6, ½·6 + 2 = 5 and the end.
    @Test func `divides by the deviation of the discounted returns, which begin anew with each episode`() {
        var normalizer = ReturnNormalizer(laneCount: 2, discount: 0.5)
        var scaled = [Float](repeating: .nan, count: 6)
        let seen: [[Double]] = [[1, 4], [1, 4, 1.5, 6], [1, 4, 1.5, 6, 2, 5]]
        for step in 0..<3 {
            normalizer.scale(rewards, outcomes: outcomes, step: step, into: &scaled)
            let deviation = (directMoments(seen[step]).variance + 1e-8).squareRoot()
            for lane in 0..<2 {
                #expect(abs(scaled[2 * step + lane] - Float(Double(rewards[2 * step + lane]) / deviation)) < 1e-6)
            }
        }
        #expect(normalizer.returns == [2, 0])
    }

    @Test func `clips to ten deviations, and learns nothing while it is frozen`() {
        var normalizer = ReturnNormalizer(laneCount: 1, discount: 0.5)
        var scaled: [Float] = [0, 0]
        normalizer.isFrozen = true
        normalizer.scale([1000, -1000], outcomes: [.running, .running], step: 0, into: &scaled)
        normalizer.scale([1000, -1000], outcomes: [.running, .running], step: 1, into: &scaled)
        #expect(scaled == [10, -10])
        #expect(normalizer.returns == [0])
        #expect(normalizer.moments == RunningMoments(columns: 1))
    }

    @Test func `goes on exactly after it was saved and restored`() throws {
        var original = ReturnNormalizer(laneCount: 2, discount: 0.5)
        var scaled = [Float](repeating: 0, count: 6)
        original.scale(rewards, outcomes: outcomes, step: 0, into: &scaled)
        var archive = Archive()
        original.save(into: &archive)
        var restored = ReturnNormalizer(laneCount: 2, discount: 0.5)
        try restored.restore(from: Archive(decoding: archive.encoded(), name: "test"))
        var other = scaled
        for step in 1..<3 {
            original.scale(rewards, outcomes: outcomes, step: step, into: &scaled)
            restored.scale(rewards, outcomes: outcomes, step: step, into: &other)
        }
        #expect(other == scaled)
        #expect(restored == original)
        var wider = ReturnNormalizer(laneCount: 3, discount: 0.5)
        #expect(throws: FileFormatError.self) { try wider.restore(from: archive) }
    }
}
