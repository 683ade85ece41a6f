import FileFormats
import Testing

struct PNGTests {
    @Test(arguments: [1, 3, 4])
    func `libpng reads back the pixels that were written`(channels: Int) throws {
        // A smooth ramp, repeated rows and noise, so that each filter is chosen somewhere.
        let (width, height) = (37, 24)
        var random = SplitMix(seed: 5)
        let pixels = (0..<width * height * channels).map { index -> UInt8 in
            let (row, column) = (index / (width * channels), index % (width * channels))
            return row < 8
                ? UInt8(column * 2 & 0xFF) : row < 16 ? UInt8(column * 37 & 0xFF) : UInt8(random.index(below: 256))
        }
        let image = PNGImage(width: width, height: height, channels: channels, pixels: pixels)
        for level in [0, 6, 9] {
            let copy = try PNG.decode(PNG.encode(image, compressionLevel: level), name: "copy.png")
            #expect(copy.width == width && copy.height == height && copy.channels == channels)
            #expect(copy.pixels == pixels)
        }
        #expect(try PNG.encode(image) == PNG.encode(image))
    }

    @Test func `texts come back, those beyond Latin-1 too`() throws {
        let texts = [
            ("command", "fledge train cart-pole --seed 7"), ("seed", "7"), ("note", "café\nsecond line"),
            ("unit", "µ → σ², 😀"), ("empty", ""),
        ]
        let image = PNGImage(width: 1, height: 1, channels: 1, pixels: [9], text: texts)
        let file = try PNG.encode(image)
        let copy = try PNG.decode(file, name: "copy.png")
        #expect(copy.text.map(\.keyword) == texts.map(\.0))
        #expect(copy.text.map(\.text) == texts.map(\.1))
        #expect(file.windows(containing: "tEXtcommand") && file.windows(containing: "iTXtunit"))
    }

    @Test(arguments: ["", " space", "αβ", String(repeating: "k", count: 80), "line\nend"])
    func `a keyword that PNG forbids is refused`(keyword: String) {
        let image = PNGImage(width: 1, height: 1, channels: 1, pixels: [9], text: [(keyword, "text")])
        #expect(message { _ = try PNG.encode(image) }.contains("a keyword has 1 to 79"))
    }

    @Test func `palettes, 16 bits and opacity become 8-bit samples`() throws {
        let palette = try PNG.decode(Fixtures.pngPalette, name: "palette")
        let (red, green, blue): ([UInt8], [UInt8], [UInt8]) = ([255, 0, 0], [0, 255, 0], [0, 0, 255])
        #expect(palette.channels == 3)
        #expect(palette.pixels == red + green + blue + blue + green + red)

        let transparent = try PNG.decode(Fixtures.pngTransparentPalette, name: "transparent")
        #expect(transparent.channels == 4)
        #expect(stride(from: 3, to: 24, by: 4).map { transparent.pixels[$0] } == [255, 0, 255, 255, 0, 255])

        #expect(try PNG.decode(Fixtures.pngDeepGrey, name: "deep").pixels == [0, 0x12, 255])
        let texts = try PNG.decode(Fixtures.pngTexts, name: "texts")
        #expect(texts.pixels == [10, 10, 10, 200])
        #expect(texts.text.map(\.text) == ["café", String(repeating: "ab", count: 20), "αβ"])
    }

    @Test func `a wrong checksum is refused at its chunk`() {
        var file = Fixtures.pngPalette
        file[16] ^= 1
        #expect(message { _ = try PNG.decode(file, name: "f") }.hasPrefix("f, byte 8: the checksum of the chunk IHDR"))
    }

    @Test func `a truncated file is refused wherever it ends`() {
        for count in 0..<Fixtures.pngTexts.count {
            let text = message { _ = try PNG.decode(Array(Fixtures.pngTexts.prefix(count)), name: "f") }
            #expect(text.hasPrefix("f, byte "), "\(count) bytes: \(text)")
        }
    }

    @Test func `a small file that declares a huge image is refused before it is allocated`() {
        let file = PNGTests.withValidChecksums(Fixtures.pngPalette) {
            $0.replaceSubrange(16..<24, with: bytes("0001000000010000"))
        }
        #expect(message { _ = try PNG.decode(file, name: "f") }.contains("65536 × 65536 pixels would need"))
    }

    @Test func `compressed data that ends too soon is refused at its chunk`() {
        let file = PNGTests.withValidChecksums(Fixtures.pngPalette) { $0[23] = 9 }
        #expect(message { _ = try PNG.decode(file, name: "f") }.hasPrefix("f, byte 54: the image data is damaged"))
    }

    @Test func `compressed texts may not take more memory than the file warrants`() {
        // zTXt: a keyword, a zero, method 0, then 65 MiB of spaces in zlib's wrapping: gzip's without its 10 bytes of
        // header and 8 of trailer is the bare stream.
        let bare = Gzip.compress([UInt8](repeating: 32, count: 65 << 20)).dropFirst(10).dropLast(8)
        let body = Array("k\0\0".utf8) + [0x78, 0x9C] + bare
        let size = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: body.count >> $0) }
        var file = Fixtures.pngPalette
        file.insert(contentsOf: size + Array("zTXt".utf8) + body + [0, 0, 0, 0], at: 33)
        let text = message { _ = try PNG.decode(PNGTests.withValidChecksums(file) { _ in }, name: "f") }
        #expect(text.contains("the compressed data gives more than"), "\(text)")
    }

    /// The file after `change`, with the checksums of its chunks made right again, as far as chunks can be made out.
    static func withValidChecksums(_ file: [UInt8], after change: (inout [UInt8]) -> Void) -> [UInt8] {
        var changed = file
        change(&changed)
        var start = 8
        while start + 12 <= changed.count {
            let length = changed[start..<start + 4].reduce(0) { $0 << 8 | Int($1) }
            let end = start + 8 + length
            guard end + 4 <= changed.count else { break }
            var crc: UInt32 = .max
            for byte in changed[start + 4..<end] {
                crc ^= UInt32(byte)
                for _ in 0..<8 { crc = crc >> 1 ^ (crc & 1 == 1 ? 0xEDB8_8320 : 0) }
            }
            changed.replaceSubrange(end..<end + 4, with: [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: ~crc >> $0) })
            start = end + 4
        }
        return changed
    }
}

extension [UInt8] {
    fileprivate func windows(containing text: String) -> Bool {
        indices.contains { self[$0...].starts(with: text.utf8) }
    }
}
