/// ZIP archives (PKWARE's APPNOTE 6.3), as far as NumPy's NPZ files need them: stored or deflated members, of more than
/// 4 GiB too.
enum ZIP {
    /// The members in the order of the archive's directory.
    ///
    /// - Parameter name: the file's name, for errors.
    /// - Throws: `FileFormatError` with the offset if the directory or a member is damaged, encrypted, or compressed
    ///   otherwise.
    static func decode(_ bytes: [UInt8], name: String) throws -> [(name: String, bytes: [UInt8])] {
        var directory = ZIPDirectory(bytes, name: name)
        var budget = ByteReader(bytes, file: name, ratio: Gzip.largestRatio)
        return try directory.entries().map { entry in
            try budget.reserve(entry.size, for: "the member \(entry.name)")
            return (entry.name, try content(of: entry, in: bytes, name: name))
        }
    }

    private static func content(of entry: ZIPEntry, in bytes: [UInt8], name: String) throws -> [UInt8] {
        var reader = ByteReader(bytes, file: name)
        func damaged(_ problem: String) -> FileFormatError {
            reader.error(
                "the member \(entry.name) " + problem, at: entry.headerOffset, advice: "fetch or make the file again")
        }
        try reader.skip(entry.headerOffset, "what is in front of the member \(entry.name)")
        guard try reader.littleEndian(UInt32.self, "a member's header") == 0x0403_4B50 else {
            throw damaged("is not where the directory says")
        }
        try reader.skip(22, "a member's header")
        let nameLength = Int(try reader.littleEndian(UInt16.self, "a name's length"))
        let extraLength = Int(try reader.littleEndian(UInt16.self, "a field's length"))
        try reader.skip(nameLength + extraLength, "a member's name")
        let packed = try reader.slice(entry.packedSize, "the member \(entry.name)")
        let content: [UInt8]
        switch entry.method {
        case 0: content = Array(packed)
        case 8: content = try Zlib.inflate(packed, wrapping: .raw, name: name, limit: entry.size).output
        default: throw damaged("is compressed by the method \(entry.method), which is not supported")
        }
        guard content.count == entry.size, CRC32(of: content).value == entry.checksum else {
            throw damaged("does not have the size and the checksum that the directory gives")
        }
        return content
    }
}

/// What the directory says of a member.
private struct ZIPEntry {
    let name: String
    let method: UInt16
    let checksum: UInt32
    let packedSize: Int
    let size: Int
    let headerOffset: Int
}

/// The list of members at the end of an archive.
private struct ZIPDirectory {
    private let bytes: [UInt8]
    private let name: String

    init(_ bytes: [UInt8], name: String) {
        self.bytes = bytes
        self.name = name
    }

    mutating func entries() throws -> [ZIPEntry] {
        var (count, offset) = try place()
        var reader = ByteReader(bytes, file: name)
        guard offset <= UInt64(bytes.count) else {
            throw reader.error("the archive's directory is given behind its end", advice: "the file is truncated")
        }
        try reader.skip(Int(offset), "the members")
        var entries: [ZIPEntry] = []
        while count > 0 {
            entries.append(try entry(&reader))
            count -= 1
        }
        return entries
    }

