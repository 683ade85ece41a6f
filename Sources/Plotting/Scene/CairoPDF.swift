import CCairo

/// Writes a scene as a PDF file of one page, with text that can be searched.
enum CairoPDF {
    /// - Parameters:
    ///   - metadata: What the file says about itself; the title in its own field, the rest as the subject.
    static func write(
        _ scene: Scene, theme: Theme, title: String, metadata: [(keyword: String, text: String)]
    ) throws -> [UInt8] {
        let output = Output()
        let surface = cairo_pdf_surface_create_for_stream(
            { closure, data, length in
                guard let closure, let data else { return CAIRO_STATUS_WRITE_ERROR }
                let output = Unmanaged<Output>.fromOpaque(closure).takeUnretainedValue()
                output.bytes.append(contentsOf: UnsafeBufferPointer(start: data, count: Int(length)))
                return CAIRO_STATUS_SUCCESS
            }, Unmanaged.passUnretained(output).toOpaque(), scene.size.width, scene.size.height)
        defer { cairo_surface_destroy(surface) }
        let subject = metadata.map { "\($0.keyword): \($0.text)" }.joined(separator: "\n")
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, title)
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_SUBJECT, subject)
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "Fledge")
        // Equal figures have equal bytes, whenever they are drawn.
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, "")
        let context = cairo_create(surface)
        defer { cairo_destroy(context) }
        let paper = Color.paper.tone(in: theme)
        cairo_set_source_rgb(context, paper.red, paper.green, paper.blue)
        cairo_paint(context)
        CairoCanvas(context, scale: nil, theme: theme).draw(scene.commands)
        cairo_show_page(context)
        try CairoImage.check(context)
        cairo_surface_finish(surface)
        return output.bytes
    }

    /// What the drawing library has written so far.
    private final class Output {
        var bytes: [UInt8] = []
    }
}
