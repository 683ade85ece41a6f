internal import Datasets
internal import Plotting

/// A table at a glance: what is to be learned, what tells about it, the most telling columns, how columns go together,
/// and what is missing.
struct TableDescriptionFigure {
    private static let (panelsPerRow, mostPanels) = (4, 8)
    private static let mostBars = 12
    /// The numbers in more cells are not legible.
    private static let mostAssociated = 15

    private let described: DescribedDataset
    private let table: Table
    private let target: DescribedTarget

    init(_ described: DescribedDataset, _ table: Table) {
        self.described = described
        self.table = table
        target = DescribedTarget(described)
    }

    private var description: DatasetDescription { described.description }

    private typealias Content = (title: String, caption: String?, chart: any Chart)

    var figure: Figure {
        let rows = [[target.panel(of: "Rows"), tellingBars], [associationMap, missingBars]].map {
            $0.compactMap(\.self)
        }
        let small = tellingPanels
        var (y, panels, heights) = (0, [Panel](), [Double]())
        func add(_ contents: [Content], columns: Int, height: Double) {
            guard !contents.isEmpty else { return }
            let span = max(1, columns / contents.count)
            for (x, content) in contents.enumerated() {
                panels.append(
                    Panel(
                        content.title, row: y, column: x * span, columnSpan: span, caption: content.caption,
                        AnyChart(content.chart)))
            }
            heights.append(height)
            y += 1
        }
        add(rows[0], columns: Self.panelsPerRow, height: 150)
        for start in stride(from: 0, to: small.count, by: Self.panelsPerRow) {
            let end = min(start + Self.panelsPerRow, small.count)
            // A row that is not full keeps the width of the one above.
            let columns = small.count < Self.panelsPerRow ? Self.panelsPerRow : end - start
            add(Array(small[start..<end]), columns: columns, height: 95)
        }
        let nameCount = min(description.associations?.names.count ?? 0, Self.mostAssociated + 1)
        add(rows[1], columns: Self.panelsPerRow, height: min(max(34 * Double(nameCount), 100), 250))
        return Figure(title: title, subtitle: subtitle, footer: footer, rowHeights: heights) { panels }
    }

    // MARK: Panels

    /// The columns that seem to know the target, the others by what they tell about it, and those of which that is not known.
    private var order: [Column] {
        let leaking = description.leaks.map(\.column)
        let ranks = Dictionary(
            (leaking + description.targetAssociations.map(\.column)).enumerated().map { ($1, $0) },
            uniquingKeysWith: { first, _ in first })
        func rank(_ index: Int) -> (Int, Int) { (ranks[table.columns[index].name] ?? .max, index) }
        return table.columns.indices.filter { table.columns[$0].inference.isFeature }.sorted { rank($0) < rank($1) }
            .map { table.columns[$0] }
    }

    private var tellingPanels: [Content] {
        var panels: [Content] = []
        // In each row the first picture with an axis names it.
        var isTold = false
        for column in order where panels.count < Self.mostPanels {
            if panels.count % Self.panelsPerRow == 0 { isTold = false }
            let panel = ColumnPanel(column: column, target: target, tellsHeight: !isTold)
            guard let chart = panel.chart else { continue }
            panels.append((column.name, panel.caption, chart))
            isTold = isTold || panel.hasHeight
        }
        return panels
    }

    private var tellingBars: Content? {
        let found = description.targetAssociations.prefix(Self.mostBars)
        guard found.count > 1 else { return nil }
        let total = description.targetAssociations.count
        return (
            "What each column alone tells about \(target.name)",
            "association"
                + (found.count < total ? ", the highest \(found.count) of \(NumberText.fixed(Double(total)))" : "")
                + (found.contains { $0.value < 0 } ? "; orange where one falls as the other rises" : ""),
            BarChart(
                found.map {
                    .init(
                        $0.column, abs($0.value), valueText: NumberText.fixed($0.value, decimals: 2),
                        color: $0.value < 0 ? Palette.diverging(-0.75) : Palette.diverging(0.75))
                })
        )
    }

    private var associationMap: Content? {
        guard let associations = description.associations, associations.names.count > 2 else { return nil }
        let names = associations.names
        let isLearned = described.dataset.training.targets != nil
        let features = Array(names.indices.dropLast(isLearned ? 1 : 0))
        // The strongest, in the order of the table.
        func strength(_ index: Int) -> Double {
            isLearned
                ? abs(associations.values[index][names.count - 1] ?? 0)
                : features.reduce(0) { $1 == index ? $0 : max($0, abs(associations.values[index][$1] ?? 0)) }
        }
        let strengths = names.indices.map(strength)
        let chosen = features.sorted { (-strengths[$0], $0) < (-strengths[$1], $1) }.prefix(Self.mostAssociated)
            .sorted()
        let shown = chosen + (isLearned ? [names.count - 1] : [])
        return (
            "How columns go together",
            chosen.count < features.count ? "the \(chosen.count) that matter most of \(features.count)" : nil,
            AssociationMap(
                shown.map { row in shown.map { associations.values[row][$0] } }, names: shown.map { names[$0] })
        )
    }

    private var missingBars: Content? {
        let incomplete = description.columns.enumerated().filter { $0.element.missingCount > 0 }
            .sorted { (-$0.element.missingCount, $0.offset) < (-$1.element.missingCount, $1.offset) }
        guard !incomplete.isEmpty else { return nil }
        let shown = incomplete.prefix(Self.mostBars).map(\.element)
        return (
            "Missing values, % of the rows",
            shown.count < incomplete.count ? "the \(shown.count) worst of \(incomplete.count)" : nil,
            BarChart(
                shown.map { column in
                    let share = 100 * Double(column.missingCount) / Double(max(description.rowCount, 1))
                    return .init(column.name, share, valueText: NumberText.short(share, digits: 2) + " %")
                })
        )
    }

    // MARK: Words

    private var title: String {
        if let leak = description.leaks.first(where: { $0.kind != .identifier }) {
            return "In \(description.name), \(leak.column) seems to know \(target.name) already"
        }
        if let best = description.targetAssociations.first {
            return "\(best.column) alone tells most about \(target.name): association "
                + NumberText.fixed(best.value, decimals: 2)
        }
        return "\(description.name): \(described.headline)"
    }

    /// Whether there is nothing to say but what the data are.
    private var isPlain: Bool {
        description.targetAssociations.isEmpty && !description.leaks.contains { $0.kind != .identifier }
    }

    private var subtitle: String {
        let types = ColumnType.allCases.compactMap { type -> String? in
            let count = description.columns.count { $0.type == type }
            return count == 0 ? nil : FigureWords.count(count, type.rawValue, plural: type.plural)
        }
        let missing = description.columns.reduce(0) { $0 + $1.missingCount }
        return
            ((isPlain ? [] : [description.name + ", " + described.headline]) + types + [
                missing == 0 ? "nothing missing" : FigureWords.count(missing, "missing value"),
                description.repeatedRows.count == 0
                    ? "no row twice" : FigureWords.count(description.repeatedRows.count, "repeated row"),
            ]).joined(separator: " · ")
    }

    private var footer: String? {
        let words =
            "Association: Pearson’s correlation of numbers, the correlation ratio of a category and a number, "
            + "Cramér’s V of two categories."
        return description.targetAssociations.isEmpty && description.associations == nil ? nil : words
    }
}

extension ColumnType {
    fileprivate var plural: String {
        self == .category ? "categories" : rawValue + "s"
    }
}
