/// Named arrays and text in one file (Hugging Face, 2022): the length of a JSON header as 8 bytes, the header, the data.
///
/// Header entries are written in the order given. The data is laid out by falling element size, so that each array is
/// aligned for its type; equal contents give equal bytes.
public enum Safetensors {
    public struct Tensor: Sendable, Equatable {
        public var name: String
        public var array: NumericArray

        public init(name: String, array: NumericArray) {
            self.name = name
            self.array = array
        }
    }

    /// One entry of the header's `__metadata__`.
    public struct Metadata: Sendable, Equatable {
        public var name: String
        public var text: String

        public init(name: String, text: String) {
            self.name = name
            self.text = text
        }
    }

    /// What a file holds, in the header's order.
    public struct Contents: Sendable, Equatable {
        public var tensors: [Tensor]
        public var metadata: [Metadata]

        public init(tensors: [Tensor] = [], metadata: [Metadata] = []) {
            self.tensors = tensors
            self.metadata = metadata
        }
    }

    /// The longest header that the format allows, in bytes.
    public static let longestHeader = 100_000_000
    static let metadataName = "__metadata__"
    /// The header is padded with spaces so that the data begins at a multiple of this.
    private static let alignment = 8

    /// - Throws: `FileFormatError` if a name is used twice, or the header is too long.
    public static func encode(_ contents: Contents) throws -> [UInt8] {
        try checkNames(contents)
        let layout = contents.tensors.indices.sorted {
            let (a, b) = (contents.tensors[$0].array.elementType.size, contents.tensors[$1].array.elementType.size)
            return (b, $0) < (a, $1)
        }
        var starts = [Int](repeating: 0, count: contents.tensors.count)
        var size = 0
        for index in layout {
            starts[index] = size
            size += contents.tensors[index].array.bytes.count
        }

        var header = Array(headerText(contents, starts: starts).utf8)
        while !header.count.isMultiple(of: alignment) { header.append(UInt8(ascii: " ")) }
        guard header.count <= longestHeader else {
            throw FileFormatError(
                file: "safetensors", problem: "the header takes \(header.count) bytes, \(longestHeader) are allowed")
        }

        var bytes: [UInt8] = []
        bytes.reserveCapacity(8 + header.count + size)
        for shift in stride(from: 0, to: 64, by: 8) {
            bytes.append(UInt8(truncatingIfNeeded: UInt64(header.count) >> UInt64(shift)))
        }
        bytes.append(contentsOf: header)
        for index in layout { bytes.append(contentsOf: contents.tensors[index].array.bytes) }
        return bytes
    }

    /// - Parameter name: the file's name, for errors.
    /// - Throws: `FileFormatError` unless the header is JSON of at most 100 MB, names each array once, and the arrays
    ///   cover the data without gap or overlap.
    public static func decode(_ bytes: [UInt8], name: String) throws -> Contents {
        var reader = ByteReader(bytes, file: name)
        let length = try reader.littleEndian(UInt64.self, "the header's length")
        guard length <= UInt64(longestHeader) else {
            throw reader.error(
                "the header's length is given as \(length) bytes, \(longestHeader) are allowed", at: 0,
                advice: "is this a safetensors file?")
        }
        guard Int(length) <= reader.remaining else {
            throw reader.error(
                "the header's length is given as \(length) bytes, but only \(reader.remaining) follow", at: 0,
                advice: "the file is truncated or damaged")
        }
        guard reader.next == UInt8(ascii: "{") else { throw reader.error("the header does not begin with {") }
        let dataStart = 8 + Int(length)
        // The header is read on its own: data may begin with bytes that look like white space after it.
        var headerReader = ByteReader(Array(bytes[..<dataStart]), file: name)
        try headerReader.skip(8, "the header's length")
        guard case .object(let members) = try JSONValue(from: &headerReader), headerReader.offset == dataStart else {
            throw headerReader.error("the header should end at byte \(dataStart)")
        }
        try reader.skip(Int(length), "the header")

        var contents = Contents()
        var places: [Place] = []
        for member in members {
            if member.name == metadataName {
                contents.metadata = try metadata(member, reader)
            } else {
                places.append(try Place(member, reader))
            }
        }
        try checkCover(places, dataStart: dataStart, reader)
        for place in places {
            reader.rewind(to: dataStart)
            try reader.skip(place.start, "the arrays before \"\(place.name)\"")
            let data = try reader.array(place.end - place.start, "the array \"\(place.name)\"")
            let array = NumericArray(elementType: place.elementType, shape: place.shape, bytes: data)
            contents.tensors.append(Tensor(name: place.name, array: array))
        }
        return contents
    }

    private static func checkNames(_ contents: Contents) throws {
        var names: Set<String> = [metadataName]
        for tensor in contents.tensors where !names.insert(tensor.name).inserted {
            throw FileFormatError(
                file: "safetensors", place: .part(tensor.name), problem: "the name is used twice or reserved")
        }
        names = []
        for entry in contents.metadata where !names.insert(entry.name).inserted {
            throw FileFormatError(file: "safetensors", place: .part(entry.name), problem: "the name is used twice")
        }
    }

