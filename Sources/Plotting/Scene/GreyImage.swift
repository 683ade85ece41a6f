/// A small greyscale picture, `pixels` row by row from the top, 0 black … 255 white.
public struct GreyImage: Sendable, Equatable {
    public let width: Int
    public let height: Int
    public let pixels: [UInt8]

    public init(width: Int, height: Int, pixels: [UInt8]) {
        precondition(
            width >= 0 && height >= 0 && pixels.count == width * height,
            "an image of \(width) × \(height) pixels cannot have \(pixels.count) values")
        self.width = width
        self.height = height
        self.pixels = pixels
    }

    /// A picture of measured values, `[height × width]`: `paper` becomes white and `ink` black, as on a printed page;
    /// values beyond the two are cut off, and what is not a number is drawn as paper.
    public init(width: Int, height: Int, values: some Sequence<Float>, paper: Float = 0, ink: Float = 1) {
        let span = ink == paper ? 1 : ink - paper
        let pixels = values.map { value -> UInt8 in
            let share = (value - paper) / span
            return share.isNaN ? 255 : UInt8((255 * (1 - min(max(share, 0), 1))).rounded())
        }
        self.init(width: width, height: height, pixels: pixels)
    }
}

extension GreyImage {
    /// Red, green and blue of each pixel, `[height × width × 3]`: white is the theme's paper, black its ink.
    func colors(in theme: Theme) -> [UInt8] {
        let paper = Color.paper.tone(in: theme), ink = Color(hex: 0x000000, onDark: 0xF4F7FA).tone(in: theme)
        let tones = (0...255).map { grey -> [UInt8] in
            let tone = paper.mixed(Double(grey) / 255, with: ink)
            return [tone.red, tone.green, tone.blue].map { UInt8((255 * $0).rounded()) }
        }
        return pixels.flatMap { tones[Int($0)] }
    }
}
