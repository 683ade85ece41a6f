import FileFormats
import Testing

struct IDXTests {
    @Test func `a table of bytes is read, compressed or not`() throws {
        let array = NumericArray([1, 2, 3, 4, 5, 6] as [UInt8], shape: [2, 3])
        #expect(try IDX.decode(Fixtures.idx, name: "plain") == array)
        #expect(try IDX.decode(Gzip.compress(Fixtures.idx), name: "packed.gz") == array)
        #expect(try IDX.encode(array) == Fixtures.idx)
    }

    @Test func `elements of more bytes are big-endian in the file`() throws {
        #expect(
            try IDX.decode(bytes("00000c01 00000002 00000001 fffffffe"), name: "f") == NumericArray([1, -2] as [Int32]))
        #expect(try IDX.decode(bytes("00000d01 00000001 3fc00000"), name: "f") == NumericArray([1.5] as [Float]))
        #expect(try IDX.decode(bytes("00000e01 00000001 3ff8000000000000"), name: "f") == NumericArray([1.5]))
        #expect(try IDX.decode(bytes("00000b01 00000001 fffe"), name: "f") == NumericArray([-2] as [Int16]))
        let doubles = NumericArray([1, 2, 0.1], shape: [3, 1])
        #expect(try IDX.decode(IDX.encode(doubles), name: "f") == doubles)
    }

    @Test(arguments: [
        ("", "byte 0: the magic number"),
        ("01000801", "byte 0: an IDX file begins with two zero bytes"),
        ("00000701 00000000", "byte 2: 7 is no element type"),
        ("00000802 00000002", "byte 8: dimension 1"),
        ("00000802 ffffffff 00ffffff", "byte 12: elements of shape"),
        ("00000e03 ffffffff ffffffff ffffffff", "byte 4: the shape"),
        ("00000801 00000003 0102", "byte 8: elements of shape [3] take 3 bytes, but 2 follow; the file is truncated"),
        ("00000801 00000001 0102", "byte 8: elements of shape [1] take 1 bytes, but 2 follow"),
        ("000008ff 00000001", "byte 8: dimension 1"),
    ])
    func `dimensions that do not fit the file are refused with the offset`(file: String, problem: String) {
        let text = message { _ = try IDX.decode(bytes(file), name: "liar") }
        #expect(text.hasPrefix("liar, " + problem), "\(text)")
    }

    @Test func `a type that the format lacks is refused on writing`() {
        #expect(message { _ = try IDX.encode(NumericArray([1] as [UInt64])) }.contains("cannot hold uint64"))
    }
}
