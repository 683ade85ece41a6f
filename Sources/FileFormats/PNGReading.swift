internal import CPNG

extension PNG {
    /// Reads an image of any PNG kind as 8-bit samples: grey as 1 channel, colours and palettes as 3, anything with
    /// opacity as 4.
    ///
    /// - Parameter name: the file's name, for errors.
    /// - Throws: `FileFormatError` with the offset for a chunk that is damaged, an image too large for the file's
    ///   size, or data that libpng refuses.
    public static func decode(_ bytes: [UInt8], name: String) throws -> PNGImage {
        let chunks = try PNGChunks(bytes, name: name)
        let pixels = try pixels(of: bytes, header: chunks, name: name)
        return PNGImage(
            width: chunks.width, height: chunks.height, channels: chunks.channels, pixels: pixels, text: chunks.text)
    }

    /// Decodes by libpng's simplified interface, which catches its own `longjmp`s, so that none crosses Swift code.
    private static func pixels(of bytes: [UInt8], header: PNGChunks, name: String) throws -> [UInt8] {
        var image = png_image()
        image.version = UInt32(PNG_IMAGE_VERSION)
        defer { png_image_free(&image) }
        func failure() -> FileFormatError {
            let message = withUnsafeBytes(of: image.message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
            return FileFormatError(
                file: name, place: .offset(header.dataOffset), problem: "the image data is damaged (\(message))",
                advice: "fetch or make the file again")
        }
        return try bytes.withUnsafeBytes { source in
            guard png_image_begin_read_from_memory(&image, source.baseAddress, source.count) != 0 else {
                throw failure()
            }
            // Without this, libpng takes 16-bit samples for linear light.
            image.flags |= UInt32(PNG_IMAGE_FLAG_16BIT_sRGB)
            image.format =
                header.channels == 1
                ? UInt32(PNG_FORMAT_GRAY)
                : header.channels == 3 ? UInt32(PNG_FORMAT_RGB) : UInt32(PNG_FORMAT_RGB | PNG_FORMAT_FLAG_ALPHA)
            let rowSize = header.width * header.channels
            guard let stride = Int32(exactly: rowSize), image.width == header.width, image.height == header.height
            else { throw failure() }
            var isComplete = false
            let pixels = [UInt8](unsafeUninitializedCapacity: rowSize * header.height) { buffer, count in
                isComplete = png_image_finish_read(&image, nil, buffer.baseAddress, stride, nil) != 0
                count = isComplete ? rowSize * header.height : 0
            }
            guard isComplete else { throw failure() }
            return pixels
        }
    }
}

/// What a walk over a PNG file's chunks finds: sizes to check before anything is allocated, and the texts.
private struct PNGChunks {
    private(set) var width = 0
    private(set) var height = 0
    private(set) var channels = 0
    private(set) var text: [(keyword: String, text: String)] = []
    /// Where the image data begins.
    private(set) var dataOffset = 0

    init(_ bytes: [UInt8], name: String) throws {
        var reader = ByteReader(bytes, file: name, ratio: Gzip.largestRatio)
        guard bytes.starts(with: PNG.signature) else {
            throw reader.error("a PNG file begins with \\x89PNG", advice: "is this a PNG file?")
        }
        try reader.skip(PNG.signature.count, "the signature")
        while true {
            let start = reader.offset
            let length = try reader.bigEndian(UInt32.self, "a chunk's length")
            guard length <= UInt32(Int32.max) else { throw reader.error("a chunk of \(length) bytes", at: start) }
            let type = Array(try reader.slice(4, "a chunk's type"))
            let kind = String(decoding: type, as: UTF8.self)
            let body = try reader.slice(Int(length), "the chunk \(kind)")
            let checksum = try reader.bigEndian(UInt32.self, "a chunk's checksum")
            guard checksum == Zlib.checksum(type[...], body) else {
                throw reader.error(
                    "the checksum of the chunk \(kind) is wrong", at: start, advice: "the file is damaged")
            }
            guard (width > 0) != (kind == "IHDR") else {
                throw reader.error("the chunk \(kind) is out of place", at: start)
            }
            switch kind {
            case "IHDR": try readHeader(body, name: name)
            case "tRNS": channels = 4
            case "IDAT" where dataOffset == 0: dataOffset = start
            case "tEXt", "zTXt", "iTXt": text.append(try readText(kind, body, &reader))
            case "IEND":
                guard dataOffset > 0 else { throw reader.error("there is no image data", at: start) }
                let size = try reader.size(ofShape: [height, width, channels], elementSize: 1)
                try reader.reserve(size, for: "an image of \(width) × \(height) pixels")
                return
            default: break
            }
        }
    }

    private mutating func readHeader(_ body: ArraySlice<UInt8>, name: String) throws {
        func wrong(_ problem: String) -> FileFormatError {
            FileFormatError(file: name, place: .offset(body.startIndex), problem: problem)
        }
        guard body.count == 13 else { throw wrong("the header has \(body.count) bytes, not 13") }
        var reader = ByteReader(Array(body), file: name)
        width = Int(try reader.bigEndian(UInt32.self, "the width"))
        height = Int(try reader.bigEndian(UInt32.self, "the height"))
        _ = try reader.byte("the bit depth")
        let colourType = try reader.byte("the colour type")
        guard (1...Int(Int32.max)).contains(width), (1...Int(Int32.max)).contains(height) else {
            throw wrong("the image is given as \(width) × \(height) pixels")
        }
        switch colourType {
        case 0: channels = 1
        case 2, 3: channels = 3
        case 4, 6: channels = 4
        default: throw wrong("the colour type \(colourType) is unknown")
        }
    }

    private func readText(
        _ kind: String, _ body: ArraySlice<UInt8>, _ reader: inout ByteReader
    ) throws -> (keyword: String, text: String) {
        func wrong(_ problem: String) -> FileFormatError {
            reader.error("the chunk \(kind) " + problem, at: body.startIndex)
        }
        var rest = body
        func field() throws -> ArraySlice<UInt8> {
            guard let end = rest.firstIndex(of: 0) else { throw wrong("has no zero byte behind its keyword") }
            defer { rest = rest[(end + 1)...] }
            return rest[..<end]
        }
        let keyword = latin1(try field())
        if kind == "tEXt" { return (keyword, latin1(rest)) }

        var isCompressed = true
        if kind == "iTXt" {
            guard let flag = rest.popFirst(), flag <= 1 else { throw wrong("has no compression flag") }
            isCompressed = flag == 1
        }
        guard let method = rest.popFirst(), !isCompressed || method == 0 else {
            throw wrong("has no known compression method")
        }
        if kind == "iTXt" {
            _ = try field()
            _ = try field()
        }
        let plain =
            isCompressed
            ? try Zlib.inflate(rest, wrapping: .zlib, name: reader.file, limit: reader.budget).output[...] : rest
        try reader.reserve(plain.count, for: "the chunk \(kind)")
        if kind == "zTXt" { return (keyword, latin1(plain)) }
        guard let text = String(validating: plain, as: UTF8.self) else { throw wrong("is not UTF-8") }
        return (keyword, text)
    }

    private func latin1(_ bytes: ArraySlice<UInt8>) -> String {
        String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
    }
}
