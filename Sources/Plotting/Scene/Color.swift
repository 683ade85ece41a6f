/// A colour in sRGB with opacity, each component in 0…1.
public struct Color: Sendable, Equatable {
    public var red: Double
    public var green: Double
    public var blue: Double
    public var alpha: Double

    public init(red: Double, green: Double, blue: Double, alpha: Double = 1) {
        self.red = red
        self.green = green
        self.blue = blue
        self.alpha = alpha
    }

    /// A colour written as in a style sheet: `Color(hex: 0x0072B2)`.
    public init(hex: UInt32) {
        self.init(
            red: Double(hex >> 16 & 0xFF) / 255, green: Double(hex >> 8 & 0xFF) / 255, blue: Double(hex & 0xFF) / 255)
    }

    public static let white = Color(hex: 0xFFFFFF)

    /// The same colour, `alpha` opaque.
    public func opacity(_ alpha: Double) -> Color { Color(red: red, green: green, blue: blue, alpha: alpha) }

    /// The opaque mixture of `share` of this colour with the rest of `other`.
    public func mixed(_ share: Double, with other: Color) -> Color {
        Color(
            red: share * red + (1 - share) * other.red, green: share * green + (1 - share) * other.green,
            blue: share * blue + (1 - share) * other.blue)
    }

    /// Relative luminance, 0 (black) … 1 (white), without gamma: enough to choose a text colour on top.
    var luminance: Double { 0.2126 * red + 0.7152 * green + 0.0722 * blue }
}
