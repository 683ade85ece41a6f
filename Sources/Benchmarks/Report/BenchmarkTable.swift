import Foundation

/// Rows as text: aligned for a terminal, or with bars for a Markdown page.
struct BenchmarkTable {
    let rows: [BenchmarkRow]

    private static let header = [
        "job", "threads", "cores", "ours", "from … to", "unit", "peer", "its figure", "× peer", "of limit", "limit",
        "quality",
    ]
    /// Columns of numbers are aligned to the right.
    private static let rightAligned: Set<Int> = [1, 2, 3, 7, 8, 9]

    private static func cells(_ row: BenchmarkRow) -> [String] {
        let disturbed = row.ours.otherCores > 0.25 ? " *" : ""
        let qualities = [row.quality, row.peer?.quality.map { "peer \($0)" }].compactMap(\.self)
        return [
            row.job, "\(row.threads)", String(format: "%.2f", row.ours.ownCores), text(row.ours.median) + disturbed,
            "\(text(row.ours.minimum)) … \(text(row.ours.maximum))", row.unit.name, row.peer?.name ?? "—",
            row.peer.map { text($0.value) } ?? "—", row.ratio.map { text($0) } ?? "—",
            row.fractionOfLimit.map { String(format: "%.2f", $0) } ?? "—",
            row.limit?.basis ?? "—", qualities.isEmpty ? "—" : qualities.joined(separator: "; "),
        ]
    }

    /// Lines of equally wide columns.
    var aligned: String {
        let lines = [Self.header] + rows.map(Self.cells)
        let widths = Self.header.indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
        var result: [String] = []
        for (index, cells) in lines.enumerated() {
            let padded = cells.enumerated().map { column, cell in
                let space = String(repeating: " ", count: widths[column] - cell.count)
                return Self.rightAligned.contains(column) ? space + cell : cell + space
            }
            result.append(padded.joined(separator: "  "))
            if index == 0 { result.append(widths.map { String(repeating: "─", count: $0) }.joined(separator: "  ")) }
        }
        if rows.contains(where: { $0.ours.otherCores > 0.25 }) {
            result.append("* other processes kept more than a quarter of a core busy meanwhile")
        }
        result.append("cores: CPU seconds of ours a second; of limit: ours over what the products alone would allow")
        return result.joined(separator: "\n")
    }

    /// A Markdown table.
    var markdown: String {
        let rule = Self.header.indices.map { Self.rightAligned.contains($0) ? "---:" : "---" }
        return ([Self.header, rule] + rows.map(Self.cells)).map { "| " + $0.joined(separator: " | ") + " |" }
            .joined(separator: "\n")
    }

    /// Three significant digits below 1000, whole numbers in groups of three above.
    static func text(_ value: Double) -> String {
        if abs(value) < 1000 {
            let decimals = abs(value) >= 100 ? 0 : abs(value) >= 10 ? 1 : abs(value) >= 1 ? 2 : 3
            return String(format: "%.\(decimals)f", value)
        }
        let scale = pow(10, max(0, floor(log10(abs(value))) - 3))
        var digits = String(Int((value / scale).rounded() * scale))
        var groups: [Substring] = []
        while digits.count > 3 {
            groups.insert(digits.suffix(3), at: 0)
            digits = String(digits.dropLast(3))
        }
        return ([Substring(digits)] + groups).joined(separator: ",")
    }
}
