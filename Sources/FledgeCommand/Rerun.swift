import ArgumentParser
import Experiments

struct Rerun: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Do a run's work once more, from the beginning, in a new folder.",
        discussion: """
            Settings, seeds and data are those of the run's run.json, whatever the recipes and defaults are by now.

            Example:
              fledge rerun cart-pole-ppo-1 --name second-time
            """)

    @Argument(
        help: ArgumentHelp("The run, by name or folder.", valueName: "run"), completion: CompletionNames.run)
    var nameOrFolder: String

    @Option(help: "The new run's folder in runs/, an error if it exists (default: a readable unique name).")
    var name: String?

    @OptionGroup var flags: DrivingFlags

    func run() throws {
        let folder = try RunFolder(existing: nameOrFolder)
        _ = try flags.drive(name: name) { try $0.rerun(folder) }
    }
}
