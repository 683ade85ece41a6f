import FileFormats
import Testing

struct ByteReaderTests {
    @Test func `integers are read in the order asked for`() throws {
        var reader = ByteReader([0x01, 0x02, 0x03, 0x04, 0x01, 0x02, 0x03, 0x84], file: "numbers")
        #expect(try reader.bigEndian(UInt32.self, "a word") == 0x0102_0304)
        #expect(try reader.littleEndian(Int32.self, "a word") == Int32(bitPattern: 0x8403_0201))
        #expect(reader.isAtEnd)
    }

    @Test func `reading past the end is an error with the offset`() throws {
        var reader = ByteReader([1, 2, 3], file: "short")
        try reader.skip(2, "the beginning")
        #expect(message { _ = try reader.bigEndian(UInt32.self, "the length") }.hasPrefix("short, byte 2: the length"))
        #expect(message { _ = try reader.slice(-1, "nothing") }.hasPrefix("short, byte 2"))
        #expect(reader.offset == 2)
    }

    @Test func `memory beyond the budget is refused before it is allocated`() throws {
        var reader = ByteReader([], file: "greedy")
        try reader.reserve(ByteReader.smallestBudget - 1, for: "most")
        #expect(message { try reader.reserve(2, for: "the rest") }.contains("the rest would need 2 bytes"))
        try reader.reserve(1, for: "the last byte")
    }

    @Test(arguments: [
        ([3, 4], 24), ([], 2), ([0, 7], 0), ([Int.max, 0], nil), ([Int.max], nil),
        ([1 << 31, 1 << 32], nil),
        ([-1], nil), ([0, -1], nil),
    ])
    func `the size of a shape is nil if it overflows`(shape: [Int], size: Int?) {
        #expect(checkedSize(ofShape: shape, elementSize: 2) == size)
    }
}
