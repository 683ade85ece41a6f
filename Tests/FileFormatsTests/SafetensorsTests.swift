import FileFormats
import Testing

struct SafetensorsTests {
    private static let contents = Safetensors.Contents(
        tensors: [
            .init(name: "w", array: NumericArray([1, -2.5, 0.5, 3] as [Float], shape: [2, 2])),
            .init(name: "u", array: NumericArray([7, 255, 0] as [UInt8])),
        ],
        metadata: [.init(name: "made", text: "by Python")])

    @Test func `a file by Python's safetensors is read, and written to the same bytes`() throws {
        #expect(try Safetensors.decode(Fixtures.safetensors, name: "python") == Self.contents)
        #expect(try Safetensors.encode(Self.contents) == Fixtures.safetensors)
    }

    @Test func `every element type comes back, in the header's order, aligned for its type`() throws {
        let contents = Safetensors.Contents(
            tensors: [
                .init(name: "a", array: NumericArray([1, 2, 3] as [UInt8])),
                .init(name: "b", array: NumericArray([-1.5])),
                .init(name: "c", array: NumericArray([-1] as [Int16])),
                .init(name: "d", array: NumericArray([-2] as [Int8])),
                .init(name: "e", array: NumericArray([40_000] as [UInt16])),
                .init(name: "f", array: NumericArray([.max] as [Int64], shape: [])),
                .init(name: "g", array: NumericArray([1, 2] as [UInt32], shape: [1, 2, 1])),
            ])
        #expect(try Safetensors.decode(Safetensors.encode(contents), name: "types") == contents)
    }

    @Test func `data that begins like white space is not taken for a part of the header`() throws {
        let contents = Safetensors.Contents(tensors: [.init(name: "w", array: NumericArray(Array(" \n\t\r ".utf8)))])
        #expect(try Safetensors.decode(Safetensors.encode(contents), name: "blank") == contents)
    }

    @Test func `metadata may hold any text`() throws {
        let text = "tab\t, quote\", backslash\\, bell\u{7}, α, 😀, line\nend"
        let contents = Safetensors.Contents(metadata: [.init(name: text, text: text)])
        #expect(try Safetensors.decode(Safetensors.encode(contents), name: "texts") == contents)
    }

    @Test func `JSON escapes are understood`() throws {
        let file = Self.file(#"{"__metadata__":{"a\/\u0062":"\ud83d\ude00\u00e9\b\f"}}"#)
        let contents = try Safetensors.decode(file, name: "escapes")
        #expect(contents.metadata == [.init(name: "a/b", text: "😀é\u{8}\u{c}")])
    }

    @Test func `a name used twice is refused on writing`() {
        let twice = Safetensors.Contents(tensors: [Self.contents.tensors[0], Self.contents.tensors[0]])
        #expect(message { _ = try Safetensors.encode(twice) }.contains("used twice"))
    }

    @Test(arguments: [
        ("", 0, "byte 0: the header's length should take 8 bytes"),
        (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#, 7, "cut short: its arrays need 1 more bytes"),
        (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#, 9, "byte 70: the arrays end here"),
        (#"{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}"#, 8, "byte 9: the array \"a\" of shape [3]"),
        (#"{"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,8]}}"#, 8, "no possible size"),
        (#"{"a":{"dtype":"F32","shape":[0,18446744073709551616],"data_offsets":[0,0]}}"#, 0, "other than a size"),
        (#"{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,8]}}"#, 8, "other than a size"),
        (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}"#, 8, "data_offsets [8, 0]"),
        (#"{"a":{"dtype":"F4","shape":[2],"data_offsets":[0,8]}}"#, 8, "element type F4"),
        (#"{"a":{"dtype":"F32","shape":[2]}}"#, 8, "no \"data_offsets\""),
        (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"b":1}}"#, 8, "unknown field \"b\""),
        (
            #"{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"b":{"dtype":"U8","shape":[5],"data_offsets":[3,8]}}"#,
            8, "\"b\" begins at data byte 3, inside another, which ends at 4"
        ),
        (
            #"{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"b":{"dtype":"U8","shape":[3],"data_offsets":[5,8]}}"#,
            8, "\"b\" begins at data byte 5, but the one before it ends at 4"
        ),
        (
            #"{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"a":{"dtype":"U8","shape":[4],"data_offsets":[4,8]}}"#,
            8, "byte 61: the name \"a\" is given twice"
        ),
        (#"{"__metadata__":{"a":1}}"#, 0, "the metadata \"a\" is not a string"),
        (#"{"__metadata__":[]}"#, 0, "__metadata__ is not an object"),
        (#"[]"#, 0, "does not begin with {"),
        (#"{"a":1}"#, 0, "has no description"),
        (#"{} x"#, 0, "should end at byte 12"),
        (#"{"#, 0, "byte 9: expected"),
        (#"{"a":"\ud83d"}"#, 0, "half of a surrogate pair"),
        (#"{"a":01}"#, 0, "byte 14: expected \"}\""),
    ])
    func `a lying header is refused with its offset`(header: String, dataSize: Int, problem: String) {
        let file = header.isEmpty ? [1, 2, 3] : Self.file(header, dataSize: dataSize)
        let text = message { _ = try Safetensors.decode(file, name: "liar") }
        #expect(text.hasPrefix("liar, byte ") && text.contains(problem), "\(text)")
    }

    @Test(arguments: [UInt64.max, 1 << 63, 100_000_001, 3])
    func `a header's length beyond the limit or the file is refused`(length: UInt64) {
        let file = (0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) } + Array("{}".utf8)
        #expect(
            message { _ = try Safetensors.decode(file, name: "liar") }.hasPrefix("liar, byte 0: the header's length"))
    }

    @Test func `JSON nested 100,000 levels deep is refused`() {
        let file = Self.file(#"{"a":"# + String(repeating: "[", count: 100_000))
        #expect(message { _ = try Safetensors.decode(file, name: "deep") }.contains("nests deeper than 64"))
    }

    /// A file with this header and `dataSize` bytes of zeros.
    private static func file(_ header: String, dataSize: Int = 0) -> [UInt8] {
        let text = Array(header.utf8)
        let length = (0..<8).map { UInt8(truncatingIfNeeded: text.count >> (8 * $0)) }
        return length + text + [UInt8](repeating: 0, count: dataSize)
    }
}
