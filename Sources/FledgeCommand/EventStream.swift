import Experiments
import FileFormats
import Foundation
import Synchronization

/// `--events`: what a run tells while it goes on, as lines of JSON on standard output, for programs that watch it. A
/// closed pipe ends nothing: the run goes on unwatched.
///
/// Each line has an `event`, a `sequence` number from 1 and the `elapsed` seconds. The events are `began`, `resumed`,
/// `advanced` (a few a second for each seed, and at every evaluation), `checkpoint`, `warning`, `measuring`, `drawing`,
/// and as the last one `finished` or `interrupted` with the `report`, or `failed` with the `error`.
final class EventStream: RunObserver {
    /// Between two `advanced` of a seed that say nothing new but how far it is, in seconds.
    private static let pause = 0.25

    private struct State {
        var sequence = 0
        var lastAdvanced: [UInt64: Double] = [:]
    }

    private struct Line: Encodable {
        var event: String
        var sequence = 0
        var elapsed = 0.0
        var run: String?
        var verb: String?
        var subject: String?
        var algorithm: String?
        var seeds: [UInt64]?
        var seed: UInt64?
        var update: Int?
        var completed: Int?
        var total: Int?
        var unit: String?
        var seconds: Double?
        var metric: String?
        var value: Double?
        var isEvaluation: Bool?
        var warning: String?
        var report: RunReport?
        var error: String?
        var exitCode: Int32?

        init(_ event: String, seed: UInt64? = nil, update: Int? = nil) {
            self.event = event
            self.seed = seed
            self.update = update
        }
    }

    private let state = Mutex(State())
    private let start = ContinuousClock.now
    private var elapsed: Double { (ContinuousClock.now - start) / .seconds(1) }

    func observe(_ event: RunEvent) {
        switch event {
        case .began(let folder, let record):
            var line = Line("began")
            (line.run, line.verb, line.subject) = (folder.path, record.verb, record.subject.id)
            (line.algorithm, line.seeds) = (record.algorithm, record.seeds)
            write(line)
        case .advanced(let update): advanced(update)
        case .resumed(let seed, let update): write(Line("resumed", seed: seed, update: update))
        case .checkpoint(let seed, let update): write(Line("checkpoint", seed: seed, update: update))
        case .measuring(let seed): write(Line("measuring", seed: seed))
        case .drawing: write(Line("drawing"))
        case .warning(let text):
            var line = Line("warning")
            line.warning = text
            write(line)
        }
    }

    private func advanced(_ update: RunEvent.Update) {
        let now = elapsed
        let isTold = state.withLock { state in
            let isDue = now - (state.lastAdvanced[update.seed] ?? -.infinity) >= Self.pause
            guard isDue || update.isEvaluation || update.completed == update.total else { return false }
            state.lastAdvanced[update.seed] = now
            return true
        }
        guard isTold else { return }
        var line = Line("advanced", seed: update.seed)
        (line.completed, line.total, line.unit) = (update.completed, update.total, update.unit)
        (line.seconds, line.isEvaluation) = (update.seconds, update.isEvaluation)
        if let metric = update.metric, metric.value.isFinite { (line.metric, line.value) = metric }
        write(line)
    }

    /// The last line of a run that has ended or was interrupted.
    ///
    /// - Parameter report: nil for a run that had nothing left to do.
    func finish(_ report: RunReport?) {
        var line = Line(report?.state.rawValue ?? "finished")
        line.report = report
        write(line)
    }

    /// The last line of a run that could not be begun or could not go on.
    func fail(_ error: any Error) {
        var line = Line("failed")
        (line.error, line.exitCode) = ("\(error)", ExitCode(for: error).rawValue)
        write(line)
    }

    /// Numbers and lines are in the same order, whichever thread tells.
    private func write(_ line: Line) {
        state.withLock { state in
            state.sequence += 1
            var line = line
            (line.sequence, line.elapsed) = (state.sequence, (elapsed * 1e4).rounded() / 1e4)
            guard let text = try? JSONLines.line(line) else { return }
            Terminal.output(text)
        }
    }
}

/// Tells everything to several.
struct Observers: RunObserver {
    let all: [any RunObserver]

    func observe(_ event: RunEvent) {
        for observer in all { observer.observe(event) }
    }
}
