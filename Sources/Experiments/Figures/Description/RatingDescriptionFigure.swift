internal import Datasets
internal import Foundation
internal import Plotting

/// Ratings at a glance: how good they are, how many each user gave and each item got, and whether what is rated often is
/// rated well.
struct RatingDescriptionFigure {
    private static let mostBars = 12

    /// The ratings of one user or item.
    private struct Tally {
        let name: String
        var count = 0.0
        var sum = 0.0
    }

    private let described: DescribedDataset
    private let users: [Tally]
    private let items: [Tally]
    private let target: DescribedTarget

    init(_ described: DescribedDataset, users: [String], items: [String]) {
        self.described = described
        let target = DescribedTarget(described)
        self.target = target
        func tallies(_ names: [String]) -> [Tally] {
            var places: [String: Int] = [:]
            var tallies: [Tally] = []
            for (row, name) in names.enumerated() {
                let place = places[name] ?? tallies.count
                if place == tallies.count {
                    places[name] = place
                    tallies.append(Tally(name: name))
                }
                tallies[place].count += 1
                tallies[place].sum += target.numbers?[row] ?? 0
            }
            return tallies
        }
        (self.users, self.items) = (tallies(users), tallies(items))
    }

    var figure: Figure {
        Figure(
            title: "\(described.dataset.name): \(described.headline)", subtitle: subtitle, rowHeights: [150, 220],
            columnWeights: [1, 1, 1]
        ) {
            if let ratings { Panel("Ratings, % of all", AnyChart(ratings)) }
            Panel(
                "Ratings that a user gave", column: ratings == nil ? 0 : 1, caption: words(users),
                spread(users, "users"))
            Panel(
                "Ratings that an item got", column: ratings == nil ? 1 : 2, caption: words(items),
                spread(items, "items"))
            if target.numbers != nil {
                Panel(
                    "Is what is rated often rated well?", row: 1, columnSpan: 2, caption: "one dot an item", popularity)
            }
            Panel(
                "The items rated most often", row: 1, column: 2,
                caption: target.numbers == nil ? "ratings" : "ratings (mean)", frequent)
        }
    }

    /// A bar for each rating where there are few different ones.
    private var ratings: (any Chart)? {
        guard let numbers = target.numbers else { return target.panel(of: "Ratings")?.chart }
        let counts = Dictionary(numbers.map { ($0, 1.0) }, uniquingKeysWith: +).sorted { $0.key < $1.key }
        guard counts.count <= Self.mostBars else { return Histogram(numbers, binCount: 20, x: Axis("rating")) }
        return BarChart(
            counts.map { .init(NumberText.short($0.key), 100 * $0.value / Double(numbers.count)) })
    }

    private func words(_ tallies: [Tally]) -> String {
        let median = Quantile.median(tallies.map(\.count))
        return "median \(NumberText.short(median))"
    }

    private func spread(_ tallies: [Tally], _ name: String) -> Histogram {
        Histogram(
            tallies.map(\.count), binCount: 24, x: Axis("ratings (log scale)", scale: .logarithmic), y: Axis(name))
    }

    private var popularity: ScatterChart {
        ScatterChart(
            x: items.map(\.count), y: items.map { $0.sum / $0.count },
            xAxis: Axis("ratings of the item (log scale)", scale: .logarithmic), yAxis: Axis("mean rating"))
    }

    private var frequent: BarChart {
        let order = items.indices.sorted { (-items[$0].count, $0) < (-items[$1].count, $1) }
        return BarChart(
            order.prefix(Self.mostBars).map { index in
                let item = items[index]
                let mean = target.numbers == nil ? "" : " (\(NumberText.fixed(item.sum / item.count, decimals: 1)))"
                return .init(item.name, item.count, valueText: NumberText.fixed(item.count) + mean)
            })
    }

    private var subtitle: String {
        let cells = Double(users.count) * Double(items.count)
        let share = 100 * Double(described.description.rowCount) / max(cells, 1)
        return [
            FigureWords.count(users.count, "user"), FigureWords.count(items.count, "item"),
            "\(NumberText.short(share, digits: 2)) % of all pairs are rated",
            described.description.targetNumbers.map { "mean rating \(NumberText.short($0.mean))" },
        ].compactMap(\.self).joined(separator: " · ")
    }
}
