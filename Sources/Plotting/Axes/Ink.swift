/// The greys of a figure's frame and text, and the fonts' sizes: one place, so that all charts look alike.
enum Ink {
    static let headline = Color(hex: 0x1B2733, onDark: 0xEDF1F5)
    static let text = Color(hex: 0x42505C, onDark: 0xC6CFD8)
    static let label = Color(hex: 0x5C6873, onDark: 0xA7B2BD)
    static let note = Color(hex: 0x6B7781, onDark: 0x95A1AC)
    static let axis = Color(hex: 0x9AA5B1, onDark: 0x65717D)
    static let grid = Color(hex: 0xE7EAED, onDark: 0x27303A)
    static let reference = Color(hex: 0x8A949D, onDark: 0x84909B)
    static let halo = Color.paper.opacity(0.85)

    static let tickFont = Font(size: 9.5)
    static let axisFont = Font(size: 9.5)
    static let noteFont = Font(size: 8.3)
    static let legendFont = Font(size: 9.2)
    static let labelFont = Font(size: 10.5, isBold: true)
}
