internal import Foundation

/// The right to write a run's folder: held by the process that works on the run, and given up by the system when that
/// process ends, however it ends.
package final class RunLock: Sendable {
    static let name = "lock"
    private let file: FileLock

    /// Takes the lock in `folder`, making its file.
    ///
    /// - Throws: `ExperimentError` if the file cannot be made; `FileLock.Busy` if another holder still has it after
    ///   `patience` seconds.
    init(in folder: String, patience: Double = 0) throws {
        let path = folder + "/" + RunLock.name
        guard let file = FileLock(path) else {
            throw ExperimentError(
                .cannotCreate, "\(path) cannot be made: \(String(cString: strerror(errno)).lowercased())")
        }
        try file.take(.exclusive, patience: patience)
        self.file = file
    }
}

extension RunFolder {
    /// Whether a process works on this run now.
    public var isBeingWritten: Bool {
        guard let file = FileLock(path(RunLock.name), isMade: false) else { return false }
        // A shared lock is had for a moment, where nobody writes; several readers do not disturb each other.
        return (try? file.take(.shared, patience: 0)) == nil
    }

    /// Takes the right to write this run.
    ///
    /// - Throws: `ExperimentError` if another process works on it.
    package func lock() throws -> RunLock {
        do {
            // Somebody who only looks whether the run is being written holds the lock for a moment.
            return try RunLock(in: path, patience: 0.2)
        } catch is FileLock.Busy {
            throw ExperimentError(
                .busy, "another process works on the run \(path)", advice: "wait until it has ended, or end it")
        }
    }
}
