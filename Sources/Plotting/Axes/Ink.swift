/// The greys of a figure's frame and text, and the fonts' sizes: one place, so that all charts look alike.
enum Ink {
    static let headline = Color(hex: 0x1B2733)
    static let text = Color(hex: 0x42505C)
    static let label = Color(hex: 0x5C6873)
    static let note = Color(hex: 0x76828C)
    static let axis = Color(hex: 0x9AA5B1)
    static let grid = Color(hex: 0xE7EAED)
    static let reference = Color(hex: 0x8A949D)
    static let halo = Color.white.opacity(0.85)

    static let tickFont = Font(size: 9.5)
    static let axisFont = Font(size: 9.5)
    static let noteFont = Font(size: 8.3)
    static let legendFont = Font(size: 9.2)
    static let labelFont = Font(size: 10.5, isBold: true)
}
