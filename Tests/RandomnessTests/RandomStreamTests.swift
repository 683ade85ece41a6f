import Foundation
import Randomness
import Testing

@Suite struct `A random stream` {
    func words(_ count: Int, of stream: RandomStream) -> [UInt32] {
        var stream = stream
        return (0..<count).map { _ in stream.nextWord() }
    }

    @Test func `is Philox with the seed as key and block, lane and purpose as counter`() {
        let stream = RandomStream(seed: 0x0123_4567_89ab_cdef, purpose: "a", lane: 5)
        // FNV-1a of "a" is 0xe40c292c (Fowler, Noll and Vo's published test vectors).
        let first = Philox.block(counter: (0, 0, 5, 0xe40c_292c), key: (0x89ab_cdef, 0x0123_4567))
        let second = Philox.block(counter: (1, 0, 5, 0xe40c_292c), key: (0x89ab_cdef, 0x0123_4567))
        #expect(
            words(8, of: stream) == [first.0, first.1, first.2, first.3, second.0, second.1, second.2, second.3])
    }

    @Test func `counts blocks beyond 32 bits`() {
        var stream = RandomStream(seed: 1, purpose: "a")
        stream.position = (1 << 34) + 2
        #expect(stream.nextWord() == Philox.block(counter: (0, 1, 0, 0xe40c_292c), key: (1, 0)).2)
    }

    @Test func `goes on exactly where another of the same position stands`() {
        var original = RandomStream(seed: 3, purpose: "actions")
        for drawn in 0..<9 {
            var resumed = RandomStream(seed: 3, purpose: "actions")
            resumed.position = original.position
            #expect(original.position == UInt64(drawn))
            #expect(resumed == original)
            #expect(words(11, of: resumed) == words(11, of: original))
            _ = original.nextWord()
        }
    }

    @Test func `goes on exactly after it was encoded and decoded`() throws {
        var original = RandomStream(seed: .max, purpose: "environment", lane: 17)
        _ = (0..<6).map { _ in original.nextWord() }
        let decoded = try JSONDecoder().decode(RandomStream.self, from: JSONEncoder().encode(original))
        #expect(decoded == original)
        #expect(words(11, of: decoded) == words(11, of: original))
    }

    @Test func `makes 64 bits of two words, the low one first`() {
        var stream = RandomStream(seed: 4, purpose: "weights")
        let words = words(2, of: stream)
        #expect(stream.next() == UInt64(words[0]) | UInt64(words[1]) << 32)
        #expect(stream.position == 2)
    }

    /// The correlation of n independent pairs of uniforms has a standard deviation of 1/√n; five of them are exceeded
    /// by chance once in 1.7 million.
    @Test(
        arguments: [("actions", 0, 1), ("shuffle", 1, 1), ("shuffle", 0, 2), ("environment", 0, 1)]
            as [(String, Int, UInt64)])
    func `does not correlate with streams of other seeds, purposes and lanes`(
        purpose: String, lane: Int, seed: UInt64
    ) {
        var a = RandomStream(seed: 1, purpose: "shuffle")
        var b = RandomStream(seed: seed, purpose: purpose, lane: lane)
        let count = 10_000
        let correlation = (0..<count).reduce(0.0) { sum, _ in sum + (a.uniform() - 0.5) * (b.uniform() - 0.5) * 12 }
        #expect(abs(correlation / Double(count)) < 5 / Double(count).squareRoot())
    }
}
