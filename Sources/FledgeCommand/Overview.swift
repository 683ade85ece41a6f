import ArgumentParser
import Experiments

struct Overview: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Draw one figure of several runs.",
        discussion: "Example:\n  fledge overview cart-pole-ppo-1 digits-cluster-1 --output overview.png")

    @Argument(help: "The runs, by name or folder.")
    var runs: [String]

    @Option(name: .shortAndLong, help: "The PNG file to write.")
    var output = "overview.png"

    @OptionGroup var flags: ListingFlags

    func run() throws {
        try RunOverview.write(try runs.map { try RunFolder(existing: $0) }, to: output)
        Terminal.output(flags.json ? try RunOverview.json(of: output) + "\n" : output + "\n")
    }
}
