import FileFormats
import Testing

struct GzipTests {
    private static let greeting = Array("hello, hello, hello\n".utf8)

    @Test func `a file by another program is read, one of several members too`() throws {
        #expect(try Gzip.decompress(Fixtures.gzip, name: "one") == Self.greeting)
        #expect(
            try Gzip.decompress(Fixtures.gzip + Fixtures.gzip + [0, 0], name: "two") == Self.greeting + Self.greeting)
    }

    @Test(arguments: [0, 1, 100, 262_144, 262_145, 1_000_003])
    func `what was compressed comes back`(count: Int) throws {
        var random = SplitMix(seed: UInt64(count))
        let input = (0..<count).map { _ in UInt8(random.index(below: 3)) }
        for level in [0, 6] {
            #expect(try Gzip.decompress(Gzip.compress(input, level: level), name: "copy") == input)
        }
    }

    @Test func `a wrong checksum, a truncated file and trailing bytes are refused with the offset`() {
        var damaged = Fixtures.gzip
        damaged[damaged.count - 6] ^= 1
        #expect(message { _ = try Gzip.decompress(damaged, name: "f") }.contains("incorrect data check"))
        for count in 0..<Fixtures.gzip.count {
            let text = message { _ = try Gzip.decompress(Array(Fixtures.gzip.prefix(count)), name: "f") }
            #expect(text.hasPrefix("f, byte "), "\(count) bytes: \(text)")
        }
        let text = message { _ = try Gzip.decompress(Fixtures.gzip + [7], name: "f") }
        #expect(text == "f, byte 30: something follows the compressed data")
    }

    @Test func `a bomb is refused at the limit`() {
        let bomb = Gzip.compress([UInt8](repeating: 0, count: 10 << 20))
        #expect(
            message { _ = try Gzip.decompress(bomb, name: "bomb", limit: 1 << 20) }.contains("more than 1048576 bytes"))
        #expect(
            message { _ = try Gzip.decompress(bomb + bomb, name: "bomb", limit: 10 << 20) }.contains("gives more than"))
    }
}
