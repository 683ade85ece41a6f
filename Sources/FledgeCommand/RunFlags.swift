import ArgumentParser
import Experiments

/// What every verb that makes a run understands.
struct RunFlags: ParsableArguments {
    @Option(help: "The run's folder in runs/, an error if it exists (default: a readable unique name).")
    var name: String?

    @Option(name: .customLong("set"), help: ArgumentHelp("One setting; may be repeated.", valueName: "key=value"))
    var assignments: [String] = []

    @Flag(help: "Print the result as one JSON object on standard output and nothing else there.")
    var json = false

    @Flag(help: "No messages but errors.")
    var quiet = false

    /// The settings that came with `--set`, in order.
    var settings: [GivenSetting] {
        get throws {
            try assignments.map { assignment in
                guard let equals = assignment.firstIndex(of: "="), equals != assignment.startIndex else {
                    throw ExperimentError(
                        .usage, "'--set \(assignment)' has no value", advice: "write --set key=value")
                }
                return GivenSetting(
                    String(assignment[..<equals]), String(assignment[assignment.index(after: equals)...]))
            }
        }
    }

    /// The same, and those of a verb's own flags: `("clusters", 10)` for `--clusters 10`.
    func settings(_ flags: (name: String, value: Int?)...) throws -> [GivenSetting] {
        let own = flags.compactMap { flag in
            flag.value.map { GivenSetting(flag.name, "\($0)", source: "flag --\(flag.name)") }
        }
        return try settings + own
    }

    /// Runs `body` with a driver that shows its progress, then prints what came of it.
    func drive(_ body: (ExperimentDriver) throws -> RunReport) throws {
        let terminal = Terminal()
        let progress = quiet ? nil : ProgressLine(terminal)
        Interruption.watch()
        let driver = ExperimentDriver(
            .init(name: name, command: ["fledge"] + CommandLine.arguments.dropFirst()),
            observer: progress ?? SilentObserver(), cancellation: Interruption.cancellation)
        let report: RunReport
        do {
            report = try body(driver)
        } catch {
            progress?.finish()
            throw error
        }
        progress?.finish()
        if !quiet { Terminal.message(terminal.emphasized(report.headline) + "\n") }
        if json {
            Terminal.output(try report.json() + "\n")
        } else {
            Terminal.output(([report.folder.path] + report.figures).joined(separator: "\n") + "\n")
        }
        if report.state == .interrupted { throw Interrupted() }
    }
}

/// A run that Ctrl-C ended; everything is said and written already.
struct Interrupted: Error {}
