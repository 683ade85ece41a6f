import FileFormats
import Foundation

/// Writes a scene as SVG 1.1, as a file or as an element of a page.
///
/// Text stays text: it can be searched, copied and read aloud. Each line is set to its measured length, so that it fits
/// its place with whatever font the reader has. Nothing in it has an id: clips are nested pictures, and so several
/// figures in one page cannot take each other's definitions.
struct SVGWriter {
    private static let fonts = "'DejaVu Sans', Verdana, 'Bitstream Vera Sans', Geneva, sans-serif"

    private var paint: SVGPaint
    private var body = ""

    private init(theme: Theme?) { paint = SVGPaint(theme: theme) }

    /// - Throws: what a picture within the figure throws that is larger than an image can be.
    static func file(
        _ scene: Scene, theme: Theme, title: String, metadata: [(keyword: String, text: String)]
    ) throws -> [UInt8] {
        var writer = SVGWriter(theme: theme)
        try writer.write(scene)
        let (width, height) = (SVGNumber.text(scene.size.width), SVGNumber.text(scene.size.height))
        let text = """
            <svg xmlns="http://www.w3.org/2000/svg" width="\(width)pt" height="\(height)pt"\
            \(attributes(scene, label: title))>
            <title>\(escaped(title))</title>
            \(element(metadata))
            \(writer.body)</svg>

            """
        return Array(text.utf8)
    }

    /// An element of an HTML page, of a class called `name` that no other has, in the colours that the page's reader
    /// prefers. Its size is the page's to say.
    static func element(
        _ scene: Scene, named name: String, label: String, metadata: [(keyword: String, text: String)]
    ) throws -> String {
        var writer = SVGWriter(theme: nil)
        try writer.write(scene)
        return """
            <svg class="\(name)"\(attributes(scene, label: label))>
            <style>
            \(writer.paint.styleSheet(for: name))
            </style>
            \(element(metadata))
            \(writer.body)</svg>

            """
    }

    private static func element(_ metadata: [(keyword: String, text: String)]) -> String {
        let texts = metadata.map { JSONValue.quoted($0.keyword) + ": " + JSONValue.quoted($0.text) }
        return "<metadata>{\(escaped(texts.joined(separator: ", ")))}</metadata>"
    }

    private static func attributes(_ scene: Scene, label: String) -> String {
        let label = escaped(label).replacingOccurrences(of: "\"", with: "&quot;")
        return #" viewBox="0 0 \#(SVGNumber.text(scene.size.width)) \#(SVGNumber.text(scene.size.height))" role="img""#
            + #" aria-label="\#(label)" font-family="\#(fonts)" stroke-linejoin="round""#
    }

    private mutating func write(_ scene: Scene) throws {
        body += "<rect width=\"100%\" height=\"100%\"\(paint.attribute("fill", .paper))/>\n"
        for command in scene.commands { try write(command) }
    }

