internal import Datasets
internal import Plotting

/// What is to be learned of described samples, and how figures show it: each class in a colour of its own.
struct DescribedTarget {
    /// More classes are not told apart by colours.
    static let mostColors = 10
    /// More bars are not legible.
    private static let mostBars = 12

    let name: String
    /// The class of each sample, `[n]`; nil where numbers or nothing are to be learned.
    let labels: [Int]?
    /// The number to learn of each sample, `[n]`.
    let numbers: [Double]?
    let classes: [ValueCount]

    init(_ described: DescribedDataset) {
        name = described.dataset.targetName ?? "target"
        classes = described.description.classes
        switch described.dataset.training.targets {
        case .classes(let labels)?: (self.labels, numbers) = (labels.map { Int($0) }, nil)
        case .numbers(let values)?: (labels, self.numbers) = (nil, values.map { Double($0) })
        case nil: (labels, numbers) = (nil, nil)
        }
    }

    /// The class of each sample if colours tell the classes apart.
    var coloredLabels: [Int]? { (2...Self.mostColors).contains(classes.count) ? labels : nil }

    /// How many samples each class has, or how the numbers are spread; nil where there is nothing to learn.
    ///
    /// - Parameter samples: what they are: `Rows`, `Images`.
    func panel(of samples: String) -> (title: String, caption: String?, chart: any Chart)? {
        if let numbers {
            return (
                "What is to be learned: \(name)", nil,
                Histogram(
                    numbers, binCount: ColumnPanel.bins(of: numbers.count), x: Axis(name), y: Axis(samples.lowercased())
                )
            )
        }
        guard let labels else { return nil }
        let order = classes.indices.sorted { (-classes[$0].count, $0) < (-classes[$1].count, $1) }
        let shown = classes.count > Self.mostBars ? Array(order.prefix(Self.mostBars)) : Array(classes.indices)
        let bars = shown.map { label in
            let share = 100 * Double(classes[label].count) / Double(max(labels.count, 1))
            return BarChart.Bar(
                classes[label].value, Double(classes[label].count),
                valueText:
                    "\(NumberText.fixed(Double(classes[label].count))) (\(NumberText.short(share, digits: 2)) %)",
                color: coloredLabels == nil ? nil : Palette.groupColor(label))
        }
        let caption = shown.count < classes.count ? "the most frequent \(shown.count) of \(classes.count)" : nil
        return ("\(samples) by \(name)", caption, BarChart(bars))
    }
}
