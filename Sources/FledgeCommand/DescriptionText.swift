import Datasets
import Experiments

/// The description of a dataset for reading.
struct DescriptionText {
    /// Longer names are shortened in the middle.
    private static let (shortName, longestName) = (28, 44)
    private static let mostClasses = 20
    private static let mostPairs = 8
    /// Weaker associations of two columns are left to the figure.
    private static let strong = 0.8
    private static let barLength = 24
    private static let widest = 120

    private let described: DescribedDataset
    private let listed: Int
    private let width: Int

    /// - Parameters:
    ///   - listed: how many columns are listed at most.
    ///   - width: how many characters a line has room for.
    init(_ described: DescribedDataset, listed: Int, width: Int) {
        self.described = described
        self.listed = listed
        self.width = min(max(width, 40), Self.widest)
    }

    private var description: DatasetDescription { described.description }

    var text: String {
        [heading, columns, target, leaks, pairs, notes].filter { !$0.isEmpty }.joined(separator: "\n")
    }

    private var heading: String {
        let learned = description.targetName.map { ", \"\($0)\" to be learned" } ?? ""
        return wrapped(description.name + ": " + described.headline + learned, indent: "", hanging: "  ")
    }

    // MARK: Columns

    /// The columns in their order; of more than are listed the suspicious ones first, then what tells most about the target.
    private var shown: [ColumnSummary] {
        let all = description.columns
        guard all.count > listed else { return all }
        let leaking = Set(description.leaks.map(\.column))
        let strengths = Dictionary(
            description.targetAssociations.map { ($0.column, abs($0.value)) }, uniquingKeysWith: { first, _ in first })
        func rank(_ index: Int) -> (Int, Double, Int) {
            (leaking.contains(all[index].name) ? 0 : 1, -(strengths[all[index].name] ?? 0), index)
        }
        return all.indices.map(rank).sorted { $0 < $1 }.prefix(listed).map { all[$0.2] }
    }

    private var columns: String {
        let shown = shown
        let associations = Dictionary(
            description.targetAssociations.map { ($0.column, $0.value) }, uniquingKeysWith: { first, _ in first })
        let values = ValueWords(shown)
        let others: [FittedTable.Column] = [
            .init("type", shown.map(\.type.rawValue), rank: 2),
            .init("missing", shown.map { missing($0) }, isNumber: true),
            .init("distinct", shown.map { Numbers.grouped($0.distinctCount) }, isNumber: true, rank: 3),
            .init(
                "association", shown.map { associations[$0.name].map(Self.fixed) ?? "" }, isNumber: true, rank: 1),
        ]
        let free = width - others.reduce(FittedTable.gap) { $0 + ($1.width > 0 ? $1.width + FittedTable.gap : 0) }
        let names = Self.shortened(
            shown.map(\.name), to: min(max(free - values.leastWidth, Self.shortName), Self.longestName))
        let room = free - (names.map(\.count).max() ?? 0)
        let table = FittedTable(
            [.init("column", names, least: 10)] + others
                + [.init(values.title, shown.map { values.words($0, room: room) }, least: 24)])
        let rest = description.columns.count - shown.count
        return table.text(width: width)
            + (rest > 0 ? "and \(Numbers.grouped(rest)) more (--columns lists them)\n" : "")
    }

    private func missing(_ column: ColumnSummary) -> String {
        guard column.missingCount > 0 else { return "" }
        return
            "\(Numbers.grouped(column.missingCount)) (\(Self.percent(column.missingCount, of: description.rowCount)))"
    }

    // MARK: Target

    private var target: String {
        guard let name = description.targetName else { return "" }
        if let numbers = description.targetNumbers {
            return wrapped(
                "\(name): \(Numbers.short(numbers.minimum)) to \(Numbers.short(numbers.maximum)), median "
                    + "\(Numbers.short(numbers.median)), mean \(Numbers.short(numbers.mean)), standard deviation "
                    + Numbers.short(numbers.standardDeviation), indent: "", hanging: "  ")
        }
        let all = description.classes
        let order = all.indices.sorted { (-all[$0].count, $0) < (-all[$1].count, $1) }
        let shown = all.count > Self.mostClasses ? order.prefix(Self.mostClasses).map { all[$0] } : all
        let most = Double(max(shown.map(\.count).max() ?? 1, 1))
        let rows = all.reduce(0) { $0 + $1.count }
        let table = FittedTable([
            .init(Self.shortened(name), shown.map { Self.shortened($0.value) }, least: 8),
            .init("rows", shown.map { Numbers.grouped($0.count) }, isNumber: true),
            .init("", shown.map { Self.percent($0.count, of: rows) }, isNumber: true),
            .init(
                "",
                shown.map { String(repeating: "█", count: Int((Double(Self.barLength * $0.count) / most).rounded())) },
                rank: 1),
        ])
        let rest = all.count - shown.count
        return table.text(width: width) + (rest > 0 ? "and \(Numbers.grouped(rest)) more classes\n" : "")
    }

    // MARK: Findings

    private var leaks: String {
        let sentences = description.leaks.filter { $0.kind != .identifier }.map(\.sentence)
        return bullets(sentences.isEmpty ? "" : "columns that seem to know the target already", sentences)
    }

