/// A 64-bit hash of numbers in order, the same on every machine: it tells whether two runs are in the same state after an
/// update. It finds differences, not forgers.
///
/// Four lanes take turns at words of eight bytes, so that a long array is hashed at about the speed of memory; each lane
/// multiplies and rotates, and the lanes are mixed at the end by the finalizer of MurmurHash3 (Appleby, 2011).
public struct StateHash: Sendable, Equatable {
    private var lanes: Lanes
    private var length: UInt64 = 0

    private typealias Lanes = (UInt64, UInt64, UInt64, UInt64)

    public init() {
        lanes = (0x9E37_79B9_7F4A_7C15, 0xC2B2_AE3D_27D4_EB4F, 0x1656_67B1_9E37_79F9, 0x27D4_EB2F_1656_67C5)
    }

    public static func == (a: StateHash, b: StateHash) -> Bool { a.value == b.value }

    /// The hash of everything that was combined so far.
    public var value: UInt64 {
        var result = length
        for lane in [lanes.0, lanes.1, lanes.2, lanes.3] { result = StateHash.mix(result ^ StateHash.mix(lane)) }
        return result
    }

    public mutating func combine(_ word: UInt64) {
        lanes.0 = StateHash.step(lanes.0, word)
        length &+= 8
    }

    public mutating func combine(_ number: Int) { combine(UInt64(bitPattern: Int64(number))) }
    public mutating func combine(_ number: Double) { combine(number.bitPattern) }

    /// The numbers' bits; NaN of different bits count as different.
    public mutating func combine<Number: BitwiseCopyable>(_ numbers: Span<Number>) { combine(numbers.bytes) }

    public mutating func combine<Number: BitwiseCopyable>(_ numbers: [Number]) { combine(numbers.span.bytes) }

    private mutating func combine(_ bytes: RawSpan) {
        let count = bytes.byteCount
        var (a, b, c, d) = lanes
        var offset = 0
        while offset + 32 <= count {
            a = StateHash.step(a, StateHash.word(bytes, offset))
            b = StateHash.step(b, StateHash.word(bytes, offset + 8))
            c = StateHash.step(c, StateHash.word(bytes, offset + 16))
            d = StateHash.step(d, StateHash.word(bytes, offset + 24))
            offset += 32
        }
        while offset < count {
            var word: UInt64 = 0
            for place in 0..<min(8, count - offset) {
                word |= UInt64(bytes.unsafeLoad(fromByteOffset: offset + place, as: UInt8.self)) << UInt64(8 * place)
            }
            a = StateHash.step(a, word)
            offset += 8
        }
        lanes = (a, b, c, d)
        length &+= UInt64(count)
    }

    private static func word(_ bytes: RawSpan, _ offset: Int) -> UInt64 {
        UInt64(littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }

    private static func step(_ lane: UInt64, _ word: UInt64) -> UInt64 {
        let product = (lane ^ word) &* 0x9FB2_1C65_1E98_DF25
        return product << 31 | product >> 33
    }

    private static func mix(_ word: UInt64) -> UInt64 {
        var z = word
        z = (z ^ z >> 33) &* 0xFF51_AFD7_ED55_8CCD
        z = (z ^ z >> 33) &* 0xC4CE_B9FE_1A85_EC53
        return z ^ z >> 33
    }
}
