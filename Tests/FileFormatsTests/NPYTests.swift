import FileFormats
import Testing

struct NPYTests {
    @Test func `arrays by NumPy are read, and written to the same bytes`() throws {
        let floats = NumericArray([1, 2, 3, 4, 5, -6] as [Float], shape: [2, 3])
        #expect(try NPY.decode(Fixtures.npyFloats, name: "floats") == floats)
        #expect(NPY.encode(floats) == Fixtures.npyFloats)
        let integers = NumericArray([7, -1] as [Int64])
        #expect(try NPY.decode(Fixtures.npyIntegers, name: "integers") == integers)
        #expect(NPY.encode([7, -1] as [Int64]) == Fixtures.npyIntegers)
        let scalar = NumericArray([1.5], shape: [])
        #expect(try NPY.decode(Fixtures.npyScalar, name: "scalar") == scalar)
        #expect(NPY.encode(scalar) == Fixtures.npyScalar)
    }

    @Test func `version 2 is read`() throws {
        let header = Array("{\"shape\": (3,), \"fortran_order\": False, \"descr\": \"|u1\"}\n".utf8)
        let file = bytes("934e554d50590200") + [UInt8(header.count), 0, 0, 0] + header + [1, 2, 3]
        #expect(try NPY.decode(file, name: "second") == NumericArray([1, 2, 3] as [UInt8]))
    }

    @Test(arguments: [
        ("{'descr': '<f4', 'fortran_order': True, 'shape': (2,), }", "numpy.ascontiguousarray"),
        ("{'descr': '>f4', 'fortran_order': False, 'shape': (2,), }", "byte 20: the element type '>f4'"),
        ("{'descr': '|O', 'fortran_order': False, 'shape': (2,), }", "the element type '|O' is not supported"),
        ("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (2,), }", "records"),
        ("{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }", "shape [3] take 12 bytes, but 8 follow"),
        ("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }", "shape [1] take 4 bytes, but 8 follow"),
        ("{'descr': '<f4', 'fortran_order': False, 'shape': (4294967296, 4294967296), }", "no possible size"),
        ("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,), }", "expected a dimension"),
        ("{'descr': '<f4', 'fortran_order': False, 'shape': (-2,), }", "expected a dimension"),
        ("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), 'shape': (2,)}", "'shape' is unknown or given twice"),
        ("{'descr': '<f4', 'fortran_order': False}", "should give descr, fortran_order and shape"),
        ("{'descr': '<f4', 'fortran_order': Maybe, 'shape': (2,)}", "expected True or False"),
        ("{'descr: <f4}", "a string in the header does not end"),
        ("", "expected \"{\""),
    ])
    func `a lying header is refused with its offset`(header: String, problem: String) {
        let text = Array((header + "\n").utf8)
        let file = bytes("934e554d50590100") + [UInt8(text.count), 0] + text + [UInt8](repeating: 0, count: 8)
        let result = message { _ = try NPY.decode(file, name: "liar") }
        #expect(result.hasPrefix("liar, byte ") && result.contains(problem), "\(result)")
    }

    @Test(arguments: [
        ("", "begins with"), ("934e554d5059", "the version should take 1 bytes"), ("934e554d50590900", "version 9"),
        ("934e554d50590200f0ffffff", "length is given as 4294967280 bytes, 65536 are allowed"),
        ("934e554d505901007600", "length is given as 118 bytes, but 0 follow"),
    ])
    func `a header's length beyond the limit or the file is refused`(file: String, problem: String) {
        let result = message { _ = try NPY.decode(bytes(file), name: "liar") }
        #expect(result.hasPrefix("liar, byte ") && result.contains(problem), "\(result)")
    }
}
