import Experiments
import Foundation
import Synchronization

/// Tells on standard error how far a run has come: one line that is rewritten on a terminal, a plain line every few
/// seconds elsewhere.
final class ProgressLine: RunObserver {
    /// Between two plain lines, in seconds.
    private static let plainPause = 5.0
    /// Between two versions of a terminal's line, in seconds.
    private static let interactivePause = 0.1

    private struct State {
        var seedCount = 1
        var updates: [UInt64: RunEvent.Update] = [:]
        var lastShown = 0.0
        var isLineOpen = false
    }

    private let terminal: Terminal
    private let state = Mutex(State())
    private let start = ContinuousClock.now

    /// What is said of the run at the start, where no line is rewritten.
    private let beginning: String

    init(_ terminal: Terminal, beginning: String = "begun") {
        self.terminal = terminal
        self.beginning = beginning
    }

    func observe(_ event: RunEvent) {
        state.withLock { state in
            switch event {
            case .began(let folder, let record):
                state.seedCount = record.seeds.count
                if !terminal.isInteractive { Terminal.message("\(folder.path): \(beginning)\n") }
            case .advanced(let update):
                state.updates[update.seed] = update
                let pause = terminal.isInteractive ? Self.interactivePause : Self.plainPause
                let now = elapsed
                guard now - state.lastShown >= pause else { return }
                state.lastShown = now
                show(text(state), &state)
            case .warning(let text):
                if state.isLineOpen { Terminal.message("\r\u{1B}[K") }
                Terminal.message("\(terminal.warning("warning:")) \(text)\n")
            case .resumed(let seed, let update):
                if !terminal.isInteractive { Terminal.message("seed \(seed) goes on after update \(update)\n") }
            case .measuring, .checkpoint: break
            case .drawing:
                if terminal.isInteractive { show("drawing …", &state) }
            }
        }
    }

    /// Clears the line, so that what follows begins at the left.
    func finish() {
        state.withLock { state in
            if state.isLineOpen { Terminal.message("\r\u{1B}[K") }
            state.isLineOpen = false
        }
    }

    private var elapsed: Double { (ContinuousClock.now - start) / .seconds(1) }

    private func show(_ text: String, _ state: inout State) {
        guard terminal.isInteractive else { return Terminal.message(text + "\n") }
        state.isLineOpen = true
        Terminal.message("\r" + text.prefix(terminal.width - 1) + "\u{1B}[K")
    }

    /// " 38 %  38,912 of 100,000 steps  302,000 steps/s  0.2 s left  return 312.4"
    private func text(_ state: State) -> String {
        guard let first = state.updates.values.first else { return "" }
        let completed = state.updates.values.reduce(0) { $0 + $1.completed }
        let total = first.total * state.seedCount
        let seconds = max(elapsed, 1e-9)
        let rate = Double(completed) / seconds
        let share = Double(completed) / Double(max(total, 1))
        var parts: [(rank: Int, text: String)] = [
            (0, "\(String(Int(share * 100)).padded(to: 3)) %"),
            (3, "\(Numbers.grouped(completed)) of \(Numbers.grouped(total)) \(first.unit)"),
            (4, "\(Numbers.short(rate)) \(first.unit)/s"),
        ]
        if share > 0 { parts.append((1, "\(Numbers.duration(seconds * (1 - share) / share)) left")) }
        let metrics = state.updates.values.compactMap { $0.metric?.value }.sorted()
        if !metrics.isEmpty, let label = state.updates.values.compactMap({ $0.metric?.label }).first {
            parts.append((2, "\(label) \(Numbers.short(metrics[metrics.count / 2]))"))
        }
        return fitted(parts)
    }

    /// As many of the parts as a narrow terminal has room for, the least important left out first.
    private func fitted(_ parts: [(rank: Int, text: String)]) -> String {
        var shown = parts
        func line() -> String { shown.map(\.text).joined(separator: "  ") }
        while terminal.isInteractive, line().count >= terminal.width, shown.count > 1,
            let last = shown.map(\.rank).max()
        {
            shown.removeAll { $0.rank == last }
        }
        return line()
    }
}

extension String {
    /// With blanks before it.
    func padded(to width: Int) -> String { String(repeating: " ", count: max(0, width - count)) + self }
    /// With blanks behind it.
    func filled(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
