import CCairo
import Foundation

/// Draws commands into a Cairo context, be it one of pixels or of a page.
struct CairoCanvas {
    /// Strokes onto pixels are cut into pieces of so many points: the time that Cairo takes for one path grows much
    /// faster than its length where a noisy curve crosses itself.
    private static let pieceLength = 48
    /// Strokes of more points than this have edges of 16 levels instead of 255: nobody sees it among so many points,
    /// and it takes half the time.
    private static let coarseFrom = 1_000

    /// Pixels to the point; nil where a page is drawn that has none.
    private let scale: Double?
    private let theme: Theme
    private let context: OpaquePointer?

    /// - Parameter context: one unit of its coordinates is a point.
    init(_ context: OpaquePointer?, scale: Double?, theme: Theme) {
        self.context = context
        self.scale = scale
        self.theme = theme
        cairo_set_line_join(context, CAIRO_LINE_JOIN_ROUND)
        CairoFonts.configure(context)
    }

    func draw(_ commands: [DrawingCommand]) {
        for command in commands { draw(command) }
    }

    private func draw(_ command: DrawingCommand) {
        switch command {
        case .polyline(let points, let stroke): self.stroke(points, stroke)
        case .polygon(let points, let fill):
            trace(points[...])
            cairo_close_path(context)
            use(fill)
            cairo_fill(context)
        case .rectangle(let rectangle, let radius, let fill, let stroke):
            self.rectangle(rectangle, cornerRadius: radius, fill: fill, stroke: stroke)
        case .dots(let points, let indices, let colors, let radius):
            dots(points, colorIndices: indices, colors: colors, radius: radius)
        case .text(let line): text(line)
        case .image(let image, let rectangle):
            self.image(image.width, image.height, image.colors(in: theme), in: rectangle)
        case .colorImage(let image, let rectangle): self.image(image.width, image.height, image.pixels, in: rectangle)
        case .mosaic(let mosaic, let rectangle):
            self.image(mosaic.width, mosaic.height, mosaic.colors(in: theme), in: rectangle)
        case .clipped(let rectangle, let inner):
            cairo_save(context)
            cairo_rectangle(context, rectangle.left, rectangle.top, rectangle.width, rectangle.height)
            cairo_clip(context)
            draw(inner)
            cairo_restore(context)
        }
    }

    private func use(_ color: Color) {
        let tone = color.tone(in: theme)
        cairo_set_source_rgba(context, tone.red, tone.green, tone.blue, color.alpha)
    }

    private func use(_ stroke: Stroke) {
        use(stroke.color)
        cairo_set_line_width(context, stroke.width)
        cairo_set_line_cap(context, stroke.dash.isEmpty ? CAIRO_LINE_CAP_ROUND : CAIRO_LINE_CAP_BUTT)
    }

    private func trace(_ points: ArraySlice<Point>) {
        cairo_new_path(context)
        for point in points { cairo_line_to(context, point.x, point.y) }
    }

    private func stroke(_ points: [Point], _ stroke: Stroke) {
        if scale != nil, stroke.color.alpha < 1, points.count > CairoCanvas.pieceLength {
            // Drawn opaque by itself first: pieces that overlap would be darker there.
            cairo_push_group(context)
            let opaque = Stroke(stroke.color.opacity(1), width: stroke.width, dash: stroke.dash)
            self.stroke(points, opaque)
            cairo_pop_group_to_source(context)
            cairo_paint_with_alpha(context, stroke.color.alpha)
            return
        }
        use(stroke)
        let pieceLength = scale == nil ? Int.max / 2 : CairoCanvas.pieceLength
        let isCoarse = points.count > CairoCanvas.coarseFrom
        cairo_set_antialias(context, isCoarse ? CAIRO_ANTIALIAS_FAST : CAIRO_ANTIALIAS_DEFAULT)
        var start = 0
        var travelled = 0.0
        while start < points.count - 1 {
            let end = min(start + pieceLength, points.count - 1)
            // The dashes of a piece go on where those of the last piece stopped.
            cairo_set_dash(context, stroke.dash, Int32(stroke.dash.count), travelled)
            trace(points[start...end])
            cairo_stroke(context)
            if !stroke.dash.isEmpty {
                for i in start..<end {
                    travelled += hypot(points[i + 1].x - points[i].x, points[i + 1].y - points[i].y)
                }
            }
            start = end
        }
        cairo_set_dash(context, [], 0, 0)
        cairo_set_antialias(context, CAIRO_ANTIALIAS_DEFAULT)
    }

    private func rectangle(_ rectangle: Rectangle, cornerRadius: Double, fill: Color?, stroke: Stroke?) {
        cairo_new_path(context)
        if cornerRadius > 0 {
            let radius = min(cornerRadius, rectangle.width / 2, rectangle.height / 2)
            let corners = [
                (rectangle.right - radius, rectangle.top + radius),
                (rectangle.right - radius, rectangle.bottom - radius),
                (rectangle.left + radius, rectangle.bottom - radius), (rectangle.left + radius, rectangle.top + radius),
            ]
            for (quarter, corner) in corners.enumerated() {
                let angle = Double(quarter - 1) * .pi / 2
                cairo_arc(context, corner.0, corner.1, radius, angle, angle + .pi / 2)
            }
            cairo_close_path(context)
        } else {
            cairo_rectangle(context, rectangle.left, rectangle.top, rectangle.width, rectangle.height)
        }
        if let fill {
            use(fill)
            cairo_fill_preserve(context)
        }
        if let stroke {
            use(stroke)
            cairo_stroke_preserve(context)
        }
        cairo_new_path(context)
    }

