import Fledge

/// Training of agents, and the comparison of settings over seeds.
enum TrainingPlates {
    static let all = [
        RunPlates.plate(
            of: "cart-pole",
            shows:
                "A training over five seeds: the return with its interquartile mean and bootstrap band, and what to "
                + "watch in the updates; and an episode of the trained agent.",
            command: "fledge train cart-pole --seeds 5"),
        RunPlates.plate(
            of: "pendulum", shows: "Three seeds are shown by their median and range.",
            command: "fledge train pendulum --seeds 3"),
        Plate(
            "comparison",
            shows: "Three settings over ten seeds each: sample efficiency, final returns with intervals, the "
                + "performance profile, and their quartiles.",
            data: returns, draw: comparison),
        Plate(
            "comparison-dark", shows: "The same on dark paper.", data: returns, theme: .dark,
            draw: comparison),
    ]

    private static let returns =
        "`Data/returns.csv`, made by `Data/compare.py`: evaluations along `fledge train cart-pole --seeds 10`."

    private static func comparison(_ folder: GalleryFolder) throws -> Figure {
        let table = try folder.table("returns.csv")
        let settings = try table.texts("settings"), seeds = try table.integers("seed")
        let steps = try table.numbers("steps"), returns = try table.numbers("return")
        let names = ["zoo", "zoo, small steps", "CleanRL"]
        let curves = names.map { name in
            (1...10).map { seed in
                let rows = settings.indices.filter { settings[$0] == name && seeds[$0] == seed }
                return Curve(x: rows.map { steps[$0] }, y: rows.map { returns[$0] })
            }
        }
        let summaries = curves.map { SeedSummary($0) }
        let finals = curves.map { $0.compactMap(\.y.last) }
        let rows = names.indices.map { index in
            let summary = summaries[index]
            let last = summary.x.count - 1
            return IntervalChart.Row(
                names[index], summary.line[last], interval: summary.lower[last]...summary.upper[last],
                points: finals[index], color: Palette.color(index))
        }
        let thresholds = (0...101).map { 5 * Double($0) }
        let profiles = names.indices.map {
            PerformanceProfile([finals[$0]], thresholds: thresholds).series(names[$0])
        }
        return Figure(
            title: "The zoo's settings reach 500 on CartPole with every seed",
            subtitle: "PPO, 50,000 steps, seeds 1–10 of each; zoo, small steps: learning rate 10⁻⁴",
            rowHeights: [165, 110, 80], columnWeights: [1, 1], metadata: [("Command", "make gallery")]
        ) {
            Panel(
                "Return of an episode, evaluation", columnSpan: 2, caption: summaries[0].caption,
                LineChart(
                    names.indices.map { Series(names[$0], summaries[$0]) }, x: .environmentSteps,
                    referenceLines: [ReferenceLine("solved: 475", at: 475)]))
            Panel(
                "Final return", row: 1, caption: "dot: interquartile mean · line: 95 % interval",
                IntervalChart(rows, references: [ReferenceLine("solved: 475", at: 475)]))
            Panel(
                "Performance profile", row: 1, column: 1, caption: "band: 95 % bootstrap interval",
                LineChart(profiles, x: Axis("final return τ"), y: Axis("share of runs above τ", range: 0...1.03)))
            Panel(
                "Final return, quartiles", row: 2, columnSpan: 2,
                caption: "box: median and quartiles · whiskers: within 1.5 quartile ranges",
                IntervalChart(names.indices.map { .box(names[$0], of: finals[$0], color: Palette.color($0)) }))
        }
    }
}
