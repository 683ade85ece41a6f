/// An animated PNG (the extension to PNG by Parmenter, Vukicevic and Smith, 2004, now part of the third edition of the PNG
/// specification), written frame by frame: what has been written is kept compressed, and of each frame only the rectangle
/// that differs from the one before. Programs that know no animation show the first frame.
public struct AnimatedPNG {
    public let width: Int
    public let height: Int
    private let text: [(keyword: String, text: String)]
    private let loops: Int
    private let compressionLevel: Int

    /// `[height, width, 3]`, of the frame before.
    private var latest: [UInt8] = []
    /// How long the frame that is to be written next is shown, in milliseconds.
    private var frames: [Frame] = []
    private var imageData: [[UInt8]] = []

    private struct Frame {
        var left, top, width, height: Int
        var milliseconds: Int
    }

    /// - Parameters:
    ///   - loops: how often it is shown; 0 for again and again.
    ///   - text: what the file says about itself, as `PNGImage.text`.
    ///   - compressionLevel: 0 (stored) to 9 (smallest).
    public init(
        width: Int, height: Int, loops: Int = 0, text: [(keyword: String, text: String)] = [],
        compressionLevel: Int = 6
    ) {
        precondition(
            width > 0 && height > 0 && width <= Int(Int32.max) && height <= Int(Int32.max),
            "an animation cannot be \(width) × \(height) pixels")
        self.width = width
        self.height = height
        self.loops = loops
        self.text = text
        self.compressionLevel = compressionLevel
    }

    /// How many different frames there are so far.
    public var frameCount: Int { frames.count }

    /// Adds a frame, `[height, width, 3]`, that is shown for so long. One that equals the one before only lengthens that.
    public mutating func append(_ pixels: [UInt8], milliseconds: Int) {
        precondition(
            pixels.count == width * height * 3, "\(pixels.count) samples do not make \(height) × \(width) × 3")
        let milliseconds = min(max(milliseconds, 1), 65_535)
        guard !frames.isEmpty else {
            add(pixels, left: 0, top: 0, right: width, bottom: height, milliseconds)
            return
        }
        guard let changed = changedRectangle(pixels) else {
            if frames[frames.count - 1].milliseconds + milliseconds <= 65_535 {
                frames[frames.count - 1].milliseconds += milliseconds
            } else {
                add(pixels, left: 0, top: 0, right: 1, bottom: 1, milliseconds)
            }
            return
        }
        add(
            pixels, left: changed.left, top: changed.top, right: changed.right, bottom: changed.bottom, milliseconds)
    }

    /// The smallest rectangle outside of which nothing differs from the frame before; nil if nothing differs at all.
    private func changedRectangle(_ pixels: [UInt8]) -> (left: Int, top: Int, right: Int, bottom: Int)? {
        var (left, top, right, bottom) = (width, height, 0, 0)
        let rowSize = 3 * width
        pixels.withUnsafeBufferPointer { pixels in
            latest.withUnsafeBufferPointer { latest in
                for row in 0..<height {
                    let start = row * rowSize
                    var first = 0
                    while first < rowSize, pixels[start + first] == latest[start + first] { first += 1 }
                    guard first < rowSize else { continue }
                    var last = rowSize - 1
                    while pixels[start + last] == latest[start + last] { last -= 1 }
                    left = min(left, first / 3)
                    right = max(right, last / 3 + 1)
                    top = min(top, row)
                    bottom = row + 1
                }
            }
        }
        return bottom > 0 ? (left, top, right, bottom) : nil
    }

    private mutating func add(
        _ pixels: [UInt8], left: Int, top: Int, right: Int, bottom: Int, _ milliseconds: Int
    ) {
        var rows: [UInt8] = []
        rows.reserveCapacity((bottom - top) * (3 * (right - left) + 1))
        for row in top..<bottom {
            // No filter: drawings repeat colours more often than differences.
            rows.append(0)
            rows += pixels[3 * (row * width + left)..<3 * (row * width + right)]
        }
        imageData.append(Zlib.deflate(rows, wrapping: .zlib, level: compressionLevel))
        frames.append(
            Frame(left: left, top: top, width: right - left, height: bottom - top, milliseconds: milliseconds))
        latest = pixels
    }

    /// The whole file.
    ///
    /// - Precondition: there is at least one frame.
    /// - Throws: `FileFormatError` if a keyword or text cannot be written.
    public func encoded() throws -> [UInt8] {
        precondition(!frames.isEmpty, "an animation without a frame")
        var file = PNG.signature
        PNG.append(
            "IHDR", PNG.bigEndianBytes(Int32(width)) + PNG.bigEndianBytes(Int32(height)) + [8, 2, 0, 0, 0], to: &file)
        PNG.append("acTL", PNG.bigEndianBytes(Int32(frames.count)) + PNG.bigEndianBytes(Int32(loops)), to: &file)
        for (keyword, text) in text {
            let (type, body) = try PNG.textChunk(keyword: keyword, text: text)
            PNG.append(type, body, to: &file)
        }
        var sequence: Int32 = 0
        for (index, frame) in frames.enumerated() {
            var control = PNG.bigEndianBytes(sequence)
            for number in [frame.width, frame.height, frame.left, frame.top] {
                control += PNG.bigEndianBytes(Int32(number))
            }
            // A delay in thousandths; the frame stays, and covers what was there.
            control += [UInt8(frame.milliseconds >> 8), UInt8(frame.milliseconds & 0xFF), 0x03, 0xE8, 0, 0]
            PNG.append("fcTL", control, to: &file)
            sequence += 1
            if index == 0 {
                PNG.append("IDAT", imageData[index], to: &file)
            } else {
                PNG.append("fdAT", PNG.bigEndianBytes(sequence) + imageData[index], to: &file)
                sequence += 1
            }
        }
        PNG.append("IEND", [], to: &file)
        return file
    }
}