    /// Columns that say nearly the same.
    private var pairs: String {
        guard let associations = description.associations else { return "" }
        let features = associations.names.indices.dropLast(description.targetName == nil ? 0 : 1)
        let found = features.flatMap { row in
            features.filter { $0 > row }.compactMap { column in
                associations.values[row][column].map { (row: row, column: column, value: $0) }
            }
        }
        .filter { abs($0.value) >= Self.strong }
        .sorted { (-abs($0.value), $0.row, $0.column) < (-abs($1.value), $1.row, $1.column) }
        guard !found.isEmpty else { return "" }
        let shown = found.prefix(Self.mostPairs)
        let table = FittedTable([
            .init("go together", shown.map { Self.shortened(associations.names[$0.row]) }, least: 8),
            .init("", shown.map { Self.shortened(associations.names[$0.column]) }, least: 8),
            .init("association", shown.map { Self.fixed($0.value) }, isNumber: true),
        ])
        let rest = found.count - shown.count
        return table.text(width: width)
            + (rest > 0 ? "and \(Numbers.grouped(rest)) more pairs of at least \(Self.fixed(Self.strong))\n" : "")
    }

    /// All but what the heading says already.
    private var notes: String {
        let learned = description.targetName.map { "\"\($0)\" is to be learned: " }
        let told = description.notes.filter { note in learned.map { !note.hasPrefix($0) } ?? true }
        return bullets(told.isEmpty ? "" : "notes", told)
    }

    // MARK: Words

    private func bullets(_ title: String, _ sentences: [String]) -> String {
        (title.isEmpty ? "" : title + "\n") + sentences.map { wrapped($0, indent: "- ", hanging: "  ") }.joined()
    }

    private func wrapped(_ text: String, indent: String, hanging: String) -> String {
        var lines: [String] = []
        var line = indent
        for word in Escaping.printable(text).split(separator: " ") {
            let isFresh = line == indent || line == hanging
            if !isFresh, line.count + 1 + word.count > width {
                lines.append(line)
                line = hanging + word
            } else {
                line += (isFresh ? "" : " ") + word
            }
        }
        return (lines + [line]).joined(separator: "\n") + "\n"
    }

    /// Names of at most so many characters: without their middle, beginning or end, whichever leaves most of them different.
    private static func shortened(_ names: [String], to length: Int) -> [String] {
        guard names.contains(where: { $0.count > length }) else { return names }
        let ways = [length / 2, length - 1, 0].map { end in
            names.map { name in
                name.count <= length ? name : name.prefix(length - 1 - end) + "…" + name.suffix(end)
            }
        }
        return ways.max { Set($0).count < Set($1).count } ?? names
    }

    private static func shortened(_ name: String) -> String { shortened([name], to: shortName)[0] }

    private static func fixed(_ value: Double) -> String {
        let text = String((value.magnitude * 100).rounded() / 100)
        let padded = text.split(separator: ".").last?.count == 1 ? text + "0" : text
        return (value < 0 && padded != "0.00" ? "-" : "") + padded
    }

    static func percent(_ count: Int, of total: Int) -> String {
        let tenths = Int((1000 * Double(count) / Double(max(total, 1))).rounded())
        return (tenths == 0 && count > 0 ? "< 0.1" : "\(tenths / 10).\(tenths % 10)") + " %"
    }
}

/// Ranges of numbers below each other, the most frequent of other values.
private struct ValueWords {
    private static let mostValues = 4
    private static let longestValue = 20
    private static let fewValues = 36

    private static let heads = ["least", "median", "largest", "mean"]

    let title: String
    /// The room that numbers need, or a few of the most frequent values.
    let leastWidth: Int
    private let widths: [Int]

    init(_ columns: [ColumnSummary]) {
        let numbers = columns.compactMap { $0.numbers.map(Self.numbers) }
        let widths = Self.heads.indices.map { place in
            max(Self.heads[place].count, numbers.map { $0[place].count }.max() ?? 0)
        }
        self.widths = widths
        title =
            numbers.isEmpty
            ? (columns.contains { !$0.frequent.isEmpty } ? "most frequent" : "")
            : zip(Self.heads, widths).map { $0.padded(to: $1) }.joined(separator: "  ")
        let others = columns.contains { !$0.frequent.isEmpty } ? Self.fewValues : 0
        leastWidth = max(numbers.isEmpty ? 0 : title.count, others)
    }

    private static func numbers(_ summary: NumberSummary) -> [String] {
        [summary.minimum, summary.median, summary.maximum, summary.mean].map(text)
    }

    /// Years and other whole numbers of four digits have no comma.
    private static func text(_ number: Double) -> String {
        number == number.rounded() && number.magnitude < 10_000 ? "\(Int(number))" : Numbers.short(number)
    }

    /// - Parameter room: so many characters of the most frequent values.
    func words(_ column: ColumnSummary, room: Int) -> String {
        if let summary = column.numbers {
            return zip(Self.numbers(summary), widths).map { $0.padded(to: $1) }.joined(separator: "  ")
        }
        if let first = column.dates.first, let last = column.dates.last {
            return first == last ? first : "\(first) to \(last)"
        }
        var text = ""
        for value in column.frequent.prefix(Self.mostValues) {
            let name =
                value.value.count > Self.longestValue
                ? value.value.prefix(Self.longestValue - 1) + "…" : value.value[...]
            let words = "\(name) \(DescriptionText.percent(value.count, of: column.count))"
            guard text.isEmpty || text.count + 2 + words.count <= room else { break }
            text += (text.isEmpty ? "" : ", ") + words
        }
        return text
    }
}
