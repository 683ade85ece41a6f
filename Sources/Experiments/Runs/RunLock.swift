internal import Foundation

/// The right to write a run's folder: held by the process that works on the run, and given up by the system when that
/// process ends, however it ends.
package final class RunLock: Sendable {
    static let file = "lock"
    private let descriptor: Int32

    /// Takes the lock in `folder`, making its file; nil if another holder has it.
    ///
    /// - Throws: `ExperimentError` if the file cannot be made.
    init?(in folder: String) throws {
        let path = folder + "/" + RunLock.file
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else {
            throw ExperimentError(
                .cannotCreate, "\(path) cannot be made: \(String(cString: strerror(errno)).lowercased())")
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            return nil
        }
    }

    deinit { close(descriptor) }
}

extension RunFolder {
    /// Whether a process works on this run now.
    public var isBeingWritten: Bool {
        let descriptor = open(path(RunLock.file), O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        // A shared lock is had for a moment, where nobody writes; several readers do not disturb each other.
        return flock(descriptor, LOCK_SH | LOCK_NB) != 0
    }

    /// Takes the right to write this run.
    ///
    /// - Throws: `ExperimentError` if another process works on it.
    package func lock() throws -> RunLock {
        // Somebody who only looks whether the run is being written holds the lock for a moment.
        for attempt in 0..<20 {
            if let lock = try RunLock(in: path) { return lock }
            if attempt < 19 { usleep(10_000) }
        }
        throw ExperimentError(
            .busy, "another process works on the run \(path)", advice: "wait until it has ended, or end it")
    }
}
