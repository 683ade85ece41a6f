internal import Foundation

/// A lock between processes: an empty file that is held shared by many or exclusively by one. The system lets go of it
/// when the process ends, however it ends.
final class FileLock: Sendable {
    /// Somebody else held the lock for longer than one was ready to wait.
    struct Busy: Error {}

    private let descriptor: Int32

    /// nil if the file cannot be opened, or made: in a folder that may not be written to.
    ///
    /// - Parameter isMade: the file is made if it is not there.
    init?(_ path: String, isMade: Bool = true) {
        let opened = open(path, (isMade ? O_RDWR | O_CREAT : O_RDONLY) | O_CLOEXEC, 0o666)
        // Before the descriptor is kept: nothing is closed then, and `errno` stays as it is.
        guard opened >= 0 else { return nil }
        descriptor = opened
    }

    deinit { close(descriptor) }

    enum Kind { case shared, exclusive }

    /// Takes the lock, or changes its kind; in between it may be another's.
    ///
    /// - Throws: `Busy` if it is still another's after `patience` seconds.
    func take(_ kind: Kind, patience: Double) throws {
        let clock = ContinuousClock()
        let end = clock.now + .seconds(patience)
        let operation = kind == .shared ? LOCK_SH : LOCK_EX
        while flock(descriptor, operation | LOCK_NB) != 0 {
            // A file system without locks has nobody to wait for.
            guard errno == EWOULDBLOCK || errno == EINTR else { return }
            guard clock.now < end else { throw Busy() }
            usleep(2000)
        }
    }

    func release() { _ = flock(descriptor, LOCK_UN) }
}
