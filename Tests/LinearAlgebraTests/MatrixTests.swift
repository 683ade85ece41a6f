import Glibc
import LinearAlgebra
import Testing

/// Writes a file below the temporary folder, calls `body` with its path and removes it.
private func withFile(_ bytes: [UInt8], _ body: (String) throws -> Void) rethrows {
    var template = Array("/tmp/fledge-matrix-XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    _ = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    close(descriptor)
    let path = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
    defer { unlink(path) }
    try body(path)
}

@Suite struct MatrixTests {
    @Test func `elements are row-major`() {
        let matrix = Matrix<Float>(rows: 2, columns: 3, [1, 2, 3, 4, 5, 6])
        #expect(matrix[0, 2] == 3 && matrix[1, 0] == 4)
        #expect(matrix.row(1) == [4, 5, 6])
        #expect(matrix.array == [1, 2, 3, 4, 5, 6])
        #expect(matrix.rows([1, 0, 1]).array == [4, 5, 6, 1, 2, 3, 4, 5, 6])
    }

    @Test func `a copy does not see later writes`() {
        var matrix = Matrix<UInt8>(rows: 2, columns: 2, repeating: 7)
        let copy = matrix
        matrix[1, 1] = 9
        matrix.withMutableSpan { $0[0] = 3 }
        #expect(matrix.array == [3, 7, 7, 9])
        #expect(copy.array == [7, 7, 7, 7])
    }

    @Test func `memory begins at a multiple of 64 bytes`() {
        for rows in 1..<20 {
            Matrix<UInt8>(rows: rows, columns: 3, repeating: 0).withUnsafeBufferPointer {
                #expect(UInt(bitPattern: $0.baseAddress).isMultiple(of: 64))
            }
        }
    }

    @Test func `a mapped file is read in place, and written to a copy`() throws {
        try withFile(Array(0..<200)) { path in
            var matrix = try Matrix<UInt8>(mapping: path, offset: 16, rows: 4, columns: 5)
            #expect(matrix.array == Array(16..<36))
            matrix[0, 0] = 99
            #expect(matrix[0, 0] == 99)
            #expect(try Matrix<UInt8>(mapping: path, offset: 16, rows: 4, columns: 5)[0, 0] == 16)
        }
    }

    @Test func `a mapping that the file cannot hold is refused`() {
        withFile(Array(repeating: 0, count: 64)) { path in
            for (offset, rows, columns) in [
                (0, 17, 1), (60, 2, 1), (2, 1, 1), (-4, 1, 1), (0, -1, 4), (0, .max, 4), (0, 1 << 61, 1),
                (Int.max - 3, 1, 1),
            ] {
                #expect(throws: MatrixMappingError.self) {
                    try Matrix<Float>(mapping: path, offset: offset, rows: rows, columns: columns)
                }
            }
        }
        #expect(throws: MatrixMappingError.self) {
            try Matrix<Float>(mapping: "/nonexistent/matrix", offset: 0, rows: 1, columns: 1)
        }
    }
}
