import FileFormats
import Foundation

/// Writes a scene as an SVG 1.1 file.
///
/// Text stays text: it can be searched, copied and read aloud. Each line is set to its measured length, so that it fits
/// its place with whatever font the reader has. Nothing in the file has an id: clips are nested pictures, and so
/// several figures in one page cannot take each other's definitions.
struct SVGWriter {
    private static let fonts = "'DejaVu Sans', Verdana, 'Bitstream Vera Sans', Geneva, sans-serif"

    private let theme: Theme
    private var body = ""

    init(theme: Theme) { self.theme = theme }

    mutating func write(
        _ scene: Scene, title: String, metadata: [(keyword: String, text: String)]
    ) throws -> [UInt8] {
        let (width, height) = (SVGWriter.number(scene.size.width), SVGWriter.number(scene.size.height))
        let texts = metadata.map { JSONValue.quoted($0.keyword) + ": " + JSONValue.quoted($0.text) }
        let label = SVGWriter.escaped(title).replacingOccurrences(of: "\"", with: "&quot;")
        body = """
            <svg xmlns="http://www.w3.org/2000/svg" width="\(width)pt" height="\(height)pt" \
            viewBox="0 0 \(width) \(height)" role="img" aria-label="\(label)" \
            font-family="\(SVGWriter.fonts)" stroke-linejoin="round">
            <title>\(SVGWriter.escaped(title))</title>
            <metadata>{\(SVGWriter.escaped(texts.joined(separator: ", ")))}</metadata>
            <rect width="100%" height="100%"\(paint("fill", .paper))/>

            """
        for command in scene.commands { try write(command) }
        return Array((body + "</svg>\n").utf8)
    }

