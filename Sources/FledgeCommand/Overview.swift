import ArgumentParser
import Experiments
import Plotting

struct Overview: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Draw one figure of several runs.",
        discussion: "Example:\n  fledge overview cart-pole-ppo-1 digits-cluster-1 --output overview.png")

    @Argument(help: "The runs, by name or folder.", completion: CompletionNames.run)
    var runs: [String]

    @Option(name: .shortAndLong, help: "The file to write: .png, .svg or .pdf.")
    var output = "overview.png"

    @Option(help: "The paper: light or dark.", transform: Theme.init(flag:))
    var theme = Theme.light

    @OptionGroup var flags: ListingFlags

    func run() throws {
        try FigureFile.write(
            .overview, of: try runs.map { try RunFolder(existing: $0) }, theme: theme,
            command: ["fledge"] + CommandLine.arguments.dropFirst(), to: output)
        Terminal.output(flags.json ? try FigureFile.json(of: output) + "\n" : output + "\n")
    }
}