    /// The number of members and the offset of the first one's entry.
    private func place() throws -> (count: UInt64, offset: UInt64) {
        let smallest = 22
        let missing = FileFormatError(
            file: name, problem: "the archive's directory is missing", advice: "the file is truncated or no ZIP archive"
        )
        guard bytes.count >= smallest else { throw missing }
        let first = max(0, bytes.count - smallest - Int(UInt16.max))
        let end = stride(from: bytes.count - smallest, through: first, by: -1)
            .first { bytes[$0...].starts(with: [0x50, 0x4B, 5, 6]) }
        guard let end else { throw missing }
        var reader = ByteReader(bytes, file: name)
        try reader.skip(end + 10, "the members")
        let count = UInt64(try reader.littleEndian(UInt16.self, "the number of members"))
        try reader.skip(4, "the directory's size")
        let offset = UInt64(try reader.littleEndian(UInt32.self, "the directory's offset"))
        guard count == UInt16.max || offset == UInt32.max else { return (count, offset) }

        // ZIP64: a locator of 20 bytes in front of the end points to a second end with 64-bit numbers.
        guard end >= 20, bytes[(end - 20)...].starts(with: [0x50, 0x4B, 6, 7]) else { return (count, offset) }
        var locator = ByteReader(bytes, file: name)
        try locator.skip(end - 12, "the members")
        let second = try locator.littleEndian(UInt64.self, "the second end's offset")
        guard second < UInt64(bytes.count) else { throw missing }
        var wide = ByteReader(bytes, file: name)
        try wide.skip(Int(second), "the members")
        guard try wide.littleEndian(UInt32.self, "the second end") == 0x0606_4B50 else { throw missing }
        try wide.skip(28, "the second end")
        let wideCount = try wide.littleEndian(UInt64.self, "the number of members")
        try wide.skip(8, "the directory's size")
        return (wideCount, try wide.littleEndian(UInt64.self, "the directory's offset"))
    }

    private func entry(_ reader: inout ByteReader) throws -> ZIPEntry {
        let start = reader.offset
        guard try reader.littleEndian(UInt32.self, "an entry") == 0x0201_4B50 else {
            throw reader.error("the archive's directory is damaged", at: start)
        }
        try reader.skip(4, "an entry's versions")
        let flags = try reader.littleEndian(UInt16.self, "an entry's flags")
        let method = try reader.littleEndian(UInt16.self, "an entry's method")
        try reader.skip(4, "an entry's time")
        let checksum = try reader.littleEndian(UInt32.self, "an entry's checksum")
        var sizes = [UInt64(try reader.littleEndian(UInt32.self, "a packed size"))]
        sizes.insert(UInt64(try reader.littleEndian(UInt32.self, "a size")), at: 0)
        let nameLength = Int(try reader.littleEndian(UInt16.self, "a name's length"))
        let extraLength = Int(try reader.littleEndian(UInt16.self, "a field's length"))
        let commentLength = Int(try reader.littleEndian(UInt16.self, "a comment's length"))
        try reader.skip(8, "an entry's attributes")
        sizes.append(UInt64(try reader.littleEndian(UInt32.self, "a member's offset")))
        let memberName = String(decoding: try reader.slice(nameLength, "a name"), as: UTF8.self)
        guard flags & 1 == 0 else { throw reader.error("the member \(memberName) is encrypted", at: start) }

        let extraEnd = reader.offset + extraLength
        while reader.offset + 4 <= extraEnd {
            let kind = try reader.littleEndian(UInt16.self, "a field's kind")
            let length = Int(try reader.littleEndian(UInt16.self, "a field's length"))
            let next = reader.offset + length
            guard next <= extraEnd else { throw reader.error("a field of an entry is damaged", at: start) }
            // Field 1 has 64 bits for each of size, packed size and offset that did not fit its place.
            if kind == 1 {
                for index in sizes.indices where sizes[index] == UInt32.max && reader.offset + 8 <= next {
                    sizes[index] = try reader.littleEndian(UInt64.self, "a 64-bit size")
                }
            }
            try reader.skip(next - reader.offset, "a field")
        }
        try reader.skip(extraEnd - reader.offset + commentLength, "a comment")
        guard sizes.allSatisfy({ $0 <= UInt64(Int.max / 2) }) else {
            throw reader.error("the member \(memberName) is given an impossible size", at: start)
        }
        return ZIPEntry(
            name: memberName, method: method, checksum: checksum, packedSize: Int(sizes[1]), size: Int(sizes[0]),
            headerOffset: Int(sizes[2]))
    }
}
