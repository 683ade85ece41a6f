import Experiments

/// Columns of text that fit the terminal: long ones are shortened first, then the least important ones are left out.
struct FittedTable {
    struct Column {
        let title: String
        let cells: [String]
        /// Numbers are aligned at the right.
        let isNumber: Bool
        /// The width to which the cells may be shortened; nil for ones that are shown whole.
        let least: Int?
        /// The highest is left out first; nil for a column that stays.
        let rank: Int?

        init(_ title: String, _ cells: [String], isNumber: Bool = false, least: Int? = nil, rank: Int? = nil) {
            self.title = Escaping.printable(title)
            self.cells = cells.map(Escaping.printable)
            self.isNumber = isNumber
            self.least = least
            self.rank = rank
        }

        /// What the widest cell needs; 0 for a column without content.
        var width: Int {
            let widest = cells.lazy.map(\.count).max() ?? 0
            return widest == 0 ? 0 : max(widest, title.count)
        }
    }

    static let gap = 2
    let columns: [Column]

    init(_ columns: [Column]) { self.columns = columns }

    /// - Parameter width: how many characters a line may have; nil for any number.
    func text(width: Int?) -> String {
        var shown = columns.filter { $0.width > 0 }
        var widths = FittedTable.widths(of: shown, in: width)
        while widths == nil,
            let last = shown.indices.filter({ shown[$0].rank != nil }).max(by: {
                shown[$0].rank ?? 0 < shown[$1].rank ?? 0
            })
        {
            shown.remove(at: last)
            widths = FittedTable.widths(of: shown, in: width)
        }
        // What cannot be narrowed further runs over the edge.
        let final = widths ?? shown.map { min($0.width, $0.least ?? $0.width) }
        let lines =
            [shown.map(\.title)] + (shown.first?.cells.indices ?? 0..<0).map { row in shown.map { $0.cells[row] } }
        return lines.map { cells in
            var line = ""
            for (index, cell) in cells.enumerated() {
                let text = FittedTable.shortened(cell, to: final[index])
                line += shown[index].isNumber ? text.padded(to: final[index]) : text.filled(to: final[index])
                line += String(repeating: " ", count: FittedTable.gap)
            }
            while line.last == " " { line.removeLast() }
            return line + "\n"
        }
        .joined()
    }

    /// The columns' widths where they fit; the last that may be shortened is shortened first.
    private static func widths(of columns: [Column], in width: Int?) -> [Int]? {
        var widths = columns.map(\.width)
        guard let width else { return widths }
        var excess = widths.reduce(0, +) + gap * max(0, widths.count - 1) - width
        for index in columns.indices.reversed() where excess > 0 {
            guard let least = columns[index].least, widths[index] > least else { continue }
            let cut = min(excess, widths[index] - least)
            widths[index] -= cut
            excess -= cut
        }
        return excess <= 0 ? widths : nil
    }

    private static func shortened(_ text: String, to width: Int) -> String {
        text.count <= width ? text : text.prefix(max(0, width - 1)) + "…"
    }
}
