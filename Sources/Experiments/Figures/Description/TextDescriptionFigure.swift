internal import Datasets
internal import Plotting

/// Texts at a glance: how long they are, how many there are of each class, and the words that set the classes apart.
struct TextDescriptionFigure {
    private static let mostClasses = 3
    private static let mostWords = 12
    /// Shorter words are articles and the like where nothing else sets words apart.
    private static let shortestPlainWord = 4

    private let described: DescribedDataset
    private let texts: [String]
    private let target: DescribedTarget

    init(_ described: DescribedDataset, _ texts: [String]) {
        self.described = described
        self.texts = texts
        target = DescribedTarget(described)
    }

    private typealias Content = (title: String, caption: String?, chart: any Chart)

    var figure: Figure {
        let above = [target.panel(of: "Texts"), lengths].compactMap(\.self)
        let words = wordPanels
        // Two columns, or three.
        let columns = above.count * max(words.count, 1)
        func panels(_ contents: [Content], row: Int) -> [Panel] {
            contents.enumerated().map { x, content in
                let span = columns / contents.count
                return Panel(
                    content.title, row: row, column: x * span, columnSpan: span, caption: content.caption,
                    AnyChart(content.chart))
            }
        }
        return Figure(
            title: "\(described.dataset.name): \(described.headline)", subtitle: subtitle, rowHeights: [150, 230]
        ) {
            panels(above, row: 0)
            panels(words, row: 1)
        }
    }

    private var lengths: Content {
        let counts = texts.map { Double($0.split(whereSeparator: \.isWhitespace).count) }
        let x = Axis("words of a text")
        guard let labels = target.coloredLabels else {
            return ("How long the texts are", nil, Histogram(counts, binCount: 30, x: x, y: Axis("texts")))
        }
        var groups = [[Double]](repeating: [], count: target.classes.count)
        for (label, count) in zip(labels, counts) { groups[label].append(count) }
        guard groups.count <= 4 else {
            return (
                "How long the texts are, words", "median, quartiles, 5 to 95 %",
                IntervalChart(
                    groups.indices.map {
                        DistributionRow.row(target.classes[$0].value, groups[$0], color: Palette.groupColor($0))
                    }, showsValues: false)
            )
        }
        return (
            "How long the texts are", nil,
            Histogram(
                groups.indices.filter { !groups[$0].isEmpty }
                    .map { .init(nil, groups[$0], color: Palette.groupColor($0)) }, height: .percentOfGroup,
                binCount: 30, x: x, y: Axis("% of the class"))
        )
    }

    /// The words that are most frequent in a class compared with the other texts, or the most frequent ones of all.
    private var wordPanels: [Content] {
        guard let labels = target.coloredLabels else {
            let shares = WordShares(texts, labels: [Int](repeating: 0, count: texts.count), classCount: 1)
            let frequent = shares.mostFrequent(Self.mostWords) { $0.count >= Self.shortestPlainWord }
            return [
                (
                    "The most frequent words of four letters and more", "% of the texts with the word",
                    BarChart(frequent.map { bar($0.word, $0.share, valueText: percent($0.share)) })
                )
            ]
        }
        let shares = WordShares(texts, labels: labels, classCount: target.classes.count)
        let order = target.classes.indices.sorted {
            (-target.classes[$0].count, $0) < (-target.classes[$1].count, $1)
        }
        return order.prefix(Self.mostClasses).sorted().map { label in
            (
                "Words that set \(target.classes[label].value) apart", "% of its texts (of the others)",
                BarChart(
                    shares.telling(label, most: Self.mostWords).map {
                        bar(
                            $0.word, $0.share, valueText: "\(percent($0.share)) (\(percent($0.other)))",
                            color: Palette.groupColor(label))
                    })
            )
        }
    }

    private func bar(_ word: String, _ share: Double, valueText: String, color: Color? = nil) -> BarChart.Bar {
        .init(word, 100 * share, valueText: valueText, color: color)
    }

    private func percent(_ share: Double) -> String { NumberText.fixed(100 * share, decimals: 1) }

    private var subtitle: String {
        let description = described.description
        let words = description.columns.first { $0.name == "words of the text" }?.numbers
        return [
            words.map {
                "\(NumberText.short($0.mean, digits: 2)) words on average, \(NumberText.short($0.maximum)) at most"
            },
            description.repeatedRows.count == 0
                ? "no text twice" : FigureWords.count(description.repeatedRows.count, "repeated text"),
            description.targetNumbers.map {
                "\(target.name) from \(NumberText.short($0.minimum)) to \(NumberText.short($0.maximum))"
            },
        ].compactMap(\.self).joined(separator: " · ")
    }
}

/// In which share of the texts of each class a word occurs.
struct WordShares {
    /// The number of texts of each class with a word, `[classes]`.
    private let counts: [String: [Int]]
    private let classCounts: [Int]

    init(_ texts: [String], labels: [Int], classCount: Int) {
        var counts: [String: [Int]] = [:]
        var classCounts = [Int](repeating: 0, count: classCount)
        for (text, label) in zip(texts, labels) {
            classCounts[label] += 1
            for word in Set(Self.words(of: text)) {
                counts[word, default: [Int](repeating: 0, count: classCount)][label] += 1
            }
        }
        (self.counts, self.classCounts) = (counts, classCounts)
    }

    /// In small letters; an apostrophe within a word belongs to it.
    static func words(of text: String) -> [String] {
        text.lowercased().split { !($0.isLetter || $0.isNumber || $0 == "'" || $0 == "’") }
            .map { String($0.trimmingPrefix { $0 == "'" }) }
            .map { $0.hasSuffix("'") ? String($0.dropLast()) : $0 }.filter { !$0.isEmpty }
    }

    /// The words that are more frequent in a class than in all other texts, the surest first: by the difference of both
    /// shares in standard errors, so that neither rare nor ubiquitous words lead.
    func telling(_ label: Int, most: Int) -> [(word: String, share: Double, other: Double)] {
        let all = Double(classCounts.reduce(0, +))
        let own = Double(max(classCounts[label], 1))
        let others = max(all - own, 1)
        return counts.map { word, counts in
            let (here, total) = (Double(counts[label]), Double(counts.reduce(0, +)))
            let pooled = total / max(all, 1)
            let (share, other) = (here / own, (total - here) / others)
            let error = (pooled * (1 - pooled) * (1 / own + 1 / others)).squareRoot()
            return (score: error > 0 ? (share - other) / error : 0, word: word, share: share, other: other)
        }
        .filter { $0.score > 0 }.sorted { ($1.score, $0.word) < ($0.score, $1.word) }.prefix(most)
        .map { ($0.word, $0.share, $0.other) }
    }

    /// The words in most texts among those that are chosen.
    func mostFrequent(_ most: Int, where isChosen: (String) -> Bool) -> [(word: String, share: Double)] {
        let all = Double(max(classCounts.reduce(0, +), 1))
        return counts.filter { isChosen($0.key) }.map { (word: $0.key, share: Double($0.value.reduce(0, +)) / all) }
            .sorted { ($1.share, $0.word) < ($0.share, $1.word) }.prefix(most).map(\.self)
    }
}
