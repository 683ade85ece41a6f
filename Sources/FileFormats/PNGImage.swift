/// An image of 8-bit samples with the texts that came with it.
public struct PNGImage: Sendable {
    public let width: Int
    public let height: Int
    /// 1 (grey), 3 (red, green, blue) or 4 (red, green, blue, opacity, not multiplied).
    public let channels: Int
    /// `[height, width, channels]`, row-major, top row first.
    public var pixels: [UInt8]
    /// What the file says about itself: the command that made it, the run, the seed. The keyword has 1 to 79
    /// characters of Latin-1.
    public var text: [(keyword: String, text: String)]

    /// - Precondition: `width` and `height` are positive, and `pixels` has `height · width · channels` elements.
    public init(
        width: Int, height: Int, channels: Int, pixels: [UInt8], text: [(keyword: String, text: String)] = []
    ) {
        precondition(width > 0 && height > 0, "an image cannot be \(width) × \(height) pixels")
        precondition([1, 3, 4].contains(channels), "\(channels) channels are not 1, 3 or 4")
        precondition(
            pixels.count == width * height * channels,
            "\(pixels.count) samples do not make \(height) × \(width) × \(channels)")
        self.width = width
        self.height = height
        self.channels = channels
        self.pixels = pixels
        self.text = text
    }
}
