internal import FileFormats
internal import Foundation
internal import Plotting

/// A report as one HTML file that needs nothing else: no network, no script, no other file.
enum HTMLPage {
    /// - Throws: `SceneError` if a figure cannot be drawn.
    static func write(_ page: ReportPage) throws -> [UInt8] {
        var body = """
            <header>
            <h1>\(flowing(page.title))</h1>
            <p class="subtitle">\(html(page.subtitle))</p>
            </header>

            """
        for section in page.sections {
            body += "<section id=\"\(Escaping.html(section.id))\" class=\"level\(section.level)\">\n"
            body += "<h\(section.level)>\(flowing(section.title))</h\(section.level)>\n"
            body += try section.blocks.map { try html($0, level: section.level) }.joined()
            body += "</section>\n"
        }
        let text = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="\(policy)">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="referrer" content="no-referrer">
            <meta name="generator" content="Fledge \(Versions.current.fledge)">
            <title>\(Escaping.html(page.title))</title>
            <style>
            \(StyleSheet.text)
            </style>
            </head>
            <body>
            <main>
            \(body)</main>
            </body>
            </html>

            """
        return Array(text.utf8)
    }

    /// Pictures and styles that stand in the page itself, and nothing else.
    private static let policy =
        "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

    private static func html(_ prose: Prose) -> String {
        prose.pieces.map { piece in
            switch piece {
            case .plain(let text): flowing(text)
            case .code(let text): "<code>\(Escaping.html(text))</code>"
            case .strong(let text): "<strong>\(flowing(text))</strong>"
            }
        }
        .joined()
    }

    /// A number and its unit are not torn apart at the end of a line, nor is a task's name from its version.
    private static func flowing(_ text: String) -> String {
        Escaping.html(text)
            .replacing(/(?<number>[0-9]) (?<unit>%|s|ms|min|h|GB|MB|m|N)(?![A-Za-z])/) { match in
                "\(match.number)\u{00A0}\(match.unit)"
            }
            .replacing(/[A-Za-z0-9]+-v[0-9]+/) { "<span class=\"whole\">\($0.output)</span>" }
    }

    private static func html(_ block: ReportBlock, level: Int) throws -> String {
        switch block {
        case .paragraph(let prose): return "<p>\(html(prose))</p>\n"
        case .list(let items):
            return "<ul>\n" + items.map { "<li>\(html($0))</li>\n" }.joined() + "</ul>\n"
        case .table(let table): return html(table)
        case .figure(let figure): return try html(figure)
        case .commands(let lines):
            return "<pre><code>" + lines.map { Escaping.html($0) }.joined(separator: "\n") + "</code></pre>\n"
        case .finding(let finding): return html(finding)
        case .details(let summary, let blocks):
            return "<details>\n<summary>\(Escaping.html(summary))</summary>\n"
                + (try blocks.map { try html($0, level: level) }.joined()) + "</details>\n"
        case .contents(let entries):
            return "<nav>\n<ol>\n"
                + entries.map { entry in
                    "<li><a href=\"#\(Escaping.html(entry.id))\">\(Escaping.html(entry.title))</a>"
                        + "<span>\(html(entry.about))</span></li>\n"
                }
                .joined() + "</ol>\n</nav>\n"
        }
    }

    private static func html(_ table: ReportTable) -> String {
        // A table that is wider than a telephone is read row by row there: every cell carries its column's name.
        func cell(_ prose: Prose, _ column: Int) -> String {
            // Numbers and intervals stay on a line; a setting's value may be long.
            let isShort = prose.text.count <= 20 && (column == 0 || table.numbers.contains(column))
            let names = [table.numbers.contains(column) ? "number" : nil, isShort ? "short" : nil].compactMap(\.self)
            let kind = names.isEmpty ? "" : " class=\"\(names.joined(separator: " "))\""
            let name = table.header.indices.contains(column) ? table.header[column] : ""
            let tag = column == 0 ? "th scope=\"row\"" : "td data-column=\"\(Escaping.html(name))\""
            return "<\(tag)\(kind)>\(html(prose))</\(column == 0 ? "th" : "td")>"
        }
        let header = table.header.enumerated().map { column, name in
            "<th scope=\"col\"\(table.numbers.contains(column) ? " class=\"number\"" : "")>\(Escaping.html(name))</th>"
        }
        let rows = table.rows.enumerated().map { index, row in
            "<tr\(table.emphasized == index ? " class=\"main\"" : "")>"
                + row.enumerated().map { cell($1, $0) }.joined() + "</tr>\n"
        }
        let head = table.header.allSatisfy(\.isEmpty) ? "" : "<thead><tr>\(header.joined())</tr></thead>\n"
        return
            "<table\(table.header.count > 4 ? " class=\"wide\"" : "")>\n\(head)<tbody>\n\(rows.joined())</tbody>\n</table>\n"
    }

    private static func html(_ finding: Finding) -> String {
        var text = "<div class=\"finding \(finding.weight.rawValue)\">\n"
        let observation = finding.observation.isEmpty ? "" : " " + Escaping.html(finding.observation)
        text += "<p><strong>\(Escaping.html(finding.title))</strong>\(observation)</p>\n"
        text += "<p>\(Escaping.html(finding.advice))</p>\n"
        if let command = finding.command { text += "<pre><code>\(Escaping.html(command))</code></pre>\n" }
        return text + "</div>\n"
    }

    /// Drawn for wide windows and for narrow ones; the style sheet shows the one that fits.
    private static func html(_ figure: ReportFigure) throws -> String {
        let drawings = try [("wide", figure.wide), ("narrow", figure.narrow)].map { width, drawing in
            "<div class=\"\(width)\">\n"
                + (try drawing.svgElement(named: "\(figure.name)-\(width)", label: figure.alternative)) + "</div>\n"
        }
        return "<figure>\n" + drawings.joined()
            + (figure.caption.isEmpty ? "" : "<figcaption>\(html(figure.caption))</figcaption>\n") + "</figure>\n"
    }
}
