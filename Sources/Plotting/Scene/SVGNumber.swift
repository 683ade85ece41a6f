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
