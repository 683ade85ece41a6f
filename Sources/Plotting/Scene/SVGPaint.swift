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

/// Numbers as SVG has them: to hundredths, without what does not matter.
enum SVGNumber {
    static func hundredths(_ value: Double) -> Int {
        value.isFinite ? Int((100 * min(max(value, -1e9), 1e9)).rounded()) : 0
    }

    static func text(_ value: Double) -> String { decimal(hundredths(value)) }

    static func decimal(_ hundredths: Int) -> String {
        let (whole, rest) = hundredths.magnitude.quotientAndRemainder(dividingBy: 100)
        let fraction = rest == 0 ? "" : rest % 10 == 0 ? ".\(rest / 10)" : rest < 10 ? ".0\(rest)" : ".\(rest)"
        return (hundredths < 0 ? "-" : "") + (whole == 0 && rest > 0 ? "" : "\(whole)") + fraction
    }

    /// A line through the points, or a point at each of them, from one to the next in whole hundredths, so that
    /// rounding cannot add up.
    static func path(_ points: [Point], isLine: Bool = true) -> String {
        var text = ""
        var last = (x: 0, y: 0)
        for (index, point) in points.enumerated() {
            let next = (x: hundredths(point.x), y: hundredths(point.y))
            // After its first letter a line goes on without one.
            text += index == 0 ? "M" : !isLine ? "m" : index == 1 ? "l" : next.x < last.x ? "" : " "
            let y = decimal(next.y - last.y)
            text += decimal(next.x - last.x) + (y.hasPrefix("-") ? "" : " ") + y
            // A line of no length has the shape of its ends.
            if !isLine { text += "h0" }
            last = next
        }
        return text
    }
}
