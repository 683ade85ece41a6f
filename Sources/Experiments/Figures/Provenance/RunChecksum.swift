internal import FileFormats

extension StoredRun {
    /// A number that changes when anything changes that figures are drawn from: the record, whether the work was done to
    /// its end, and of each seed the metrics, the times and the drawing. 16 hexadecimal digits.
    ///
    /// - Throws: what encoding the record or a drawing throws.
    var checksum: String {
        get throws {
            var checksum = FowlerNollVoHash()
            checksum.add(bytes: Array(try JSONText.line(record).utf8))
            checksum.add(isComplete ? 1 : 0)
            for seed in seeds {
                checksum.add(seed.seed)
                checksum.add(seed.history)
                for seconds in seed.history.seconds { checksum.add(number: seconds) }
                checksum.add(bytes: try seed.drawing.encoded())
            }
            return checksum.text
        }
    }
}

extension StoredRun.Seed {
    /// The same number for seeds whose work was the same, whatever time it took.
    var metricsChecksum: String {
        var checksum = FowlerNollVoHash()
        checksum.add(seed)
        checksum.add(history)
        return checksum.text
    }
}

/// The hash FNV-1a of Fowler, Noll and Vo with 64 bits, over words of eight bytes instead of single ones, and with the
/// high half folded into the low one after each. It tells changes, not forgeries.
private struct FowlerNollVoHash {
    private var state: UInt64 = 0xCBF2_9CE4_8422_2325

    mutating func add(_ word: UInt64) {
        state = (state ^ word) &* 0x0000_0100_0000_01B3
        state ^= state >> 32
    }

    /// All values that are not numbers count alike: files keep only that they are none.
    mutating func add(number: Double) { add(number.isNaN ? Double.nan.bitPattern : number.bitPattern) }

    /// All but the times.
    mutating func add(_ history: MetricsHistory) {
        add(bytes: Array(([history.unit] + history.names).joined(separator: ",").utf8))
        for completed in history.completed { add(UInt64(bitPattern: Int64(completed))) }
        for name in history.names {
            for value in history[name] ?? [] { add(number: value) }
        }
    }

    mutating func add(bytes: [UInt8]) {
        add(UInt64(bytes.count))
        var word: UInt64 = 0
        for (index, byte) in bytes.enumerated() {
            word = word << 8 | UInt64(byte)
            if index % 8 == 7 { add(word) }
        }
        if bytes.count % 8 > 0 { add(word) }
    }

    var text: String {
        let digits = String(state, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