    private func dots(_ points: [Point], colorIndices: [Int], colors: [Color], radius: Double) {
        if let scale {
            stampDots(points, colorIndices: colorIndices, colors: colors, radius: radius, scale: scale)
        } else if let cloud = DotCloud(points, colorIndices: colorIndices, colors: colors, radius: radius),
            let image = try? cloud.image(theme: theme)
        {
            let place = cloud.rectangle
            paint(image.surface, Size(width: Double(image.width), height: Double(image.height)), in: place)
        } else {
            for group in DotLayers(points, colorIndices: colorIndices, colors: colors, radius: radius).groups {
                use(Stroke(group.color, width: 2 * radius))
                cairo_new_path(context)
                for point in group.points {
                    cairo_move_to(context, point.x, point.y)
                    cairo_line_to(context, point.x, point.y)
                }
                cairo_stroke(context)
            }
        }
    }

    /// Stamps one disc drawn beforehand at whole pixels: tens of thousands of points take milliseconds so.
    private func stampDots(
        _ points: [Point], colorIndices: [Int], colors: [Color], radius: Double, scale: Double
    ) {
        let reach = (radius * scale).rounded(.up) + 1
        let stamp = cairo_image_surface_create(CAIRO_FORMAT_A8, Int32(2 * reach), Int32(2 * reach))
        let stampContext = cairo_create(stamp)
        cairo_arc(stampContext, reach, reach, radius * scale, 0, 2 * .pi)
        cairo_fill(stampContext)
        cairo_destroy(stampContext)
        cairo_save(context)
        var origin = (x: 0.0, y: 0.0)
        cairo_user_to_device(context, &origin.x, &origin.y)
        cairo_identity_matrix(context)
        for (point, index) in zip(points, colorIndices) {
            use(colors[index])
            let left = (origin.x + point.x * scale).rounded() - reach
            let top = (origin.y + point.y * scale).rounded() - reach
            cairo_mask_surface(context, stamp, left, top)
        }
        cairo_restore(context)
        cairo_surface_destroy(stamp)
    }

    private func text(_ line: TextLine) {
        cairo_save(context)
        CairoFonts.select(line.font, in: context)
        cairo_translate(context, line.origin.x, line.origin.y)
        cairo_rotate(context, line.rotation)
        cairo_move_to(context, 0, 0)
        if let halo = line.halo {
            cairo_text_path(context, line.string)
            use(Stroke(halo, width: 3))
            cairo_stroke(context)
            cairo_move_to(context, 0, 0)
        }
        use(line.color)
        cairo_show_text(context, line.string)
        cairo_restore(context)
    }

    /// - Parameter colors: `[height × width × 3]`, red, green, blue.
    private func image(_ width: Int, _ height: Int, _ colors: [UInt8], in rectangle: Rectangle) {
        guard width > 0, height > 0, rectangle.width > 0, rectangle.height > 0 else { return }
        let picture = cairo_image_surface_create(CAIRO_FORMAT_RGB24, Int32(width), Int32(height))
        defer { cairo_surface_destroy(picture) }
        guard let data = cairo_image_surface_get_data(picture) else { return }
        let stride = Int(cairo_image_surface_get_stride(picture))
        for row in 0..<height {
            for column in 0..<width {
                let first = 3 * (row * width + column)
                let (red, green, blue) = (UInt32(colors[first]), UInt32(colors[first + 1]), UInt32(colors[first + 2]))
                UnsafeMutableRawPointer(data).storeBytes(
                    of: red << 16 | green << 8 | blue, toByteOffset: row * stride + 4 * column, as: UInt32.self)
            }
        }
        cairo_surface_mark_dirty(picture)
        paint(picture, Size(width: Double(width), height: Double(height)), in: rectangle)
    }

    /// Stretches a picture of so many pixels over the rectangle; enlarged pixels stay sharp.
    private func paint(_ picture: OpaquePointer?, _ pixels: Size, in rectangle: Rectangle) {
        cairo_save(context)
        cairo_translate(context, rectangle.left, rectangle.top)
        cairo_scale(context, rectangle.width / pixels.width, rectangle.height / pixels.height)
        cairo_set_source_surface(context, picture, 0, 0)
        let isEnlarged = rectangle.width * (scale ?? 2) >= pixels.width
        cairo_pattern_set_filter(cairo_get_source(context), isEnlarged ? CAIRO_FILTER_NEAREST : CAIRO_FILTER_GOOD)
        cairo_rectangle(context, 0, 0, pixels.width, pixels.height)
        cairo_fill(context)
        cairo_restore(context)
    }
}
