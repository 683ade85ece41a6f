/// A stream of random numbers named by seed, purpose and lane: `RandomStream(seed: 7, purpose: "environment", lane: 3)`.
///
/// Streams of different names are independent, so adding a consumer does not shift the others, and the number of
/// threads cannot matter. The stream is counter-based (`Philox`): its whole state is its name and its `position`.
/// The key is the seed; the counter of a block is (block low, block high, lane, hash of the purpose).
public struct RandomStream: RandomNumberGenerator, Sendable {
    @usableFromInline let seed: UInt64
    @usableFromInline let purposeHash: UInt32
    @usableFromInline let lane: UInt32
    @usableFromInline var drawn: UInt64
    /// The block that word `drawn` lies in; stale when `drawn` is at a block's first word.
    @usableFromInline var block: InlineArray<4, UInt32>

    /// The stream of this name, at its first word.
    ///
    /// - Parameter lane: tells apart streams of one purpose (environment 3 of 8); 0 ..< 2³².
    public init(seed: UInt64, purpose: String, lane: Int = 0) {
        precondition(lane >= 0 && lane <= UInt32.max, "the lane of a random stream is \(lane), not in 0 ..< 2^32")
        self.init(seed: seed, purposeHash: Self.hash(purpose), lane: UInt32(lane), position: 0)
    }

    init(seed: UInt64, purposeHash: UInt32, lane: UInt32, position: UInt64) {
        self.seed = seed
        self.purposeHash = purposeHash
        self.lane = lane
        self.drawn = 0
        self.block = [0, 0, 0, 0]
        self.position = position
    }

    /// How many 32-bit words have been drawn. A stream set to another's position goes on as that one would.
    public var position: UInt64 {
        get { drawn }
        set {
            drawn = newValue
            if newValue & 3 != 0 { generateBlock() }
        }
    }

    @usableFromInline
    mutating func generateBlock() {
        let index = drawn >> 2
        let words = Philox.block(
            counter: (UInt32(truncatingIfNeeded: index), UInt32(truncatingIfNeeded: index >> 32), lane, purposeHash),
            key: (UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32)))
        block = [words.0, words.1, words.2, words.3]
    }

    /// The next 32 random bits: one word.
    @inlinable
    public mutating func nextWord() -> UInt32 {
        let place = Int(truncatingIfNeeded: drawn & 3)
        if place == 0 { generateBlock() }
        drawn &+= 1
        return block[place]
    }

    /// The next 64 random bits: two words, the low one first.
    @inlinable
    public mutating func next() -> UInt64 {
        let low = UInt64(nextWord())
        return low | UInt64(nextWord()) << 32
    }

    /// FNV-1a, 32 bits, of the purpose's UTF-8 bytes.
    private static func hash(_ purpose: String) -> UInt32 {
        purpose.utf8.reduce(0x811C_9DC5) { ($0 ^ UInt32($1)) &* 0x0100_0193 }
    }
}

extension RandomStream: Equatable {
    /// Whether both have the same name and position, and so the same future.
    public static func == (a: Self, b: Self) -> Bool {
        a.seed == b.seed && a.purposeHash == b.purposeHash && a.lane == b.lane && a.drawn == b.drawn
    }
}

extension RandomStream: Codable {
    private enum CodingKeys: CodingKey { case seed, purposeHash, lane, position }

    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            seed: try values.decode(UInt64.self, forKey: .seed),
            purposeHash: try values.decode(UInt32.self, forKey: .purposeHash),
            lane: try values.decode(UInt32.self, forKey: .lane),
            position: try values.decode(UInt64.self, forKey: .position))
    }

    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(seed, forKey: .seed)
        try values.encode(purposeHash, forKey: .purposeHash)
        try values.encode(lane, forKey: .lane)
        try values.encode(position, forKey: .position)
    }
}
