internal import Plotting

/// What can be wrong with a clustering.
enum ClusteringRules {
    static let all = [emptyClusters, tinyClusters, dominatingCluster, notConverged, differingStarts, noStructure]

    private static func drawing(_ run: StoredRun) -> ClusteringDrawing? { try? ClusteringDrawing(run.seeds[0].drawing) }

    private static func list(_ clusters: [Int]) -> String {
        let shown = clusters.prefix(8).map { "\($0)" }.joined(separator: ", ")
        return clusters.count > 8 ? shown + ", …" : shown
    }

    private static func fewerClusters(_ run: StoredRun, by count: Int) -> String {
        let clusters = Int(run.record.number("clusters") ?? 2)
        return run.record.command(
            adding: ["--clusters", "\(max(1, clusters - count))"], without: ["--clusters"])
    }

    private static let emptyClusters = DiagnosticRule("empty clusters") { run in
        guard let sizes = drawing(run)?.sizes else { return nil }
        let empty = sizes.indices.filter { sizes[$0] == 0 }
        guard !empty.isEmpty else { return nil }
        return Finding(
            weight: .warning, title: "\(empty.count == 1 ? "A cluster is" : "\(empty.count) clusters are") empty.",
            observation: "No row belongs to \(list(empty)).",
            advice: "There are fewer groups, or fewer different rows, than clusters were asked for.",
            command: fewerClusters(run, by: empty.count))
    }

    private static let tinyClusters = DiagnosticRule(
        "tiny clusters (fewer rows than 5 % of an even share)"
    ) { run in
        guard let sizes = drawing(run)?.sizes, sizes.count > 1 else { return nil }
        let even = Double(sizes.reduce(0, +)) / Double(sizes.count)
        let tiny = sizes.indices.filter { sizes[$0] > 0 && Double(sizes[$0]) < 0.05 * even }
        guard let smallest = tiny.min(by: { sizes[$0] < sizes[$1] }) else { return nil }
        return Finding(
            weight: .warning, title: "\(tiny.count == 1 ? "A cluster is" : "\(tiny.count) clusters are") tiny.",
            observation:
                "The smallest, \(smallest), has \(FigureWords.count(Int(sizes[smallest]), "row")); tiny: \(list(tiny)).",
            advice:
                "Look at these rows: they are outliers, or errors in the data. Remove them, or take fewer clusters.",
            command: fewerClusters(run, by: tiny.count))
    }

    private static let dominatingCluster = DiagnosticRule(
        "a cluster that holds nearly everything (more than 80 % of the rows)"
    ) { run in
        guard let sizes = drawing(run)?.sizes, sizes.count > 1,
            let largest = sizes.indices.max(by: { sizes[$0] < sizes[$1] })
        else { return nil }
        let share = Double(sizes[largest]) / Double(max(1, sizes.reduce(0, +)))
        guard share > 0.8 else { return nil }
        return Finding(
            weight: .warning, title: "One cluster holds nearly everything.",
            observation: "Cluster \(largest) has \(NumberFormat.percent(share, decimals: 0)) of the rows.",
            advice:
                "A few rows far away, or a column with much larger numbers than the others, decide the distances: bring "
                + "the columns to one scale before clustering.",
            command: nil)
    }

    private static let notConverged = DiagnosticRule(
        "a clustering that did not converge (its iterations were used up)"
    ) { run in
        guard let summary = drawing(run)?.summary, let most = run.record.number("maximumIterations"),
            Double(summary.iterations) >= most
        else { return nil }
        return Finding(
            weight: .warning, title: "k-means did not converge.",
            observation: "Rows still changed their clusters when the \(summary.iterations) iterations were used up.",
            advice: "Allow more iterations.",
            command: run.record.command(setting: ("maximumIterations", "\(10 * Int(most))")))
    }

    private static let differingStarts = DiagnosticRule(
        "starts that end in different clusterings (inertias more than 2 % apart, where there are several starts)"
    ) { run in
        let history = run.seeds[0].history
        guard let inertia = history["inertia"], let starts = history["restart"] else { return nil }
        var ends: [Double: Double] = [:]
        for (start, value) in zip(starts, inertia) where value.isFinite { ends[start] = value }
        guard ends.count > 1, let best = ends.values.min(), let worst = ends.values.max(), worst > 1.02 * best else {
            return nil
        }
        return Finding(
            weight: .note, title: "Starts end in different clusterings.",
            observation:
                "Of \(ends.count) starts the best has the inertia \(NumberText.short(best, digits: 4)), the worst "
                + "\(NumberText.short(worst, digits: 4)).",
            advice: "The data have no clear partition into so many clusters. More starts make the result more certain; "
                + "another number of clusters may be more natural.",
            command: run.record.command(setting: ("restarts", "\(4 * ends.count)")))
    }

    private static let noStructure = DiagnosticRule(
        "clusters that explain no more than chance (less than twice what random groups explain)"
    ) { run in
        guard let summary = drawing(run)?.summary, summary.totalSumOfSquares > 0,
            let random = run.seeds[0].baselines.first(where: { $0.name == "random assignment" }), random.value > 0
        else { return nil }
        let explained = 1 - summary.inertia / summary.totalSumOfSquares
        guard explained < 2 * random.value else { return nil }
        return Finding(
            weight: .warning, title: "The clusters explain little more than chance.",
            observation:
                "They explain \(NumberFormat.percent(explained)) of the variance, groups of random rows "
                + "\(NumberFormat.percent(random.value)).",
            advice: "There may be no clusters in these columns. Try fewer, or other columns.", command: nil)
    }
}
