/// Which seeds take part in each resample of a bootstrap, drawn once so that all points of a curve use the same, and
/// the same for every call: a figure has the same bytes each time.
struct BootstrapResamples {
    private let count: Int
    private let seedCount: Int
    /// `[resamples, seeds]`: how often each seed was drawn.
    private let multiplicities: [Int]

    init(count: Int, of seedCount: Int) {
        self.count = count
        self.seedCount = seedCount
        var drawn = Array(repeating: 0, count: count * seedCount)
        for draw in drawn.indices {
            // The high half of word × n is uniform below n up to n / 2⁶⁴.
            let word = BootstrapResamples.word(UInt64(draw) + 1)
            drawn[draw / seedCount * seedCount + Int(word.multipliedFullWidth(by: UInt64(seedCount)).high)] += 1
        }
        multiplicities = drawn
    }

    /// The interquartile mean of each resample that has values, ascending.
    ///
    /// - Parameters:
    ///   - sorted: The values of the seeds that have one, ascending.
    ///   - seeds: The seed of each of these values.
    func interquartileMeans(sorted: [Double], seeds: [Int]) -> [Double] {
        var means: [Double] = []
        means.reserveCapacity(count)
        for resample in 0..<count {
            let start = resample * seedCount
            let size = seeds.reduce(0) { $0 + multiplicities[start + $1] }
            guard size > 0 else { continue }
            let cut = size / 4
            var sum = 0.0, passed = 0
            for (place, seed) in seeds.enumerated() {
                let times = multiplicities[start + seed]
                let kept = max(0, min(passed + times, size - cut) - max(passed, cut))
                sum += Double(kept) * sorted[place]
                passed += times
            }
            means.append(sum / Double(size - 2 * cut))
        }
        return means.sorted()
    }

    /// The share of each resample's seeds for which something holds, `[resamples]` in the order drawn.
    func shares(of holds: [Bool]) -> [Double] {
        (0..<count).map { resample in
            let times = (0..<seedCount).reduce(0) { $0 + (holds[$1] ? multiplicities[resample * seedCount + $1] : 0) }
            return Double(times) / Double(seedCount)
        }
    }

    /// The `counter`-th word of SplitMix64 (Steele, Lea & Flood 2014) from state 0.
    private static func word(_ counter: UInt64) -> UInt64 {
        var z = counter &* 0x9E37_79B9_7F4A_7C15
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z >> 31
    }
}
