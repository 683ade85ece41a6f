import ArgumentParser
import Experiments

struct Report: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write a page about runs that can be sent on.",
        discussion: """
            The folder has index.html, one page that needs nothing else; report.md, the same as Markdown with its \
            figures; and overview.png.

            Examples:
              fledge report cart-pole-ppo-1
              fledge report cart-pole-ppo-1 digits-cluster-1 -o for-ada
            """)

    @Argument(help: "The runs, by name or folder.")
    var runs: [String]

    @Option(
        name: .shortAndLong,
        help: "The folder to write (default: report in the run's folder; report-… here for several runs).")
    var output: String?

    @OptionGroup var flags: ListingFlags

    func run() throws {
        let files = try ReportWriter(try runs.map { try RunFolder(existing: $0) }, to: output).write()
        Terminal.output(flags.json ? try files.json() + "\n" : files.page + "\n")
    }
}