    private mutating func write(_ command: DrawingCommand) throws {
        switch command {
        case .polyline(let points, let stroke):
            guard points.count > 1 else { return }
            add("path", #" d="\#(SVGNumber.path(points))" fill="none"\#(attributes(stroke))"#)
        case .polygon(let points, let fill):
            guard points.count > 2 else { return }
            add("path", #" d="\#(SVGNumber.path(points))z"\#(paint.attribute("fill", fill))"#)
        case .rectangle(let place, let radius, let fill, let stroke):
            let corners =
                radius > 0 ? #" rx="\#(SVGNumber.text(min(radius, place.width / 2, place.height / 2)))""# : ""
            let inside = fill.map { paint.attribute("fill", $0) } ?? #" fill="none""#
            add("rect", frame(place) + corners + inside + (stroke.map { attributes($0) } ?? ""))
        case .dots(let points, let indices, let colors, let radius):
            try writeDots(points, colorIndices: indices, colors: colors, radius: radius)
        case .text(let line): write(line)
        case .image(let image, let place):
            try writeImage(image.width, image.height, in: place) { image.colors(in: $0) }
        case .colorImage(let image, let place):
            try writeImage(image.width, image.height, in: place) { _ in image.pixels }
        case .mosaic(let mosaic, let place):
            try writeImage(mosaic.width, mosaic.height, in: place) { mosaic.colors(in: $0) }
        case .clipped(let place, let inner):
            let box = [place.left, place.top, place.width, place.height].map(SVGNumber.text).joined(separator: " ")
            body += "<svg\(frame(place)) viewBox=\"\(box)\">\n"
            for command in inner { try write(command) }
            body += "</svg>\n"
        }
    }

    private mutating func write(_ line: TextLine) {
        guard line.string.contains(where: { !$0.isWhitespace }) else { return }
        let (x, y) = (SVGNumber.text(line.origin.x), SVGNumber.text(line.origin.y))
        let degrees = SVGNumber.text(line.rotation * 180 / .pi)
        var attributes = #" x="\#(x)" y="\#(y)" font-size="\#(SVGNumber.text(line.font.size))""#
        if line.font.isBold { attributes += #" font-weight="bold""# }
        attributes += #" textLength="\#(SVGNumber.text(line.width))" lengthAdjust="spacingAndGlyphs""#
        if degrees != "0" { attributes += #" transform="rotate(\#(degrees) \#(x) \#(y))""# }
        attributes += paint.attribute("fill", line.color)
        if let halo = line.halo {
            attributes += paint.attribute("stroke", halo) + #" stroke-width="3" paint-order="stroke""#
        }
        body += "<text\(attributes)>\(SVGWriter.escaped(line.string))</text>\n"
    }

    // MARK: Dots and pictures

    private mutating func writeDots(
        _ points: [Point], colorIndices: [Int], colors: [Color], radius: Double
    ) throws {
        if let cloud = DotCloud(points, colorIndices: colorIndices, colors: colors, radius: radius) {
            try write(in: cloud.rectangle, style: nil) { theme in
                let image = try cloud.image(theme: theme)
                return PNGImage(
                    width: image.width, height: image.height, channels: 4, pixels: try image.transparentPixels())
            }
            return
        }
        let width = SVGNumber.text(2 * radius)
        for group in DotLayers(points, colorIndices: colorIndices, colors: colors, radius: radius).groups {
            let path = SVGNumber.path(group.points, isLine: false)
            let color = paint.attribute("stroke", group.color)
            add("path", #" d="\#(path)"\#(color) stroke-width="\#(width)" stroke-linecap="round""#)
        }
    }

    private mutating func writeImage(
        _ width: Int, _ height: Int, in place: Rectangle, colors: (Theme) -> [UInt8]
    ) throws {
        guard width > 0, height > 0 else { return }
        try write(in: place, style: "image-rendering:pixelated") {
            PNGImage(width: width, height: height, channels: 3, pixels: colors($0))
        }
    }

    /// A picture; two where it is the reader who chooses the paper and it differs there.
    private mutating func write(in place: Rectangle, style: String?, image: (Theme) throws -> PNGImage) throws {
        func address(_ theme: Theme) throws -> String {
            "data:image/png;base64," + Data(try PNG.encode(image(theme))).base64EncodedString()
        }
        let attributes = frame(place) + #" preserveAspectRatio="none""# + (style.map { #" style="\#($0)""# } ?? "")
        let light = try address(paint.theme ?? .light)
        let dark = paint.theme == nil ? try address(.dark) : light
        guard light != dark else { return add("image", attributes + #" href="\#(light)""#) }
        add("image", #" class="light""# + attributes + #" href="\#(light)""#)
        add("image", #" class="dark""# + attributes + #" href="\#(dark)""#)
    }

    // MARK: Elements

    private mutating func add(_ element: String, _ attributes: String) { body += "<\(element)\(attributes)/>\n" }

    private func frame(_ place: Rectangle) -> String {
        let (x, y) = (SVGNumber.text(place.left), SVGNumber.text(place.top))
        let (width, height) = (SVGNumber.text(max(place.width, 0)), SVGNumber.text(max(place.height, 0)))
        return #" x="\#(x)" y="\#(y)" width="\#(width)" height="\#(height)""#
    }

    private mutating func attributes(_ stroke: Stroke) -> String {
        let cap = stroke.dash.isEmpty ? #" stroke-linecap="round""# : ""
        let dash =
            stroke.dash.isEmpty
            ? "" : #" stroke-dasharray="\#(stroke.dash.map(SVGNumber.text).joined(separator: " "))""#
        return paint.attribute("stroke", stroke.color) + #" stroke-width="\#(SVGNumber.text(stroke.width))""# + cap
            + dash
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
