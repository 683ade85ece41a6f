internal import Datasets
internal import Plotting

/// A column of a table in a small picture: how its values are spread in each class, or what it has to do with the number
/// to learn.
struct ColumnPanel {
    /// Outlines of more classes hide each other.
    private static let mostOutlines = 4
    private static let mostBars = 6
    private static let mostPoints = 1500

    let column: Column
    let target: DescribedTarget
    /// Whether the axis of the height has a title: in one of several pictures beside each other.
    var tellsHeight = true

    /// nil for texts, and for columns without a value.
    var chart: (any Chart)? {
        switch column.values {
        case .numbers(let values): numbers(values)
        case .categories(let codes, let names): categories(codes, names)
        case .dates(let dates): periods(dates)
        case .texts: nil
        }
    }

    /// What the bars of categories are; nil for other charts.
    var caption: String? {
        switch column.values {
        case .numbers, .texts: return nil
        case .dates: return "rows"
        case .categories(_, let names):
            let unit = target.numbers == nil ? "rows" : "mean \(target.name)"
            return names.count > Self.mostBars ? "\(unit), \(Self.mostBars) of \(names.count)" : unit
        }
    }

    /// Whether there is an axis of the height.
    var hasHeight: Bool {
        guard case .numbers = column.values else { return false }
        return target.coloredLabels == nil || target.classes.count <= Self.mostOutlines
    }

    private func height(_ title: String) -> Axis { tellsHeight ? Axis(title) : .automatic }

    // MARK: Numbers

    private func numbers(_ values: [Double?]) -> (any Chart)? {
        let rows = values.indices.filter { values[$0] != nil }
        let present = rows.compactMap { values[$0] }
        guard !present.isEmpty else { return nil }
        if let numbers = target.numbers {
            let step = max(1, rows.count / Self.mostPoints)
            let shown = stride(from: 0, to: rows.count, by: step).map { rows[$0] }
            return ScatterChart(
                x: shown.compactMap { values[$0] }, y: shown.map { numbers[$0] }, yAxis: height(target.name))
        }
        let most = Self.bins(of: present.count)
        let bins = column.inference.distinctCount > most ? most : nil
        guard let labels = target.coloredLabels else { return Histogram(present, binCount: bins, y: height("rows")) }
        var groups = [[Double]](repeating: [], count: target.classes.count)
        for row in rows { groups[labels[row]].append(values[row] ?? 0) }
        if groups.count > Self.mostOutlines {
            return IntervalChart(
                groups.indices.map { label in
                    DistributionRow.row(target.classes[label].value, groups[label], color: Palette.groupColor(label))
                }, showsValues: false)
        }
        return Histogram(
            groups.indices.filter { !groups[$0].isEmpty }
                .map { Histogram.Group(nil, groups[$0], color: Palette.groupColor($0)) },
            height: .percentOfGroup, binCount: bins, y: height("% of the class"))
    }

    /// As many bins as a small picture of so many values has room for, and fewer where each would hold a few values only.
    static func bins(of count: Int) -> Int { min(24, max(6, Int(Double(count).squareRoot()))) }

    // MARK: Categories

    /// The most frequent categories by class, or the mean number to learn of each.
    private func categories(_ codes: [Int32?], _ names: [String]) -> (any Chart)? {
        let classCount = target.coloredLabels == nil ? 1 : target.classes.count
        var counts = [[Double]](repeating: [Double](repeating: 0, count: classCount), count: names.count)
        var sums = [Double](repeating: 0, count: names.count)
        for (row, code) in codes.enumerated() {
            guard let code else { continue }
            counts[Int(code)][target.coloredLabels?[row] ?? 0] += 1
            sums[Int(code)] += target.numbers?[row] ?? 0
        }
        let totals = counts.map { $0.reduce(0, +) }
        guard totals.contains(where: { $0 > 0 }) else { return nil }
        let frequent = names.indices.sorted { (-totals[$0], $0) < (-totals[$1], $1) }
        let shown = frequent.prefix(Self.mostBars).filter { totals[$0] > 0 }
        if target.numbers != nil {
            return BarChart(shown.map { .init(names[$0], sums[$0] / totals[$0]) })
        }
        return BarChart(
            shown.map { index in
                let parts = counts[index].indices.map {
                    BarChart.Bar.Part(counts[index][$0], color: Palette.groupColor($0))
                }
                return .init(names[index], totals[index], parts: classCount > 1 ? parts : [])
            })
    }

    // MARK: Dates

    /// The rows of each year, or of each month or day where the dates lie close together.
    private func periods(_ dates: [CalendarTime?]) -> (any Chart)? {
        let days = dates.compactMap { $0.map { String($0.description.prefix(10)) } }
        for length in [10, 7, 4, 3] {
            let periods = days.map { String($0.prefix(length)) }
            let counts = Dictionary(periods.map { ($0, 1.0) }, uniquingKeysWith: +).sorted { $0.key < $1.key }
            guard !counts.isEmpty, counts.count <= Self.mostBars || length == 3 else { continue }
            return BarChart(
                counts.prefix(2 * Self.mostBars).map { .init(length == 3 ? $0.key + "0s" : $0.key, $0.value) })
        }
        return nil
    }
}

/// How numbers are spread, as a row of an interval chart: median, quartiles, and the line from which a twentieth lies at
/// each side. Single outliers are not shown, for there may be thousands.
enum DistributionRow {
    static func row(_ label: String, _ values: [Double], color: Color?) -> IntervalChart.Row {
        let sorted = values.sorted()
        guard !sorted.isEmpty else { return IntervalChart.Row(label, .nan, color: color) }
        func quantile(_ share: Double) -> Double { Quantile.of(sorted: sorted, share) }
        return IntervalChart.Row(
            label, quantile(0.5), interval: quantile(0.05)...quantile(0.95), box: quantile(0.25)...quantile(0.75),
            color: color)
    }
}
