/// Colours that stay apart for colour-blind readers.
public enum Palette {
    /// For lines: Okabe & Ito (2008) without yellow, which is too light on white.
    public static let colors: [Color] = [0x0072B2, 0xD55E00, 0x009E73, 0xE69F00, 0x56B4E9, 0xCC79A7, 0x4D5863]
        .map { Color(hex: $0) }
    /// For many groups of points that are labelled besides: Petroff (2021, arXiv:2107.02270), ten colours.
    public static let groupColors: [Color] = [
        0x3F90DA, 0xFFA90E, 0xBD1F01, 0x94A4A2, 0x832DB6, 0xA96B59, 0xE76300, 0xB9AC70, 0x717581, 0x92DADD,
    ].map { Color(hex: $0) }
    /// For what belongs to no group.
    public static let noise = Color(hex: 0xD3D8DD)

    private static let dashes: [[Double]] = [[], [6, 2.5], [1.6, 2.2], [7, 2.2, 1.6, 2.2]]

    /// The colour of the series at `index`; beyond the last they begin again, with another dash.
    public static func color(_ index: Int) -> Color { colors[wrapped(index, colors.count)] }

    /// The dashes of the series at `index`: solid for the first seven.
    public static func dash(_ index: Int) -> [Double] { dashes[wrapped(index / colors.count, dashes.count)] }

    /// The colour of a group of points; negative numbers are noise, and each further ten is darker.
    public static func groupColor(_ index: Int) -> Color {
        guard index >= 0 else { return noise }
        let color = groupColors[index % groupColors.count]
        let share = [1, 0.62, 0.4][min(index / groupColors.count, 2)]
        return color.mixed(share, with: Color(hex: 0x101820))
    }

    /// A colour between white (0) and deep blue (1), even in lightness: for heat maps.
    static func shade(_ share: Double) -> Color {
        let anchors = [0xF2F5F8, 0xCFE3F2, 0x82BADB, 0x2E86C1, 0x0B4F86].map { Color(hex: UInt32($0)) }
        let place = min(max(share.isNaN ? 0 : share, 0), 1) * Double(anchors.count - 1)
        let below = min(Int(place), anchors.count - 2)
        return anchors[below + 1].mixed(place - Double(below), with: anchors[below])
    }

    private static func wrapped(_ index: Int, _ count: Int) -> Int { (index % count + count) % count }
}
