/// How the colours of a figure are written in SVG: those of one paper, or as names that a style sheet fills in for the
/// paper that the reader prefers.
struct SVGPaint {
    /// nil: the reader's.
    let theme: Theme?
    /// Every colour that differs on the two papers, once; `var(--c0)` is the first.
    private var named: [(light: String, dark: String)] = []
    private var places: [String: Int] = [:]

    init(theme: Theme?) { self.theme = theme }

    /// An attribute, `fill` or `stroke`, with a space before it.
    mutating func attribute(_ name: String, _ color: Color) -> String {
        let opacity = color.alpha < 1 ? #" \#(name)-opacity="\#(SVGNumber.text(color.alpha))""# : ""
        return " \(name)=\"\(value(color))\"\(opacity)"
    }

    private mutating func value(_ color: Color) -> String {
        if let theme { return SVGPaint.digits(color.tone(in: theme)) }
        let light = SVGPaint.digits(color.onLight), dark = SVGPaint.digits(color.onDark)
        guard light != dark else { return light }
        let place = places[light + dark] ?? named.count
        if place == named.count {
            named.append((light, dark))
            places[light + dark] = place
        }
        return "var(--c\(place))"
    }

    private static func digits(_ tone: Color.Tone) -> String {
        "#"
            + [tone.red, tone.green, tone.blue].map { component -> String in
                let byte = UInt8((255 * min(max(component, 0), 1)).rounded())
                return (byte < 16 ? "0" : "") + String(byte, radix: 16)
            }
            .joined()
    }

    /// What fills in the names for elements of a class: light, unless a screen's reader prefers dark.
    func styleSheet(for name: String) -> String {
        func list(_ tones: [String]) -> String {
            tones.enumerated().map { "--c\($0):\($1)" }.joined(separator: ";")
        }
        return """
            .\(name){\(list(named.map(\.light)))}.\(name) .dark{display:none}
            @media screen and (prefers-color-scheme:dark){.\(name){\(list(named.map(\.dark)))}\
            .\(name) .dark{display:inline}.\(name) .light{display:none}}
            """
    }
}
