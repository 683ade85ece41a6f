import FileFormats
import Foundation
import Testing

struct NPZTests {
    /// `numpy.savez(…, X=numpy.arange(6.0).reshape(3, 2) / 2, y=numpy.array([0, 1, 1]))`
    private static let plain = """
        UEsDBC0AAAAAAAAAIQBCz+y7//////////8FABQAWC5ucHkBABAAsAAAAAAAAACwAAAAAAAAAJNOVU1QWQEAdgB7J2Rlc2NyJzog\
        JzxmOCcsICdmb3J0cmFuX29yZGVyJzogRmFsc2UsICdzaGFwZSc6ICgzLCAyKSwgfSAgICAgICAgICAgICAgICAgICAgICAgICAg\
        ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAKAAAAAAAAAAAAAAAAAADgPwAAAAAAAPA/AAAAAAAA+D8AAAAAAAAAQAAA\
        AAAAAARAUEsDBC0AAAAAAAAAIQAUR51k//////////8FABQAeS5ucHkBABAAmAAAAAAAAACYAAAAAAAAAJNOVU1QWQEAdgB7J2Rl\
        c2NyJzogJzxpOCcsICdmb3J0cmFuX29yZGVyJzogRmFsc2UsICdzaGFwZSc6ICgzLCksIH0gICAgICAgICAgICAgICAgICAgICAg\
        ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAKAAAAAAAAAAABAAAAAAAAAAEAAAAAAAAAUEsBAi0DLQAAAAAA\
        AAAhAELP7LuwAAAAsAAAAAUAAAAAAAAAAAAAAIABAAAAAFgubnB5UEsBAi0DLQAAAAAAAAAhABRHnWSYAAAAmAAAAAUAAAAAAAAA\
        AAAAAIAB5wAAAHkubnB5UEsFBgAAAAACAAIAZgAAALYBAAAAAA==
        """

    /// `numpy.savez_compressed(…, images=numpy.arange(72, dtype="u1").reshape(2, 3, 4, 3), labels=numpy.array([5, 9],
    /// dtype="u1"))`
    private static let packed = """
        UEsDBC0AAAAIAAAAIQBv8Oh7//////////8KABQAaW1hZ2VzLm5weQEAEADIAAAAAAAAAJMAAAAAAAAAm+wX6hsQychQxlCtnpJa\
        nFykbqWgXlNqqK6joJ6WX1RSlJgXn1+UkgoSd0vMKU4FihdnJBakAvkaRjoKxjoKJkBSU0ehVoEMwMXAyMTMwsrGzsHJxc3Dy8cv\
        ICgkLCIqJi4hKSUtIysnr6CopKyiqqauoamlraOrp29gaGRsYmpmbmFpZW1ja2fv4Ojk7OLq5g4AUEsDBC0AAAAIAAAAIQDuHtus\
        //////////8KABQAbGFiZWxzLm5weQEAEACCAAAAAAAAAEYAAAAAAAAAm+wX6hsQychQxlCtnpJanFykbqWgXlNqqK6joJ6WX1RS\
        lJgXn1+UkgoSd0vMKU4FihdnJBakAvkaRjqaOgq1ChQALlZOAFBLAQItAy0AAAAIAAAAIQBv8Oh7kwAAAMgAAAAKAAAAAAAAAAAA\
        AACAAQAAAABpbWFnZXMubnB5UEsBAi0DLQAAAAgAAAAhAO4e26xGAAAAggAAAAoAAAAAAAAAAAAAAIABzwAAAGxhYmVscy5ucHlQ\
        SwUGAAAAAAIAAgBwAAAAUQEAAAAA
        """

    @Test func `arrays that NumPy saved are read with names, types and shapes`() throws {
        let arrays = try NPZ.decode(bytes(Self.plain), name: "a.npz")
        #expect(arrays.map(\.name) == ["X", "y"])
        #expect(
            arrays[0].array.values(as: Double.self) == [0, 0.5, 1, 1.5, 2, 2.5] && arrays[0].array.shape == [3, 2])
        #expect(arrays[1].array.values(as: Int64.self) == [0, 1, 1])
    }

    @Test func `compressed arrays are read too`() throws {
        let arrays = try NPZ.decode(bytes(Self.packed), name: "a.npz")
        #expect(arrays.map(\.name) == ["images", "labels"])
        #expect(arrays[0].array.values(as: UInt8.self) == Array(0..<72) && arrays[0].array.shape == [2, 3, 4, 3])
        #expect(arrays[1].array.values(as: UInt8.self) == [5, 9])
    }

    @Test func `a file that was cut short is refused, and so is any other`() throws {
        for length in [0, 10, 100, try bytes(Self.packed).count - 1] {
            let text = message { _ = try NPZ.decode(Array(try bytes(Self.packed).prefix(length)), name: "a.npz") }
            #expect(text == "a.npz: the archive's directory is missing; the file is truncated or no ZIP archive")
        }
    }

    @Test func `no changed byte makes reading trap, and a changed element is noticed`() throws {
        for original in [try bytes(Self.plain), try bytes(Self.packed)] {
            for index in original.indices {
                for value: UInt8 in [0, 1, 0x7F, 0x80, 0xFF] {
                    var changed = original
                    changed[index] = value
                    _ = try? NPZ.decode(changed, name: "a.npz")
                }
            }
        }
        var changed = try bytes(Self.plain)
        let place = changed.count / 4
        changed[place] ^= 0x40
        #expect(
            message { _ = try NPZ.decode(changed, name: "a.npz") }.contains("the checksum that the directory gives"))
    }

    private func bytes(_ text: String) throws -> [UInt8] { try Array(#require(Data(base64Encoded: text))) }

    private func message(_ body: () throws -> Void) -> String {
        do { try body() } catch { return "\(error)" }
        return "no error"
    }
}
