/// Portable Network Graphics (ISO/IEC 15948), 8 bits a sample.
///
/// Reading takes libpng (`PNGReading.swift`). Writing does not: libpng's writer for text chunks reports errors by
/// `longjmp`, which must not cross Swift code, and a writer is a few lines over zlib.
public enum PNG {
    static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    /// What is compressed: the differences from the neighbour that leaves the smallest ones, which suits photographs, or
    /// the samples themselves, which suits drawings, whose flat colours repeat more often than differences do.
    public enum Filter: Sendable { case adaptive, none }

    /// The image as a PNG file. Equal images give equal bytes.
    ///
    /// - Parameter compressionLevel: 0 (stored) to 9 (smallest).
    /// - Throws: `FileFormatError` if the image is wider or higher than PNG can say, or a keyword or text cannot be
    ///   written.
    public static func encode(
        _ image: PNGImage, compressionLevel: Int = 6, filter: Filter = .adaptive
    ) throws -> [UInt8] {
        guard let width = Int32(exactly: image.width), let height = Int32(exactly: image.height) else {
            throw FileFormatError(file: "PNG", problem: "\(image.width) × \(image.height) pixels are too many")
        }
        let colourType: UInt8 = image.channels == 1 ? 0 : image.channels == 3 ? 2 : 6
        var file = signature
        append("IHDR", bigEndianBytes(width) + bigEndianBytes(height) + [8, colourType, 0, 0, 0], to: &file)
        for (keyword, text) in image.text {
            let (type, body) = try textChunk(keyword: keyword, text: text)
            append(type, body, to: &file)
        }
        let rows = filter == .none ? unfiltered(image) : filtered(image)
        append("IDAT", Zlib.deflate(rows, wrapping: .zlib, level: compressionLevel), to: &file)
        append("IEND", [], to: &file)
        return file
    }

    static func append(_ type: String, _ body: [UInt8], to file: inout [UInt8]) {
        file += bigEndianBytes(Int32(body.count))
        let start = file.count
        file += Array(type.utf8)
        file += body
        file += bigEndianBytes(Int32(bitPattern: Zlib.checksum(file[start...])))
    }

    static func bigEndianBytes(_ value: Int32) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
    }

    // MARK: Text

    /// A `tEXt` chunk where Latin-1 suffices, an `iTXt` chunk (UTF-8) otherwise.
    static func textChunk(keyword: String, text: String) throws -> (type: String, body: [UInt8]) {
        guard let name = latin1(keyword), (1...79).contains(name.count), name.first != 32, name.last != 32 else {
            throw FileFormatError(
                file: "PNG", place: .part(keyword),
                problem: "a keyword has 1 to 79 printable characters of Latin-1 and no space at its ends")
        }
        guard !text.utf8.contains(0) else {
            throw FileFormatError(file: "PNG", place: .part(keyword), problem: "the text contains a zero byte")
        }
        if let body = latin1(text, allowing: [10]) { return ("tEXt", name + [0] + body) }
        // Not compressed, no language, no translated keyword.
        return ("iTXt", name + [0, 0, 0, 0, 0] + Array(text.utf8))
    }

    /// The printable Latin-1 bytes of `text`; nil if it has other characters.
    private static func latin1(_ text: String, allowing controls: Set<UInt8> = []) -> [UInt8]? {
        var bytes: [UInt8] = []
        for scalar in text.unicodeScalars {
            guard let byte = UInt8(exactly: scalar.value),
                (32...126).contains(byte) || byte >= 161 || controls.contains(byte)
            else { return nil }
            bytes.append(byte)
        }
        return bytes
    }

    // MARK: Filters

    private static func unfiltered(_ image: PNGImage) -> [UInt8] {
        let rowSize = image.width * image.channels
        var output: [UInt8] = []
        output.reserveCapacity(image.height * (rowSize + 1))
        for start in stride(from: 0, to: image.height * rowSize, by: rowSize) {
            output.append(0)
            output += image.pixels[start..<start + rowSize]
        }
        return output
    }

    /// The rows, each behind the number of its filter: None, Sub or Up, whichever leaves the smallest sum of absolute
    /// differences (the heuristic of the PNG specification, section 12.8); on a tie the one named first. A row that
    /// repeats the one above takes Up at once, which saves most of the work on figures.
    private static func filtered(_ image: PNGImage) -> [UInt8] {
        let rowSize = image.width * image.channels
        var output: [UInt8] = []
        output.reserveCapacity(image.height * (rowSize + 1))
        for row in 0..<image.height {
            let start = row * rowSize
            if row > 0, repeatsRowAbove(image.pixels, start: start, rowSize: rowSize) {
                output.append(2)
                output.append(contentsOf: repeatElement(0, count: rowSize))
                continue
            }
            var sums = (none: 0, sub: 0, up: 0)
            for column in 0..<rowSize {
                let sample = image.pixels[start + column]
                let left = column < image.channels ? 0 : image.pixels[start + column - image.channels]
                let above = row == 0 ? 0 : image.pixels[start + column - rowSize]
                sums.none += magnitude(sample)
                sums.sub += magnitude(sample &- left)
                sums.up += magnitude(sample &- above)
            }
            if sums.none <= min(sums.sub, sums.up) {
                output.append(0)
                output += image.pixels[start..<start + rowSize]
            } else if sums.sub <= sums.up {
                output.append(1)
                output += image.pixels[start..<start + image.channels]
                for index in start + image.channels..<start + rowSize {
                    output.append(image.pixels[index] &- image.pixels[index - image.channels])
                }
            } else {
                output.append(2)
                for index in start..<start + rowSize {
                    output.append(image.pixels[index] &- image.pixels[index - rowSize])
                }
            }
        }
        return output
    }

    private static func repeatsRowAbove(_ pixels: [UInt8], start: Int, rowSize: Int) -> Bool {
        for index in start..<start + rowSize where pixels[index] != pixels[index - rowSize] { return false }
        return true
    }

    /// The size of a difference modulo 256 read as a signed byte.
    private static func magnitude(_ difference: UInt8) -> Int {
        Int(min(difference, 0 &- difference))
    }
}