    private static func headerText(_ contents: Contents, starts: [Int]) -> String {
        var entries: [String] = []
        if !contents.metadata.isEmpty {
            let texts = contents.metadata.map { JSONValue.quoted($0.name) + ":" + JSONValue.quoted($0.text) }
            entries.append("\"\(metadataName)\":{" + texts.joined(separator: ",") + "}")
        }
        for (tensor, start) in zip(contents.tensors, starts) {
            let shape = tensor.array.shape.map(String.init).joined(separator: ",")
            let end = start + tensor.array.bytes.count
            entries.append(
                JSONValue.quoted(tensor.name) + ":{\"dtype\":\"\(tensor.array.elementType.safetensorsName)\","
                    + "\"shape\":[\(shape)],\"data_offsets\":[\(start),\(end)]}")
        }
        return "{" + entries.joined(separator: ",") + "}"
    }

    private static func metadata(_ member: JSONValue.Member, _ reader: ByteReader) throws -> [Metadata] {
        guard case .object(let entries) = member.value else {
            throw reader.error("\(metadataName) is not an object", at: member.offset)
        }
        return try entries.map { entry in
            guard case .string(let text) = entry.value else {
                throw reader.error("the metadata \"\(entry.name)\" is not a string", at: entry.offset)
            }
            return Metadata(name: entry.name, text: text)
        }
    }

    private static func checkCover(_ places: [Place], dataStart: Int, _ reader: ByteReader) throws {
        var covered = 0
        for place in places.sorted(by: { ($0.start, $0.end) < ($1.start, $1.end) }) {
            guard place.start == covered else {
                throw reader.error(
                    "the array \"\(place.name)\" begins at data byte \(place.start), "
                        + (place.start < covered ? "inside another, which ends" : "but the one before it ends")
                        + " at \(covered)",
                    at: place.headerOffset)
            }
            covered = place.end
        }
        guard dataStart + covered == reader.count else {
            let excess = reader.count - dataStart - covered
            throw reader.error(
                excess > 0
                    ? "the arrays end here, but the file has \(excess) more bytes"
                    : "the file was cut short: its arrays need \(-excess) more bytes",
                at: min(dataStart + covered, reader.count))
        }
    }
}

/// A header entry, checked by itself: where an array lies in the data.
private struct Place {
    let name: String
    let headerOffset: Int
    let elementType: ElementType
    let shape: [Int]
    let start: Int
    let end: Int

    init(_ member: JSONValue.Member, _ reader: ByteReader) throws {
        func wrong(_ problem: String) -> FileFormatError {
            reader.error("the array \"\(member.name)\" " + problem, at: member.offset)
        }
        guard case .object(let fields) = member.value else { throw wrong("has no description") }
        func field(_ name: String) throws -> JSONValue {
            guard let field = fields.first(where: { $0.name == name }) else { throw wrong("has no \"\(name)\"") }
            return field.value
        }
        func integers(_ name: String) throws -> [Int] {
            guard case .array(let values) = try field(name) else { throw wrong("has no list as \"\(name)\"") }
            return try values.map { value in
                guard case .number(let text) = value, let integer = Int(text), integer >= 0 else {
                    throw wrong("has something other than a size in \"\(name)\"")
                }
                return integer
            }
        }
        guard case .string(let typeName) = try field("dtype") else { throw wrong("has no \"dtype\"") }
        guard let type = ElementType.allCases.first(where: { $0.safetensorsName == typeName }) else {
            throw wrong("has the element type \(typeName), which is not supported")
        }
        if let stranger = fields.first(where: { !["dtype", "shape", "data_offsets"].contains($0.name) }) {
            throw wrong("has an unknown field \"\(stranger.name)\"")
        }
        let offsets = try integers("data_offsets")
        guard offsets.count == 2, offsets[0] <= offsets[1] else { throw wrong("has data_offsets \(offsets)") }
        let shape = try integers("shape")
        let size = try reader.size(ofShape: shape, elementSize: type.size, at: member.offset)
        guard size == offsets[1] - offsets[0] else {
            throw wrong("of shape \(shape) takes \(size) bytes, but its data_offsets are \(offsets)")
        }
        (name, headerOffset, elementType, self.shape) = (member.name, member.offset, type, shape)
        (start, end) = (offsets[0], offsets[1])
    }
}

extension ElementType {
    fileprivate var safetensorsName: String {
        switch self {
        case .float32: "F32"
        case .float64: "F64"
        case .int8: "I8"
        case .int16: "I16"
        case .int32: "I32"
        case .int64: "I64"
        case .uint8: "U8"
        case .uint16: "U16"
        case .uint32: "U32"
        case .uint64: "U64"
        }
    }
}
