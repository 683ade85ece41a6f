/// NumPy's array files (NEP 1): a magic string, a Python dictionary as header, the elements.
///
/// Versions 1 to 3 are read, version 1 is written; little-endian, row-major.
public enum NPY {
    private static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)
    /// The longest header that is read, in bytes: real ones have about 100.
    private static let longestHeader = 1 << 16
    /// The elements begin at a multiple of this, as NumPy lays them out.
    private static let alignment = 64

    /// The array as an NPY file.
    public static func encode(_ array: NumericArray) -> [UInt8] {
        precondition(array.shape.count <= 64, "NumPy has no arrays of \(array.shape.count) dimensions")
        let dimensions = array.shape.map(String.init).joined(separator: ", ") + (array.shape.count == 1 ? "," : "")
        let type = array.elementType.numpyName
        var header = Array("{'descr': '\(type)', 'fortran_order': False, 'shape': (\(dimensions)), }".utf8)
        let start = magic.count + 4
        while !(start + header.count + 1).isMultiple(of: alignment) { header.append(UInt8(ascii: " ")) }
        header.append(UInt8(ascii: "\n"))
        let length = UInt16(header.count)
        return magic + [1, 0, UInt8(truncatingIfNeeded: length), UInt8(length >> 8)] + header + array.bytes
    }

    /// Values as an NPY file, by default with one axis.
    public static func encode<Element: NumericElement>(_ values: [Element], shape: [Int]? = nil) -> [UInt8] {
        encode(NumericArray(values, shape: shape))
    }

    /// - Parameter name: the file's name, for errors.
    /// - Throws: `FileFormatError` if the header is not a description of an array, the element type or order is not
    ///   supported, or the elements do not fit the file's size.
    public static func decode(_ bytes: [UInt8], name: String) throws -> NumericArray {
        var reader = ByteReader(bytes, file: name)
        guard reader.remaining >= magic.count, try reader.slice(magic.count, "the magic string").elementsEqual(magic)
        else { throw reader.error("an NPY file begins with \\x93NUMPY", at: 0, advice: "is this an NPY file?") }
        let version = try reader.byte("the version")
        guard (1...3).contains(version) else { throw reader.error("version \(version) is unknown", at: magic.count) }
        _ = try reader.byte("the minor version")
        let length =
            version == 1
            ? Int(try reader.littleEndian(UInt16.self, "the header's length"))
            : Int(try reader.littleEndian(UInt32.self, "the header's length"))
        guard length <= longestHeader, length <= reader.remaining else {
            throw reader.error(
                "the header's length is given as \(length) bytes, "
                    + (length > longestHeader ? "\(longestHeader) are allowed" : "but \(reader.remaining) follow"),
                at: magic.count + 2)
        }
        let dataStart = reader.offset + length
        let header = try NPYHeader(from: &reader, end: dataStart)
        let size = try reader.size(ofShape: header.shape, elementSize: header.elementType.size)
        guard size == reader.remaining else {
            throw reader.error(
                "elements of shape \(header.shape) take \(size) bytes, but \(reader.remaining) follow",
                advice: size > reader.remaining ? "the file is truncated" : "the header is damaged")
        }
        return NumericArray(
            elementType: header.elementType, shape: header.shape, bytes: try reader.array(size, "the elements"))
    }
}

/// The Python dictionary of an NPY file: `{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }`.
private struct NPYHeader {
    let elementType: ElementType
    let shape: [Int]

    init(from reader: inout ByteReader, end: Int) throws {
        var (type, isFortran, shape): (ElementType?, Bool?, [Int]?) = (nil, nil, nil)
        try reader.expect("{")
        while !reader.accept("}") {
            let start = reader.offset
            let key = try reader.pythonString()
            try reader.expect(":")
            switch key {
            case "descr" where type == nil: type = try reader.numpyType()
            case "fortran_order" where isFortran == nil: isFortran = try reader.pythonBoolean()
            case "shape" where shape == nil: shape = try reader.pythonTuple()
            default: throw reader.error("the header's key '\(key)' is unknown or given twice", at: start)
            }
            if !reader.accept(",") {
                try reader.expect("}")
                break
            }
        }
        reader.skipSpace()
        guard let type, let isFortran, let shape, reader.offset == end else {
            throw reader.error("the header should give descr, fortran_order and shape, and end at byte \(end)")
        }
        guard !isFortran else {
            throw reader.error(
                "the array is stored column by column", advice: "save numpy.ascontiguousarray(array) instead")
        }
        (elementType, self.shape) = (type, shape)
    }
}

extension ByteReader {
    fileprivate mutating func skipSpace() {
        while next == UInt8(ascii: " ") || next == UInt8(ascii: "\n") { _ = try? byte("a space") }
    }

    /// Skips white space, then `character` if it follows.
    fileprivate mutating func accept(_ character: Unicode.Scalar) -> Bool {
        skipSpace()
        guard next == UInt8(ascii: character) else { return false }
        return (try? byte("a character")) != nil
    }

    fileprivate mutating func expect(_ character: Unicode.Scalar) throws {
        guard accept(character) else { throw error("expected \"\(character)\" in the header") }
    }

    fileprivate mutating func pythonString() throws -> String {
        let quote: Unicode.Scalar = accept("\"") ? "\"" : "'"
        if quote == "'" { try expect(quote) }
        return String(decoding: try slice(upTo: UInt8(ascii: quote), "a string in the header"), as: UTF8.self)
    }

    fileprivate mutating func pythonBoolean() throws -> Bool {
        skipSpace()
        let isTrue = next == UInt8(ascii: "T")
        let start = offset
        let word = isTrue ? "True" : "False"
        guard remaining >= word.utf8.count, try slice(word.utf8.count, "True or False").elementsEqual(word.utf8) else {
            throw error("expected True or False in the header", at: start)
        }
        return isTrue
    }

    fileprivate mutating func pythonTuple() throws -> [Int] {
        var values: [Int] = []
        try expect("(")
        while !accept(")") {
            skipSpace()
            let start = offset
            var digits = ""
            while let byte = next, byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") {
                digits.unicodeScalars.append(Unicode.Scalar(byte))
                try skip(1, "a digit")
            }
            guard let value = Int(digits) else { throw error("expected a dimension in the header", at: start) }
            values.append(value)
            if !accept(",") {
                try expect(")")
                break
            }
        }
        return values
    }

    fileprivate mutating func numpyType() throws -> ElementType {
        skipSpace()
        let start = offset
        guard next != UInt8(ascii: "[") else {
            throw error("arrays of records are not supported", advice: "save each field as an array of its own")
        }
        let name = try pythonString()
        guard let type = ElementType.allCases.first(where: { $0.numpyName == name }) else {
            throw error(
                "the element type '\(name)' is not supported", at: start,
                advice: name.hasPrefix(">")
                    ? "save array.astype('<\(name.dropFirst())') instead" : "save array.astype('<f4') instead")
        }
        return type
    }
}

extension ElementType {
    fileprivate var numpyName: String {
        switch self {
        case .float32: "<f4"
        case .float64: "<f8"
        case .int8: "|i1"
        case .int16: "<i2"
        case .int32: "<i4"
        case .int64: "<i8"
        case .uint8: "|u1"
        case .uint16: "<u2"
        case .uint32: "<u4"
        case .uint64: "<u8"
        }
    }
}