    private mutating func write(_ command: DrawingCommand) throws {
        switch command {
        case .polyline(let points, let stroke):
            guard points.count > 1 else { return }
            add("path", #" d="\#(path(points))" fill="none"\#(attributes(stroke))"#)
        case .polygon(let points, let fill):
            guard points.count > 2 else { return }
            add("path", #" d="\#(path(points))z"\#(paint("fill", fill))"#)
        case .rectangle(let place, let radius, let fill, let stroke):
            let corners =
                radius > 0 ? #" rx="\#(SVGWriter.number(min(radius, place.width / 2, place.height / 2)))""# : ""
            add(
                "rect",
                frame(place) + corners + (fill.map { paint("fill", $0) } ?? #" fill="none""#)
                    + (stroke.map { attributes($0) } ?? ""))
        case .dots(let points, let indices, let colors, let radius):
            try writeDots(points, colorIndices: indices, colors: colors, radius: radius)
        case .text(let line): write(line)
        case .image(let image, let place):
            try writeImage(image.width, image.height, image.colors(in: theme), in: place)
        case .colorImage(let image, let place): try writeImage(image.width, image.height, image.pixels, in: place)
        case .clipped(let place, let inner):
            let box = [place.left, place.top, place.width, place.height].map(SVGWriter.number).joined(separator: " ")
            body += "<svg\(frame(place)) viewBox=\"\(box)\">\n"
            for command in inner { try write(command) }
            body += "</svg>\n"
        }
    }

    private mutating func write(_ line: TextLine) {
        guard line.string.contains(where: { !$0.isWhitespace }) else { return }
        let (x, y) = (SVGWriter.number(line.origin.x), SVGWriter.number(line.origin.y))
        let degrees = SVGWriter.number(line.rotation * 180 / .pi)
        var attributes = #" x="\#(x)" y="\#(y)" font-size="\#(SVGWriter.number(line.font.size))""#
        if line.font.isBold { attributes += #" font-weight="bold""# }
        attributes += #" textLength="\#(SVGWriter.number(line.width))" lengthAdjust="spacingAndGlyphs""#
        if degrees != "0" { attributes += #" transform="rotate(\#(degrees) \#(x) \#(y))""# }
        attributes += paint("fill", line.color)
        if let halo = line.halo {
            attributes += paint("stroke", halo) + #" stroke-width="3" paint-order="stroke""#
        }
        body += "<text\(attributes)>\(SVGWriter.escaped(line.string))</text>\n"
    }

    private mutating func writeDots(
        _ points: [Point], colorIndices: [Int], colors: [Color], radius: Double
    ) throws {
        if let cloud = DotCloud(points, colorIndices: colorIndices, colors: colors, radius: radius) {
            let image = try cloud.image(theme: theme)
            try write(
                PNGImage(
                    width: image.width, height: image.height, channels: 4, pixels: try image.transparentPixels()),
                in: cloud.rectangle, style: nil)
            return
        }
        let reach = SVGWriter.number(radius)
        for (point, index) in zip(points, colorIndices) {
            let place = #" cx="\#(SVGWriter.number(point.x))" cy="\#(SVGWriter.number(point.y))" r="\#(reach)""#
            add("circle", place + paint("fill", colors[index]))
        }
    }

    private mutating func writeImage(
        _ width: Int, _ height: Int, _ colors: [UInt8], in place: Rectangle
    ) throws {
        guard width > 0, height > 0 else { return }
        try write(
            PNGImage(width: width, height: height, channels: 3, pixels: colors), in: place,
            style: "image-rendering:pixelated")
    }

    private mutating func write(_ image: PNGImage, in place: Rectangle, style: String?) throws {
        let bytes = Data(try PNG.encode(image)).base64EncodedString()
        add(
            "image",
            frame(place) + #" preserveAspectRatio="none""# + (style.map { #" style="\#($0)""# } ?? "")
                + #" href="data:image/png;base64,\#(bytes)""#)
    }

    private mutating func add(_ element: String, _ attributes: String) { body += "<\(element)\(attributes)/>\n" }

    // MARK: Attributes

    private func frame(_ place: Rectangle) -> String {
        let (x, y) = (SVGWriter.number(place.left), SVGWriter.number(place.top))
        let (width, height) = (SVGWriter.number(max(place.width, 0)), SVGWriter.number(max(place.height, 0)))
        return #" x="\#(x)" y="\#(y)" width="\#(width)" height="\#(height)""#
    }

    private func attributes(_ stroke: Stroke) -> String {
        let cap = stroke.dash.isEmpty ? #" stroke-linecap="round""# : ""
        let dash =
            stroke.dash.isEmpty
            ? "" : #" stroke-dasharray="\#(stroke.dash.map(SVGWriter.number).joined(separator: " "))""#
        return paint("stroke", stroke.color) + #" stroke-width="\#(SVGWriter.number(stroke.width))""# + cap + dash
    }

    private func paint(_ what: String, _ color: Color) -> String {
        let tone = color.tone(in: theme)
        let digits = [tone.red, tone.green, tone.blue].map { component -> String in
            let byte = UInt8((255 * min(max(component, 0), 1)).rounded())
            return (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }
        let opacity = color.alpha < 1 ? #" \#(what)-opacity="\#(SVGWriter.number(color.alpha))""# : ""
        return " \(what)=\"#\(digits.joined())\"\(opacity)"
    }

    /// Moves from point to point in whole hundredths, so that rounding cannot add up.
    private func path(_ points: [Point]) -> String {
        var text = ""
        var last = (x: 0, y: 0)
        for (index, point) in points.enumerated() {
            let next = (x: SVGWriter.hundredths(point.x), y: SVGWriter.hundredths(point.y))
            let y = SVGWriter.decimal(next.y - last.y)
            text += index == 0 ? "M" : "l"
            text += SVGWriter.decimal(next.x - last.x) + (y.hasPrefix("-") ? "" : " ") + y
            last = next
        }
        return text
    }

    // MARK: Characters

    private static func hundredths(_ value: Double) -> Int {
        value.isFinite ? Int((100 * min(max(value, -1e9), 1e9)).rounded()) : 0
    }

    /// In points, to hundredths.
    private static func number(_ value: Double) -> String { decimal(hundredths(value)) }

    private static func decimal(_ hundredths: Int) -> String {
        let (whole, rest) = hundredths.magnitude.quotientAndRemainder(dividingBy: 100)
        let fraction = rest == 0 ? "" : rest % 10 == 0 ? ".\(rest / 10)" : rest < 10 ? ".0\(rest)" : ".\(rest)"
        return (hundredths < 0 ? "-" : "") + (whole == 0 && rest > 0 ? "" : "\(whole)") + fraction
    }

    /// Characters that XML cannot hold are shown as replaced.
    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\t", "\n", "\u{20}"..."\u{D7FF}", "\u{E000}"..."\u{FFFD}", "\u{10000}"...:
                result.unicodeScalars.append(scalar)
            default: result.unicodeScalars.append("\u{FFFD}")
            }
        }
        return result
    }
}
