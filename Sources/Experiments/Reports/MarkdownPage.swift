/// A report as Markdown (CommonMark with GitHub's tables), its figures in files beside it.
enum MarkdownPage {
    static func write(_ page: ReportPage) -> [UInt8] {
        var parts = ["# \(Escaping.markdown(page.title))", markdown(page.subtitle)]
        for section in page.sections {
            parts.append(
                String(repeating: "#", count: section.level) + " " + Escaping.markdown(section.title))
            parts += section.blocks.map(markdown)
        }
        return Array((parts.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n").utf8)
    }

    static func markdown(_ prose: Prose) -> String {
        prose.pieces.map { piece in
            switch piece {
            case .plain(let text): Escaping.markdown(text)
            case .code(let text): Escaping.markdownCode(text)
            case .strong(let text): "**\(Escaping.markdown(text))**"
            }
        }
        .joined()
    }

    private static func markdown(_ block: ReportBlock) -> String {
        switch block {
        case .paragraph(let prose): return markdown(prose)
        case .list(let items): return items.map { "- " + markdown($0) }.joined(separator: "\n")
        case .table(let table): return markdown(table)
        case .figure(let figure):
            // Its title and subtitle are in the picture.
            return "![\(Escaping.markdown(figure.alternative))](figures/\(figure.name).png)"
        case .commands(let lines): return Escaping.markdownBlock(lines, language: "sh")
        case .finding(let finding):
            let words =
                "> **\(Escaping.markdown(finding.title))** "
                + [finding.observation, finding.advice].filter { !$0.isEmpty }.map(Escaping.markdown)
                .joined(separator: " ")
            guard let command = finding.command else { return words }
            return words + "\n\n" + Escaping.markdownBlock([command], language: "sh")
        case .details(let summary, let blocks):
            return "<details>\n<summary>\(Escaping.html(summary))</summary>\n\n"
                + blocks.map(markdown).joined(separator: "\n\n") + "\n\n</details>"
        case .contents(let entries):
            return entries.enumerated().map { index, entry in
                "\(index + 1). \(Escaping.markdown(entry.title)): \(markdown(entry.about))"
            }
            .joined(separator: "\n")
        }
    }

    static func markdown(_ table: ReportTable) -> String {
        let rule = table.header.indices.map { table.numbers.contains($0) ? "--:" : ":--" }
        let rows = table.rows.enumerated().map { index, row in
            row.map { cell in
                let text = markdown(cell)
                return table.emphasized == index && !text.isEmpty && !text.contains("*") ? "**\(text)**" : text
            }
        }
        return ([table.header.map(Escaping.markdown), rule] + rows)
            .map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n")
    }
}
