internal import FileFormats

/// Lines of comma-separated fields that end in a checksum of themselves, so that one which was cut short or damaged is
/// known from one that was written.
enum CheckedLine {
    static func encode(_ fields: [String]) -> [UInt8] {
        let text = Array(fields.joined(separator: ",").utf8)
        return text + Array(",\(CRC32(of: text).text)\n".utf8)
    }

    /// The fields of each whole line, without its checksum; nil for a damaged line.
    static func decode(_ bytes: [UInt8]) -> [[Substring]?] {
        bytes.split(separator: UInt8(ascii: "\n")).map { line in
            guard let comma = line.lastIndex(of: UInt8(ascii: ",")) else { return nil }
            let text = Array(line[..<comma])
            guard line[line.index(after: comma)...].elementsEqual(CRC32(of: text).text.utf8) else { return nil }
            return String(decoding: text, as: UTF8.self).split(separator: ",", omittingEmptySubsequences: false)
        }
    }
}
