import CCairo
import Foundation

/// Measures text with the very font that will draw it. Metrics are not hinted, so they scale with the picture.
public final class TextMeasure {
    private let surface: OpaquePointer?
    private let context: OpaquePointer?

    public init() {
        surface = cairo_image_surface_create(CAIRO_FORMAT_A8, 1, 1)
        context = cairo_create(surface)
        CairoFonts.configure(context)
    }

    deinit {
        cairo_destroy(context)
        cairo_surface_destroy(surface)
    }

    /// The width of `string` in points, blanks at its ends included.
    public func width(of string: String, in font: Font) -> Double { extents(of: string, in: font).x_advance }

    /// A line of text whose anchor lies at `point`.
    public func line(
        _ string: String, _ font: Font, _ color: Color, at point: Point,
        _ horizontal: TextLine.HorizontalAnchor = .leading, _ vertical: TextLine.VerticalAnchor = .baseline,
        rotation: Double = 0, halo: Color? = nil
    ) -> TextLine {
        let extents = extents(of: string, in: font)
        let dx: Double =
            switch horizontal {
            case .leading: 0
            case .center: -extents.x_advance / 2
            case .trailing: -extents.x_advance
            }
        let dy: Double =
            switch vertical {
            case .baseline: 0
            case .middle: font.capHeight / 2
            case .top: font.capHeight
            }
        let origin = point.moved(
            dx * cos(rotation) - dy * sin(rotation), dx * sin(rotation) + dy * cos(rotation))
        return TextLine(
            string: string, font: font, color: color, origin: origin, rotation: rotation, halo: halo,
            width: extents.x_advance, inkAbove: -extents.y_bearing, inkBelow: extents.height + extents.y_bearing)
    }

    /// `string`, or as much of its beginning as fits into `width` followed by an ellipsis; empty where not even that
    /// fits.
    public func shortened(_ string: String, to width: Double, in font: Font) -> String {
        if string.isEmpty || self.width(of: string, in: font) <= width { return string }
        if self.width(of: "…", in: font) > width { return "" }
        let characters = Array(string)
        var shortest = 0, longest = characters.count
        while shortest < longest {
            let middle = (shortest + longest + 1) / 2
            if self.width(of: String(characters[..<middle]) + "…", in: font) <= width {
                shortest = middle
            } else {
                longest = middle - 1
            }
        }
        return String(characters[..<shortest]) + "…"
    }

    /// `string` broken at blanks into lines no wider than `width`; what exceeds `maximumLines` ends in an ellipsis.
    public func wrapped(_ string: String, to width: Double, in font: Font, maximumLines: Int) -> [String] {
        var lines: [String] = []
        var words = string.split(whereSeparator: \.isWhitespace).map(String.init)[...]
        while let first = words.popFirst() {
            if lines.count == maximumLines - 1 {
                lines.append(shortened(([first] + words).joined(separator: " "), to: width, in: font))
                break
            }
            var line = first
            while let next = words.first, self.width(of: line + " " + next, in: font) <= width {
                line += " " + next
                words.removeFirst()
            }
            lines.append(shortened(line, to: width, in: font))
        }
        return lines
    }

    private func extents(of string: String, in font: Font) -> cairo_text_extents_t {
        CairoFonts.select(font, in: context)
        var extents = cairo_text_extents_t()
        cairo_text_extents(context, string, &extents)
        return extents
    }
}
