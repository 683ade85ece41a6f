/// Arrays in the format of the MNIST family (LeCun, Cortes and Burges, 1998): a type, the dimensions, the elements,
/// all big-endian. Files compressed by gzip are read too.
public enum IDX {
    /// - Parameter name: the file's name, for errors.
    /// - Throws: `FileFormatError` if the type is unknown or the dimensions do not fit the file's size.
    public static func decode(_ bytes: [UInt8], name: String) throws -> NumericArray {
        let plain = Gzip.isCompressed(bytes) ? try Gzip.decompress(bytes, name: name) : bytes
        var reader = ByteReader(plain, file: name)
        guard try reader.bigEndian(UInt16.self, "the magic number") == 0 else {
            throw reader.error("an IDX file begins with two zero bytes", at: 0, advice: "is this an IDX file?")
        }
        let code = try reader.byte("the element type")
        guard let type = ElementType.allCases.first(where: { $0.codeInIDX == code }) else {
            throw reader.error("\(code) is no element type", at: 2)
        }
        let rank = Int(try reader.byte("the number of dimensions"))
        var shape: [Int] = []
        for axis in 0..<rank {
            shape.append(Int(try reader.bigEndian(UInt32.self, "dimension \(axis)")))
        }
        let size = try reader.size(ofShape: shape, elementSize: type.size, at: 4)
        guard size == reader.remaining else {
            throw reader.error(
                "elements of shape \(shape) take \(size) bytes, but \(reader.remaining) follow",
                advice: size > reader.remaining ? "the file is truncated" : "the header is damaged")
        }
        let elements = try reader.array(size, "the elements")
        return NumericArray(
            elementType: type, shape: shape, bytes: reversingElements(of: elements, elementSize: type.size))
    }

    /// The array as an IDX file, not compressed.
    ///
    /// - Throws: `FileFormatError` for an element type, a rank or a dimension that the format cannot say.
    public static func encode(_ array: NumericArray) throws -> [UInt8] {
        guard let code = array.elementType.codeInIDX, let rank = UInt8(exactly: array.shape.count) else {
            throw FileFormatError(
                file: "IDX",
                problem: "the format cannot hold \(array.elementType.rawValue) of \(array.shape.count) dimensions")
        }
        var bytes: [UInt8] = [0, 0, code, rank]
        for dimension in array.shape {
            guard let dimension = UInt32(exactly: dimension) else {
                throw FileFormatError(file: "IDX", problem: "the dimension \(dimension) exceeds 32 bits")
            }
            bytes += [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: dimension >> $0) }
        }
        return bytes + reversingElements(of: array.bytes, elementSize: array.elementType.size)
    }

    /// Little-endian elements from big-endian ones, and the other way round.
    private static func reversingElements(of bytes: [UInt8], elementSize: Int) -> [UInt8] {
        guard elementSize > 1 else { return bytes }
        var reversed = bytes
        for start in stride(from: 0, to: bytes.count, by: elementSize) {
            reversed[start..<start + elementSize].reverse()
        }
        return reversed
    }
}

extension ElementType {
    fileprivate var codeInIDX: UInt8? {
        switch self {
        case .uint8: 0x08
        case .int8: 0x09
        case .int16: 0x0B
        case .int32: 0x0C
        case .float32: 0x0D
        case .float64: 0x0E
        case .int64, .uint16, .uint32, .uint64: nil
        }
    }
}
