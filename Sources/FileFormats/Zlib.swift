internal import CZlib

/// Deflate streams (RFC 1951), bare or in zlib's (RFC 1950) or gzip's (RFC 1952) wrapping.
enum Zlib {
    enum Wrapping: Int32 {
        case zlib = 15
        /// 16 added to the window's size makes zlib write and expect gzip's header and trailer.
        case gzip = 31
        /// A negative size: neither header nor checksum, as in ZIP archives.
        case raw = -15
    }

    /// The output grows in pieces of this many bytes.
    private static let pieceSize = 256 << 10

    /// - Parameter level: 0 (stored) to 9 (smallest).
    static func deflate(_ input: [UInt8], wrapping: Wrapping, level: Int) -> [UInt8] {
        precondition((0...9).contains(level), "compression level \(level) is not in 0...9")
        var stream = z_stream()
        let status = deflateInit2_(
            &stream, Int32(level), Z_DEFLATED, wrapping.rawValue, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size))
        precondition(status == Z_OK, "deflateInit2 failed with status \(status)")
        defer { deflateEnd(&stream) }

        var output: [UInt8] = []
        var start = 0
        repeat {
            let isLast = input.count - start <= pieceSize
            let end = isLast ? input.count : start + pieceSize
            var finished = false
            repeat {
                let step = advance(&stream, input[start..<end]) { CZlib.deflate(&$0, isLast ? Z_FINISH : Z_NO_FLUSH) }
                start += step.consumed
                output.append(contentsOf: step.produced)
                finished = isLast ? step.status == Z_STREAM_END : start == end
            } while !finished
        } while start < input.count
        return output
    }

    /// Decompresses the stream that `input` begins with.
    ///
    /// - Parameters:
    ///   - input: a part of a file, indexed by the file's offsets.
    ///   - name: the file's name, for errors.
    ///   - limit: the largest output, in bytes.
    /// - Returns: the output and the offset behind the stream.
    /// - Throws: `FileFormatError` at the offset where the stream is damaged, ends too soon, or exceeds `limit`.
    static func inflate(
        _ input: ArraySlice<UInt8>, wrapping: Wrapping, name: String, limit: Int
    ) throws -> (output: [UInt8], end: Int) {
        var stream = z_stream()
        let status = inflateInit2_(
            &stream, wrapping.rawValue, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        precondition(status == Z_OK, "inflateInit2 failed with status \(status)")
        defer { inflateEnd(&stream) }

        var output: [UInt8] = []
        var offset = input.startIndex
        while true {
            let end = min(input.endIndex, offset + pieceSize)
            let step = advance(&stream, input[offset..<end]) { CZlib.inflate(&$0, Z_NO_FLUSH) }
            offset += step.consumed
            func error(_ problem: String, advice: String) -> FileFormatError {
                FileFormatError(file: name, place: .offset(offset), problem: problem, advice: advice)
            }
            guard output.count + step.produced.count <= limit else {
                throw error(
                    "the compressed data gives more than \(limit) bytes",
                    advice: "if the file can be trusted, decompress it first")
            }
            output.append(contentsOf: step.produced)
            switch step.status {
            case Z_STREAM_END: return (output, offset)
            case Z_OK where step.consumed > 0 || !step.produced.isEmpty: continue
            case Z_OK, Z_BUF_ERROR:
                throw error("the compressed data does not end", advice: "the file is truncated")
            default:
                throw error(
                    "the compressed data is damaged (\(stream.msg.map { String(cString: $0) } ?? "\(step.status)"))",
                    advice: "fetch the file again")
            }
        }
    }

    /// CRC-32 as in PNG's chunks and gzip's trailer.
    static func checksum(_ parts: ArraySlice<UInt8>...) -> UInt32 {
        var crc: UInt = 0
        for part in parts {
            crc = part.withUnsafeBufferPointer { crc32_z(crc, $0.baseAddress, $0.count) }
        }
        return UInt32(truncatingIfNeeded: crc)
    }

    /// One call of zlib on `input` with room for one piece of output.
    private static func advance(
        _ stream: inout z_stream, _ input: ArraySlice<UInt8>, _ call: (inout z_stream) -> Int32
    ) -> (status: Int32, consumed: Int, produced: [UInt8]) {
        var status = Z_OK
        var consumed = 0
        let produced = [UInt8](unsafeUninitializedCapacity: pieceSize) { buffer, count in
            input.withUnsafeBufferPointer { input in
                // zlib reads through this pointer only, though its type does not say so.
                stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
                stream.avail_in = UInt32(input.count)
                stream.next_out = buffer.baseAddress
                stream.avail_out = UInt32(pieceSize)
                status = call(&stream)
                consumed = input.count - Int(stream.avail_in)
                count = pieceSize - Int(stream.avail_out)
                stream.next_in = nil
                stream.next_out = nil
            }
        }
        return (status, consumed, produced)
    }
}
