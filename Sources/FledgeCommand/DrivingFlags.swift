import ArgumentParser
import Experiments

/// What every verb that works on a run for long understands.
struct DrivingFlags: ParsableArguments {
    @Option(
        name: .customLong("checkpoint-every"),
        help: ArgumentHelp(
            "The seconds of work between two checkpoints, at the most; each evaluation makes one too.",
            valueName: "seconds"))
    var checkpointInterval = 10.0

    @Flag(help: "Draw the run's figures anew every few seconds while it goes on.")
    var live = false

    @Flag(help: "Print the result as one JSON object on standard output and nothing else there.")
    var json = false

    @Flag(help: "Tell how far the run is as lines of JSON on standard output, the last with the result.")
    var events = false

    @Flag(help: "No messages but errors.")
    var quiet = false

    /// Between two versions of a live figure, in seconds.
    private static let liveInterval = 3.0

    func validate() throws {
        guard checkpointInterval >= 0, checkpointInterval.isFinite else {
            throw ValidationError("--checkpoint-every takes a number of seconds, 0 or more")
        }
        guard !(events && json) else {
            throw ValidationError("--events and --json both write to standard output; take one of them")
        }
    }

    /// Runs `body` with a driver that shows its progress, then prints what came of it.
    ///
    /// - Returns: nil if there was nothing to do.
    func drive(name: String? = nil, beginning: String = "begun", _ body: (ExperimentDriver) throws -> RunReport?) throws
        -> RunReport?
    {
        let terminal = Terminal()
        let progress = quiet ? nil : ProgressLine(terminal, beginning: beginning)
        Interruption.watch()
        var options = ExperimentDriver.Options(
            name: name, command: ["fledge"] + CommandLine.arguments.dropFirst())
        options.checkpointInterval = checkpointInterval
        options.liveInterval = live ? Self.liveInterval : nil
        let stream = events ? EventStream() : nil
        let driver = ExperimentDriver(
            options, observer: Observers(all: [progress as (any RunObserver)?, stream].compactMap { $0 }),
            cancellation: Interruption.cancellation)
        let result: RunReport?
        do {
            defer { progress?.finish() }
            result = try body(driver)
        } catch {
            stream?.fail(error)
            throw error
        }
        stream?.finish(result)
        guard let report = result else { return nil }
        if !quiet { Terminal.message(terminal.emphasized(report.headline) + "\n") }
        if json {
            Terminal.output(try report.json() + "\n")
        } else if !events {
            Terminal.output(([report.folder.path] + report.figures).joined(separator: "\n") + "\n")
        }
        if report.state == .interrupted {
            if !quiet { Terminal.message("`fledge resume \(report.folder.name)` goes on with it.\n") }
            throw Interrupted()
        }
        if !quiet, !events {
            let isFit = (try? report.folder.record())?.verb == "fit"
            Terminal.message(
                isFit
                    ? "`fledge predict \(report.folder.name) DATA` predicts by it.\n"
                    : "`fledge evaluate \(report.folder.name)` measures it anew.\n")
        }
        return report
    }
}

/// A run that was asked to stop; everything is said and written already.
struct Interrupted: Error {}
