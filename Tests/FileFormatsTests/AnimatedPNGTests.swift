import FileFormats
import Foundation
import Testing

@Suite struct `An animated PNG` {
    /// A chunk of the file.
    private struct Chunk {
        var type: String
        var body: [UInt8]
        var isIntact: Bool
    }

    private func chunks(of file: [UInt8]) -> [Chunk] {
        var chunks: [Chunk] = []
        var offset = 8
        while offset + 12 <= file.count {
            let length = number(file[offset..<offset + 4])
            let body = Array(file[offset + 8..<offset + 8 + length])
            let type = Array(file[offset + 4..<offset + 8])
            let sum = number(file[offset + 8 + length..<offset + 12 + length])
            chunks.append(
                Chunk(
                    type: String(decoding: type, as: UTF8.self), body: body,
                    isIntact: Int(CRC32(of: type + body).value) == sum))
            offset += 12 + length
        }
        return chunks
    }

    private func number(_ bytes: some Sequence<UInt8>) -> Int { bytes.reduce(0) { $0 << 8 | Int($1) } }

    /// The frames as a program that knows animations composes them: each frame's rectangle as a PNG of its own, read by
    /// libpng and laid over what was there.
    private func frames(of file: [UInt8]) throws -> (pixels: [[UInt8]], milliseconds: [Int]) {
        let chunks = chunks(of: file)
        let header = chunks[0].body
        let (width, height) = (number(header[0..<4]), number(header[4..<8]))
        var canvas = [UInt8](repeating: 0, count: 3 * width * height)
        var (result, delays): ([[UInt8]], [Int]) = ([], [])
        var control: [UInt8] = []
        for chunk in chunks where ["fcTL", "IDAT", "fdAT"].contains(chunk.type) {
            if chunk.type == "fcTL" {
                control = chunk.body
                continue
            }
            let data = chunk.type == "IDAT" ? chunk.body : Array(chunk.body[4...])
            let (w, h) = (number(control[4..<8]), number(control[8..<12]))
            let (left, top) = (number(control[12..<16]), number(control[16..<20]))
            func encoded(_ type: String, _ body: [UInt8]) -> [UInt8] {
                let bytes = Array(type.utf8) + body
                func four(_ value: UInt32) -> [UInt8] { [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) } }
                return four(UInt32(body.count)) + bytes + four(CRC32(of: bytes).value)
            }
            let png =
                Array(file[..<8]) + encoded("IHDR", Array(control[4..<12]) + [8, 2, 0, 0, 0]) + encoded("IDAT", data)
                + encoded("IEND", [])
            let image = try PNG.decode(png, name: "frame")
            #expect(image.width == w && image.height == h)
            for row in 0..<h {
                for place in 0..<3 * w {
                    canvas[3 * ((top + row) * width + left) + place] = image.pixels[3 * row * w + place]
                }
            }
            result.append(canvas)
            delays.append(number(control[20..<22]))
            #expect(number(control[22..<24]) == 1000)
        }
        return (result, delays)
    }

    private func picture(_ seed: Int) -> [UInt8] {
        var pixels = [UInt8](repeating: 200, count: 3 * 20 * 10)
        for row in 2..<5 {
            for column in seed % 15..<seed % 15 + 4 {
                pixels[3 * (20 * row + column)] = UInt8(10 * (seed % 20))
                pixels[3 * (20 * row + column) + 2] = 7
            }
        }
        return pixels
    }

    @Test func `shows what was put in, frame by frame`() throws {
        var animation = AnimatedPNG(width: 20, height: 10, text: [("Software", "test")])
        let pictures = (0..<12).map { picture(3 * $0) }
        for (index, pixels) in pictures.enumerated() { animation.append(pixels, milliseconds: 40 + index) }
        let (frames, delays) = try frames(of: animation.encoded())
        #expect(frames.count == 12 && delays == (0..<12).map { 40 + $0 })
        for index in 0..<12 { #expect(frames[index] == pictures[index], "frame \(index)") }
    }

    @Test func `has intact chunks in the order that the format asks for`() throws {
        var animation = AnimatedPNG(width: 20, height: 10, loops: 3)
        for index in 0..<4 { animation.append(picture(index), milliseconds: 20) }
        let chunks = chunks(of: try animation.encoded())
        let areIntact = chunks.allSatisfy { $0.isIntact }
        #expect(areIntact)
        let types = chunks.map { $0.type }
        #expect(
            types
                == ["IHDR", "acTL", "fcTL", "IDAT", "fcTL", "fdAT", "fcTL", "fdAT", "fcTL", "fdAT", "IEND"])
        #expect(number(chunks[1].body[0..<4]) == 4 && number(chunks[1].body[4...]) == 3)
        let sequence = chunks.filter { ["fcTL", "fdAT"].contains($0.type) }.map { number($0.body[0..<4]) }
        #expect(sequence == Array(0..<7))
    }

    @Test func `lengthens a frame that stays as it is, and writes only what differs`() throws {
        var animation = AnimatedPNG(width: 20, height: 10)
        animation.append(picture(0), milliseconds: 20)
        animation.append(picture(0), milliseconds: 30)
        var changed = picture(0)
        changed[3 * (20 * 7 + 11)] = 1
        animation.append(changed, milliseconds: 20)
        #expect(animation.frameCount == 2)
        let file = try animation.encoded()
        #expect(try frames(of: file).milliseconds == [50, 20])
        let second = chunks(of: file).filter { $0.type == "fcTL" }[1].body
        #expect([4, 8, 12, 16].map { number(second[$0..<$0 + 4]) } == [1, 1, 11, 7])
    }

    @Test func `is a PNG of its first frame to programs that know no animation`() throws {
        var animation = AnimatedPNG(width: 20, height: 10)
        for index in 0..<3 { animation.append(picture(index), milliseconds: 20) }
        #expect(try PNG.decode(animation.encoded(), name: "film").pixels == picture(0))
    }
}
