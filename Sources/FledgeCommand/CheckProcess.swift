import ArgumentParser
import Environments
import Experiments
import FileFormats
import Foundation
import Simulation

/// A check of a task in a process of its own, which a trap may end: what it was about to do it writes to standard error,
/// and its report to standard output.
struct CheckProcess {
    /// What one process does.
    enum Stage: String, ExpressibleByArgument {
        case rules
        case states
    }

    let environment: String
    let seed: UInt64
    let steps: Int
    let seconds: Int

    /// Begins a line that says what is done next.
    private static let mark = "next: "

    /// What the process itself does.
    func work(_ stage: Stage, on specification: EnvironmentSpecification) throws {
        // A step that does not come back cannot be asked to.
        _ = alarm(UInt32(seconds))
        func announce(_ work: String) { Terminal.message(Self.mark + Escaping.printable(work) + "\n") }
        let start = ContinuousClock.now
        let report =
            switch stage {
            case .rules:
                specification.report(
                    seed: seed, steps: steps, stopwatch: { (ContinuousClock.now - start) / .seconds(1) },
                    announcing: announce)
            case .states: specification.reportOnMutatedStates(seed: seed, steps: steps, announcing: announce)
            }
        Terminal.output(try JSONLines.line(report))
    }

    /// Starts the process, and tells what became of it.
    ///
    /// - Throws: `ExperimentError` if it cannot be started.
    func report(on stage: Stage) throws -> EnvironmentReport {
        let process = Process()
        process.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        process.arguments = [
            "check", environment, "--seed", "\(seed)", "--steps", "\(steps)", "--seconds", "\(seconds)", "--stage",
            stage.rawValue,
        ]
        // A picture of the stack takes seconds, and nobody sees it.
        process.environment = ProcessInfo.processInfo.environment.merging(["SWIFT_BACKTRACE": "enable=no"]) { $1 }
        let (output, messages) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = messages
        do {
            try process.run()
        } catch {
            throw ExperimentError(.inputOutput, "a process for the check cannot be started: \(error)")
        }
        // Messages may be many; the report is written last, and a pipe holds it.
        let said = String(decoding: messages.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        let report = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        if process.terminationReason == .exit, process.terminationStatus == 0,
            let report = try? JSONDecoder().decode(EnvironmentReport.self, from: report)
        {
            return report
        }
        return EnvironmentReport(
            rules: [.nothingTraps],
            findings: [EnvironmentFinding(rule: .nothingTraps, seen: end(of: process, after: said))], stepCount: 0)
    }

    /// "the process ended with signal 4 (an index, a precondition or an overflow) in: episode 3, lowest actions".
    private func end(of process: Process, after said: String) -> String {
        let lines = said.split(separator: "\n")
        let work = lines.last { $0.hasPrefix(Self.mark) }.map { " in: " + $0.dropFirst(Self.mark.count) } ?? ""
        let error = lines.last { $0.contains("Fatal error") }.map { " (\($0))" } ?? ""
        let status = process.terminationStatus
        guard process.terminationReason == .uncaughtSignal else {
            return "the process exited with code \(status)\(work)\(error)"
        }
        return switch status {
        case SIGALRM: "the process did not come back within \(seconds) s\(work)"
        case SIGILL, SIGTRAP, SIGABRT:
            "the process was ended by a precondition, an index or an overflow (signal \(status))\(work)\(error)"
        default: "the process was ended by signal \(status)\(work)\(error)"
        }
    }
}
