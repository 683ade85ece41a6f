/// A small picture in colours of its own: the same on light and dark paper.
public struct ColorImage: Sendable, Equatable {
    public let width: Int
    public let height: Int
    /// `[height × width × 3]`, row by row from the top; red, green and blue of a pixel, 0…255.
    public let pixels: [UInt8]

    public init(width: Int, height: Int, pixels: [UInt8]) {
        precondition(
            width >= 0 && height >= 0 && pixels.count == width * height * 3,
            "an image of \(width) × \(height) pixels in three colours cannot have \(pixels.count) values")
        self.width = width
        self.height = height
        self.pixels = pixels
    }
}
