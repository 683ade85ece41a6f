internal import Foundation
internal import Plotting
internal import Synchronization

/// Draws the figures of a run anew every few seconds while it goes on, beside its work.
final class LiveFigures: Sendable {
    private struct State {
        var seeds: [UInt64: StoredRun.Seed] = [:]
        var lastDrawn: ContinuousClock.Instant
        var isDrawing = false
        var isOver = false
    }

    private let record: RunRecord
    private let folder: RunFolder
    private let interval: Duration
    private let queue = DispatchQueue(label: "live figures")
    private let state: Mutex<State>

    /// - Parameter interval: the seconds between two versions.
    init(of record: RunRecord, in folder: RunFolder, interval: Double) {
        self.record = record
        self.folder = folder
        self.interval = .seconds(interval)
        state = Mutex(State(lastDrawn: .now))
    }

    /// Whether it is time for a seed to say how far it is.
    var isDue: Bool {
        state.withLock { !$0.isDrawing && !$0.isOver && ContinuousClock.now - $0.lastDrawn >= interval }
    }

    /// Takes what a seed has come to, and draws the run as it is known now.
    func update(_ seed: StoredRun.Seed) {
        let seeds = state.withLock { state -> [StoredRun.Seed]? in
            state.seeds[seed.seed] = seed
            guard !state.isDrawing, !state.isOver else { return nil }
            state.isDrawing = true
            return record.seeds.compactMap { state.seeds[$0] }
        }
        guard let seeds else { return }
        queue.async { [self] in
            let run = StoredRun(record: record, seeds: seeds, isComplete: false)
            // A figure that cannot be drawn or written now is drawn at the end, where it is told if it fails.
            for (name, figure) in (try? RunFigures.figures(of: run)) ?? [] {
                if let bytes = try? figure.png() { try? folder.write(bytes, to: "figures/\(name).png") }
            }
            state.withLock { state in
                state.isDrawing = false
                state.lastDrawn = .now
            }
        }
    }

    /// Waits for the figure that is being drawn; no further one is.
    func finish() {
        state.withLock { $0.isOver = true }
        queue.sync {}
    }
}
