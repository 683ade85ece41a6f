import ArgumentParser
import Experiments

struct Resume: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Go on with a run that was interrupted or killed.",
        discussion: """
            The run goes on from its last checkpoint and leaves what it would have left without the interruption, byte \
            for byte. One that was killed before its first checkpoint starts over.

            Example:
              fledge resume cart-pole-ppo-1
            """)

    @Argument(
        help: ArgumentHelp("The run, by name or folder.", valueName: "run"), completion: CompletionNames.run)
    var nameOrFolder: String

    @OptionGroup var flags: DrivingFlags

    func run() throws {
        let folder = try RunFolder(existing: nameOrFolder)
        let report = try flags.drive(beginning: "is taken up again") { try $0.resume(folder.experiment(), in: folder) }
        guard report == nil else { return }
        if flags.json { Terminal.output(try folder.resultJSON() + "\n") }
        if !flags.quiet { Terminal.message("The run \(folder.path) has finished already.\n") }
    }
}
