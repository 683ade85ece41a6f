import ArgumentParser
import Datasets
import Experiments
import FileFormats
import Plotting

struct Describe: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Look at a data set before anything is learned from it.",
        discussion: """
            Types, ranges, missing values, repeated rows, the balance of classes, what goes together, and columns that \
            seem to know what is to be learned. Any table (.csv, .tsv), arrays (.npy, .npz), IDX images, or a folder of \
            images or texts; with --output also as a figure.

            Examples:
              fledge describe iris
              fledge describe measurements.csv --target price -o measurements.png
              fledge describe photos/ --json
            """)

    @Argument(
        help: "The data set: a name (`fledge datasets` lists them) or the path of a table, array or folder.",
        completion: CompletionNames.describable)
    var data: String

    @Option(help: "The column to learn (default: that which `fledge fit` would take).")
    var target: String?

    @Option(help: "How many columns are listed one by one; of more the most telling ones.")
    var columns = 20

    @Option(name: .shortAndLong, help: "Draw a figure into this file too: .png, .svg or .pdf.")
    var output: String?

    @Option(help: "The figure's paper: light or dark.", transform: Theme.init(flag:))
    var theme = Theme.light

    @OptionGroup var flags: ListingFlags

    func validate() throws {
        if columns < 1 { throw ValidationError("--columns takes a number of at least 1.") }
    }

    /// What `--json` prints: the description, and the figure where one was drawn.
    private struct Answer: Encodable {
        let description: DatasetDescription
        let figures: [String]

        private enum Key: String, CodingKey { case figures }

        func encode(to encoder: any Encoder) throws {
            try description.encode(to: encoder)
            guard !figures.isEmpty else { return }
            var container = encoder.container(keyedBy: Key.self)
            try container.encode(figures, forKey: .figures)
        }
    }

    func run() throws {
        // A name that no picture can have is told before the work.
        if let output { _ = try FigureFile(of: output) }
        let described = try DescribedDataset(named: data, target: target)
        if let output {
            let figure = described.figure(command: ["fledge"] + CommandLine.arguments.dropFirst())
            try FigureFile.write(figure, theme: theme, to: output)
        }
        if flags.json {
            let answer = Answer(description: described.description, figures: [output].compactMap(\.self))
            return Terminal.output(try JSONLines.line(answer))
        }
        Terminal.output(DescriptionText(described, listed: columns, width: Terminal.outputWidth ?? 100).text)
        if let output { Terminal.output("\n" + output + "\n") }
    }
}
