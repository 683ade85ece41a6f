/// Compressed files as `gzip` writes them (RFC 1952).
public enum Gzip {
    /// Output may exceed the input this many times once it exceeds 64 MiB: bombs do, data does not.
    public static let largestRatio = 200

    /// Whether the bytes begin as a gzip file does.
    public static func isCompressed(_ bytes: [UInt8]) -> Bool {
        bytes.starts(with: [0x1F, 0x8B])
    }

    /// - Parameters:
    ///   - name: the file's name, for errors.
    ///   - limit: the largest output in bytes; by default 200 times the input, and 64 MiB at least.
    /// - Throws: `FileFormatError` with the offset if the data is damaged, ends too soon, or exceeds the limit.
    public static func decompress(_ bytes: [UInt8], name: String, limit: Int? = nil) throws -> [UInt8] {
        let reader = ByteReader(bytes, file: name, ratio: largestRatio)
        let limit = limit ?? reader.budget
        var output: [UInt8] = []
        var rest = bytes[...]
        repeat {
            let member = try Zlib.inflate(rest, wrapping: .gzip, name: name, limit: limit - output.count)
            if output.isEmpty { output = member.output } else { output += member.output }
            rest = bytes[member.end...]
        } while rest.starts(with: [0x1F, 0x8B])
        // gzip pads with zeros when it writes to tapes.
        guard rest.allSatisfy({ $0 == 0 }) else {
            throw reader.error("something follows the compressed data", at: rest.startIndex)
        }
        return output
    }

    /// The bytes compressed, without a name or time, so that equal inputs give equal outputs.
    ///
    /// - Parameter level: 0 (stored) to 9 (smallest).
    public static func compress(_ bytes: [UInt8], level: Int = 6) -> [UInt8] {
        Zlib.deflate(bytes, wrapping: .gzip, level: level)
    }
}
