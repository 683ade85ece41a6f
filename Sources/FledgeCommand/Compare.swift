import ArgumentParser
import Experiments
import FileFormats
import Plotting

struct Compare: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Compare runs: their settings, their results, and whether chance explains the difference.",
        discussion: """
            A result is the interquartile mean over the seeds with its 95 % interval by the stratified bootstrap. Of two \
            sides it is also said how probably a seed of the first beats one of the second, and about how many seeds \
            would tell them apart.

            Examples:
              fledge compare cart-pole-ppo-1 cart-pole-ppo-2
              fledge compare cart-pole-ppo-* --by learningRate -o comparison.png
              fledge compare --bits first second
            """)

    @Argument(help: "The runs, by name or folder.")
    var runs: [String]

    @Option(
        help: ArgumentHelp("What to compare by: test.loss, seconds … (default: the main result).", valueName: "number"))
    var metric: String?

    @Option(
        help: ArgumentHelp(
            "Take runs together that have the same value of this setting, or the same algorithm.", valueName: "setting")
    )
    var by: String?

    @Option(
        help: ArgumentHelp(
            "The scores that count as 0 and 1, for the optimality gap (default: the environment's goal).",
            valueName: "0,500"))
    var scoreRange: String?

    @Flag(help: "Compare two runs row by row and name the first update that differs; exits 1 if one does.")
    var bits = false

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Also draw the comparison: .png, .svg or .pdf.", valueName: "file"))
    var output: String?

    @Option(help: "The paper: light or dark.", transform: Theme.init(flag:))
    var theme = Theme.light

    @OptionGroup var flags: ListingFlags

    func validate() throws {
        guard runs.count >= 2 || (by != nil && !runs.isEmpty) else { throw ValidationError("Name two runs or more.") }
        if bits && runs.count != 2 { throw ValidationError("--bits compares two runs, not \(runs.count).") }
    }

    func run() throws {
        let folders = try runs.map { try RunFolder(existing: $0) }
        if let twice = folders.indices.first(where: { index in
            folders[..<index].contains { $0.path == folders[index].path }
        }) {
            throw ExperimentError(
                .usage, "the run \(runs[twice]) is named twice", advice: "compare it with another one")
        }
        if bits { return try compareBits(folders[0], folders[1]) }
        let comparison = try RunComparison(
            folders, metric: metric, by: by, range: try scoreRange.map { try ScoreRange($0) })
        if let output { try RunComparisonFigure.write(comparison, theme: theme, to: output) }
        if flags.json { return Terminal.output(try JSONLines.line(comparison)) }
        Terminal.output(ComparisonText(comparison).text(width: Terminal.outputWidth))
        if let output { Terminal.output(output + "\n") }
    }

    private func compareBits(_ first: RunFolder, _ second: RunFolder) throws {
        let comparison = try BitsComparison(first, second)
        if flags.json {
            Terminal.output(try JSONLines.line(comparison))
        } else {
            Terminal.output(ComparisonText.text(of: comparison))
        }
        if !comparison.isEqual { throw Differing() }
    }
}

/// Two runs that differ; everything is said already.
struct Differing: Error {}
