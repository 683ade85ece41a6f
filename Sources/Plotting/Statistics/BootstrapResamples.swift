/// Which seeds take part in each resample of a bootstrap, drawn once so that all points of a curve use the same, and
/// the same for every call: a figure has the same bytes each time.
struct BootstrapResamples {
    /// `[resamples][seeds]`: how often each seed was drawn.
    let multiplicities: [[Int]]

    init(count: Int, of seedCount: Int) {
        var counter: UInt64 = 0
        multiplicities = (0..<count).map { _ in
            var drawn = Array(repeating: 0, count: seedCount)
            for _ in 0..<seedCount {
                counter += 1
                // The high half of word × n is uniform below n up to n / 2⁶⁴.
                drawn[Int(BootstrapResamples.word(counter).multipliedFullWidth(by: UInt64(seedCount)).high)] += 1
            }
            return drawn
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
