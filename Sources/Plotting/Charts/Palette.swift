/// Colours that stay apart for colour-blind readers.
public enum Palette {
    /// For lines: Okabe & Ito (2008) without yellow, which is too light on white.
    public static let colors = [
        Color(hex: 0x0072B2, onDark: 0x3D97DB), Color(hex: 0xD55E00, onDark: 0xF0803C),
        Color(hex: 0x009E73, onDark: 0x2FBF95), Color(hex: 0xE69F00, onDark: 0xF2B233),
        Color(hex: 0x56B4E9, onDark: 0x9AD6FB), Color(hex: 0xCC79A7, onDark: 0xDE95BF),
        Color(hex: 0x4D5863, onDark: 0xB4BEC8),
    ]
    /// For many groups of points that are labelled besides: Petroff (2021, arXiv:2107.02270), ten colours.
    public static let groupColors = [
        Color(hex: 0x3F90DA, onDark: 0x4B9CE6), Color(hex: 0xFFA90E, onDark: 0xFFB12A),
        Color(hex: 0xBD1F01, onDark: 0xE04B2C), Color(hex: 0x94A4A2, onDark: 0xA3B3B1),
        Color(hex: 0x832DB6, onDark: 0xB06EDE), Color(hex: 0xA96B59, onDark: 0xBD8271),
        Color(hex: 0xE76300, onDark: 0xF5781C), Color(hex: 0xB9AC70, onDark: 0xC6BA80),
        Color(hex: 0x717581, onDark: 0x8A8F9C), Color(hex: 0x92DADD, onDark: 0x9AE2E5),
    ]
    /// For what belongs to no group.
    public static let noise = Color(hex: 0xD3D8DD, onDark: 0x434C56)

    private static let dashes: [[Double]] = [[], [6, 2.5], [1.6, 2.2], [7, 2.2, 1.6, 2.2]]

    /// The colour of the series at `index`; beyond the last they begin again, with another dash.
    public static func color(_ index: Int) -> Color { colors[wrapped(index, colors.count)] }

    /// The dashes of the series at `index`: solid for the first seven.
    public static func dash(_ index: Int) -> [Double] { dashes[wrapped(index / colors.count, dashes.count)] }

    /// The colour of a group of points; negative numbers are noise, and each further ten stands out more from the
    /// paper.
    public static func groupColor(_ index: Int) -> Color {
        guard index >= 0 else { return noise }
        let color = groupColors[index % groupColors.count]
        let share = [1, 0.62, 0.4][min(index / groupColors.count, 2)]
        return color.mixed(share, with: Color(hex: 0x101820, onDark: 0xFFFFFF))
    }

    private static let shades = [
        Color(hex: 0xF2F5F8, onDark: 0x1C232B), Color(hex: 0xCFE3F2, onDark: 0x193A55),
        Color(hex: 0x82BADB, onDark: 0x1F6597), Color(hex: 0x2E86C1, onDark: 0x4FA5DC),
        Color(hex: 0x0B4F86, onDark: 0xB5E0FB),
    ]

    /// A colour from nearly the paper's (0) to a blue far from it (1), even in lightness: for heat maps.
    public static func shade(_ share: Double) -> Color {
        color(at: share, of: shades)
    }

    private static func color(at share: Double, of anchors: [Color]) -> Color {
        let place = min(max(share.isNaN ? 0 : share, 0), 1) * Double(anchors.count - 1)
        let below = min(Int(place), anchors.count - 2)
        return anchors[below + 1].mixed(place - Double(below), with: anchors[below])
    }

    private static let counterShades = [
        Color(hex: 0xF2F5F8, onDark: 0x1C232B), Color(hex: 0xFBE0CB, onDark: 0x4A2A14),
        Color(hex: 0xF2B17E, onDark: 0x8C4A17), Color(hex: 0xD96F1E, onDark: 0xE48B42),
        Color(hex: 0x8A3D00, onDark: 0xFBD8B4),
    ]

    /// A colour for −1…1: orange below zero, nearly the paper's at zero, blue above.
    public static func diverging(_ value: Double) -> Color {
        value < 0 ? color(at: -value, of: counterShades) : color(at: value, of: shades)
    }

    /// The mark along the line of the series at `index`: none for the first seven.
    static func marker(_ index: Int) -> MarkerShape? {
        let round = index / colors.count
        return round > 0 ? MarkerShape.allCases[wrapped(round - 1, MarkerShape.allCases.count)] : nil
    }

    private static func wrapped(_ index: Int, _ count: Int) -> Int { (index % count + count) % count }
}
