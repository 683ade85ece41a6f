import ArgumentParser
import Experiments

struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Do a run's work again and tell whether every update comes out the same.",
        discussion: """
            Nothing is written. If an update comes out differently, the first one is named and the exit code is 1. Files \
            that are not as the run wrote them end it with 65.

            Example:
              fledge verify cart-pole-ppo-1
            """)

    @Argument(
        help: ArgumentHelp("The run, by name or folder.", valueName: "run"), completion: CompletionNames.run)
    var nameOrFolder: String

    @Flag(help: "Print the result as one JSON object on standard output and nothing else there.")
    var json = false

    @Flag(help: "No messages but errors.")
    var quiet = false

    func run() throws {
        let folder = try RunFolder(existing: nameOrFolder)
        let progress = quiet ? nil : ProgressLine(Terminal(), beginning: "is replayed")
        Interruption.watch()
        let driver = ExperimentDriver(
            .init(command: []), observer: progress ?? SilentObserver(), cancellation: Interruption.cancellation)
        let verification: Verification
        do {
            defer { progress?.finish() }
            verification = try driver.verify(folder.experiment(), of: folder)
        }
        Terminal.output(json ? try verification.json() + "\n" : text(verification))
        if Interruption.cancellation.isRequested { throw Interrupted() }
        guard verification.isSame else {
            throw ExperimentError(
                .failed, "the run \(folder.path) does not come out the same",
                advice: "was it made on another processor, or by another version?")
        }
    }

    private func text(_ verification: Verification) -> String {
        verification.seeds.map { seed in
            guard let difference = seed.difference else {
                return "seed \(seed.seed): \(Numbers.grouped(seed.updates)) updates are the same\n"
            }
            let metrics = difference.metrics.isEmpty ? "" : ", in " + difference.metrics.joined(separator: ", ")
            return "seed \(seed.seed): the first difference is at update \(Numbers.grouped(difference.update)) "
                + "(\(Numbers.grouped(difference.completed)) done)\(metrics); state \(difference.recordedState) then, "
                + "\(difference.repeatedState) now\n"
        }
        .joined()
    }
}
