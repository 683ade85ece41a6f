internal import FileFormats
internal import Foundation
internal import Synchronization

/// Writes a seed's checkpoints beside its work, so that learning never waits for a disk.
///
/// While one is being written the latest that was handed over waits, and the latest that was the best so far: where
/// checkpoints come faster than the disk takes them, those in between are never written.
final class CheckpointWriter: Sendable {
    struct Snapshot: Sendable {
        let archive: Archive
        let update: Int
        let isBest: Bool
    }

    private struct State {
        var waiting: [Snapshot] = []
        var isWriting = false
        var failure: (any Error)?
    }

    private let checkpoints: Checkpoints
    private let files: MetricsFiles
    private let didWrite: @Sendable (_ update: Int) -> Void
    private let queue = DispatchQueue(label: "checkpoints")
    private let state = Mutex(State())

    /// - Parameters:
    ///   - files: are on the disk before a checkpoint that belongs to their rows.
    ///   - didWrite: is told of each committed checkpoint, on the thread that writes.
    init(_ checkpoints: Checkpoints, after files: MetricsFiles, didWrite: @escaping @Sendable (Int) -> Void) {
        self.checkpoints = checkpoints
        self.files = files
        self.didWrite = didWrite
    }

    /// Hands over what is to be written.
    ///
    /// - Throws: what an earlier one failed with.
    func submit(_ snapshot: Snapshot) throws {
        let begins = try state.withLock { state in
            if let failure = state.failure { throw failure }
            // What waits and is neither the latest nor the latest best is dropped.
            state.waiting = (snapshot.isBest ? [] : state.waiting.filter(\.isBest)) + [snapshot]
            defer { state.isWriting = true }
            return !state.isWriting
        }
        if begins { queue.async { self.writeAll() } }
    }

    /// Waits until everything that was handed over is committed.
    ///
    /// - Throws: what one failed with.
    func finish() throws {
        queue.sync {}
        if let failure = state.withLock({ $0.failure }) { throw failure }
    }

    private func writeAll() {
        while let snapshot = next() {
            do {
                try files.synchronize()
                try checkpoints.write(snapshot.archive, update: snapshot.update, isBest: snapshot.isBest)
                didWrite(snapshot.update)
            } catch {
                let failure = (error as? ExperimentError) ?? ExperimentError(.inputOutput, "\(error)")
                state.withLock { $0.failure = failure }
            }
        }
    }

    private func next() -> Snapshot? {
        state.withLock { state in
            guard state.failure == nil, !state.waiting.isEmpty else {
                state.isWriting = false
                return nil
            }
            return state.waiting.removeFirst()
        }
    }
}
