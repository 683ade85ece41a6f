import CCairo

/// A picture drawn by Cairo, on opaque paper or on nothing.
final class CairoImage {
    /// Cairo's own limit for one side of an image.
    static let maximumSide = 32_767

    let width: Int
    let height: Int
    let surface: OpaquePointer?
    private let context: OpaquePointer?

    /// An image of `size` points, `scale` pixels to the point.
    ///
    /// - Parameter isOpaque: On paper of the theme; else what is not drawn on stays transparent.
    /// - Throws: `SceneError` when it has no pixels or too many.
    init(size: Size, scale: Double, theme: Theme, isOpaque: Bool = true) throws {
        let pixels = (width: (size.width * scale).rounded(), height: (size.height * scale).rounded())
        let allowed = 1...Double(CairoImage.maximumSide)
        guard allowed.contains(pixels.width), allowed.contains(pixels.height) else {
            throw SceneError(
                "A figure of \(size.width) × \(size.height) points at scale \(scale) does not fit into an image: "
                    + "each side must have 1 to \(CairoImage.maximumSide) pixels. Choose a smaller width or scale.")
        }
        width = Int(pixels.width)
        height = Int(pixels.height)
        surface = cairo_image_surface_create(
            isOpaque ? CAIRO_FORMAT_RGB24 : CAIRO_FORMAT_ARGB32, Int32(width), Int32(height))
        context = cairo_create(surface)
        try CairoImage.check(context)
        if isOpaque {
            let paper = Color.paper.tone(in: theme)
            cairo_set_source_rgb(context, paper.red, paper.green, paper.blue)
            cairo_paint(context)
        }
        cairo_scale(context, scale, scale)
        canvas = CairoCanvas(context, scale: scale, theme: theme)
    }

    private let canvas: CairoCanvas

    deinit {
        cairo_destroy(context)
        cairo_surface_destroy(surface)
    }

    /// Draws with the point `origin` of the figure at the image's upper left corner.
    func draw(_ commands: [DrawingCommand], origin: Point = Point(x: 0, y: 0)) {
        cairo_save(context)
        cairo_translate(context, -origin.x, -origin.y)
        canvas.draw(commands)
        cairo_restore(context)
    }

    /// Red, green and blue, `[height × width × 3]`, of an opaque image.
    func opaquePixels() throws -> [UInt8] {
        try read(channels: 3) { pixel, output in
            output[0] = UInt8(truncatingIfNeeded: pixel >> 16)
            output[1] = UInt8(truncatingIfNeeded: pixel >> 8)
            output[2] = UInt8(truncatingIfNeeded: pixel)
        }
    }

    /// Red, green, blue and opacity, `[height × width × 4]`, not multiplied, of an image on nothing.
    func transparentPixels() throws -> [UInt8] {
        try read(channels: 4) { pixel, output in
            let alpha = pixel >> 24
            for channel in 0..<3 {
                let multiplied = pixel >> UInt32(16 - 8 * channel) & 0xFF
                output[channel] =
                    alpha == 0 ? 0 : UInt8(truncatingIfNeeded: min(255, (multiplied * 255 + alpha / 2) / alpha))
            }
            output[3] = UInt8(truncatingIfNeeded: alpha)
        }
    }

    /// Every pixel's channels, written from Cairo's pixel: one 32-bit number in the machine's byte order, 0xAARRGGBB.
    private func read(
        channels: Int, _ write: (UInt32, UnsafeMutablePointer<UInt8>) -> Void
    ) throws -> [UInt8] {
        try CairoImage.check(context)
        cairo_surface_flush(surface)
        guard let data = cairo_image_surface_get_data(surface) else {
            throw SceneError("The drawing library gave no pixels.")
        }
        let stride = Int(cairo_image_surface_get_stride(surface))
        return [UInt8](unsafeUninitializedCapacity: width * height * channels) { buffer, count in
            guard var next = buffer.baseAddress else { return }
            for row in 0..<height {
                for column in 0..<width {
                    let pixel = UnsafeRawPointer(data).load(fromByteOffset: row * stride + 4 * column, as: UInt32.self)
                    write(pixel, next)
                    next += channels
                }
            }
            count = width * height * channels
        }
    }

    static func check(_ context: OpaquePointer?) throws {
        let status = cairo_status(context)
        guard status == CAIRO_STATUS_SUCCESS else {
            throw SceneError("The drawing library failed: \(String(cString: cairo_status_to_string(status))).")
        }
    }
}
