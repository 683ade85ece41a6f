/// A grid of equal cells, each of one colour: a picture that is drawn for the paper it lies on.
public struct Mosaic: Sendable, Equatable {
    public let width: Int
    public let height: Int
    /// `[height × width]`, row by row from the top; opaque.
    public let colors: [Color]

    public init(width: Int, height: Int, colors: [Color]) {
        precondition(
            width >= 0 && height >= 0 && colors.count == width * height,
            "a mosaic of \(width) × \(height) cells cannot have \(colors.count) colours")
        self.width = width
        self.height = height
        self.colors = colors
    }

    /// Red, green and blue of each cell, `[height × width × 3]`.
    func colors(in theme: Theme) -> [UInt8] {
        colors.flatMap { color in
            let tone = color.tone(in: theme)
            return [tone.red, tone.green, tone.blue].map { UInt8((255 * min(max($0, 0), 1)).rounded()) }
        }
    }
}
