import ArgumentParser
import Experiments
import Plotting

extension Theme {
    /// The theme that `--theme` names.
    init(flag name: String) throws {
        guard let theme = Theme(rawValue: name) else {
            throw ExperimentError(.usage, "there is no theme '\(name)'", advice: "write --theme light or --theme dark")
        }
        self = theme
    }
}

struct Plot: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Draw metrics of several runs over each other.",
        discussion: """
            Runs and seeds of a group are one series: one seed as it is, two to four as median and range, five and \
            more as interquartile mean with a 95 % bootstrap band; the legend says how many they are.

            Examples:
              fledge plot cart-pole-ppo-1 cart-pole-ppo-2 -o returns.png
              fledge plot a b --x seconds --y return --y kl --group learningRate
              fledge plot a --figure diagnostics --theme dark -o diagnostics.svg
              fledge plot --reproduce figure.png
            """)

    @Argument(help: "The runs, by name or folder.", completion: CompletionNames.run)
    var runs: [String] = []

    @Option(help: "steps, samples, iterations, epochs, updates, episodes or seconds (default: what the runs count).")
    var x: String?

    @Option(help: "A metric, such as return, evaluation, kl or validation-loss; may be repeated, a panel each.")
    var y: [String] = []

    @Option(help: "One series for each algorithm, run, subject, recipe or value of a setting; may be repeated.")
    var group: [String] = []

    @Option(help: "The half-life of smoothing along x, or none (default: a sixtieth of the course).")
    var smooth: String?

    @Option(help: "One of the figures that the run itself leaves, by name: training, diagnostics, clusters …")
    var figure: String?

    @Option(help: ArgumentHelp("A logarithmic axis; may be repeated.", valueName: "x|y"))
    var log: [String] = []

    @Option(help: "The paper: light or dark.", transform: Theme.init(flag:))
    var theme = Theme.light

    @Option(help: "The headline (default: what is shown).")
    var title: String?

    @Option(name: .shortAndLong, help: "The file to write (default: plot.png): .png, .svg or .pdf.")
    var output: String?

    @Option(help: "Draw a figure again from what its file says of itself, and tell whether it is the same.")
    var reproduce: String?

    @OptionGroup var flags: ListingFlags

    func validate() throws {
        if reproduce == nil, runs.isEmpty { throw ValidationError("Which runs? `fledge runs` lists them.") }
        if figure != nil, runs.count != 1 { throw ValidationError("--figure draws a figure of one run.") }
        if reproduce != nil, !runs.isEmpty {
            throw ValidationError("--reproduce takes the runs from the figure; name no others.")
        }
        let chosen = [
            ("--x", x != nil), ("--y", !y.isEmpty), ("--group", !group.isEmpty), ("--smooth", smooth != nil),
            ("--log", !log.isEmpty), ("--title", title != nil), ("--figure", figure != nil && reproduce != nil),
        ].filter(\.1).map(\.0)
        if reproduce != nil || figure != nil, let flag = chosen.first {
            throw ValidationError(
                "\(flag) has no place beside \(reproduce != nil ? "--reproduce" : "--figure"): that figure is drawn as it is."
            )
        }
    }

    func run() throws {
        if let reproduce { return try drawAgain(reproduce) }
        let output = output ?? "plot.png"
        let content = try figure.map { FigureRequest.Content.run(name: $0) } ?? .metrics(try plot)
        try FigureFile.write(
            content, of: try runs.map { try RunFolder(existing: $0) }, theme: theme,
            command: ["fledge"] + CommandLine.arguments.dropFirst(), to: output)
        Terminal.output(flags.json ? try FigureFile.json(of: output) + "\n" : output + "\n")
    }

    private var plot: MetricPlot {
        get throws {
            var plot = MetricPlot()
            (plot.x, plot.groups, plot.title) = (x, group, title)
            for name in y where !plot.y.contains(name) { plot.y.append(name) }
            switch smooth {
            case nil: break
            case "none": plot.smoothing = .none
            case let words?:
                guard let halfLife = Double(words), halfLife > 0, halfLife.isFinite else {
                    throw ExperimentError(
                        .usage, "'--smooth \(words)' is no half-life", advice: "give a number above 0, or none")
                }
                plot.smoothing = .halfLife(halfLife)
            }
            for axis in log {
                switch axis {
                case "x": plot.hasLogarithmicX = true
                case "y": plot.hasLogarithmicY = true
                default: throw ExperimentError(.usage, "there is no axis '\(axis)'", advice: "write --log x or --log y")
                }
            }
            return plot
        }
    }

    private func drawAgain(_ path: String) throws {
        let reproduction = try FigureReproduction(of: path)
        if let output { try FigureFile.write(reproduction.bytes, to: output) }
        try reproduction.requireIdentical()
        if flags.json { return Terminal.output(try FigureFile.json(of: output ?? path) + "\n") }
        Terminal.message("The figure was drawn again, byte for byte.\n")
        if let output { Terminal.output(output + "\n") }
    }
}
