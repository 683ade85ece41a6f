internal import Foundation

/// A text file that grows at its end, line by line.
///
/// One thread appends; another may ask meanwhile that what is there be brought to the disk.
final class AppendOnlyFile: @unchecked Sendable {
    private let path: String
    private let descriptor: Int32
    /// How many bytes the file has.
    private(set) var byteCount: Int

    /// Opens the file, making it if it is not there, and cuts off what lies behind its first `kept` bytes.
    ///
    /// - Throws: `ExperimentError` if that cannot be done, or the file has fewer bytes.
    init(_ path: String, keeping kept: Int) throws {
        self.path = path
        byteCount = kept
        descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw failure }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw failure }
        guard status.st_size >= kept else {
            throw ExperimentError(.badData, "\(path) has \(status.st_size) bytes, fewer than the \(kept) written to it")
        }
        guard status.st_size == kept || ftruncate(descriptor, off_t(kept)) == 0 else { throw failure }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    func append(_ bytes: [UInt8]) throws {
        var start = 0
        while start < bytes.count {
            let size = bytes[start...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if size < 0 && errno == EINTR { continue }
            guard size >= 0 else { throw failure }
            start += size
            byteCount += size
        }
    }

    /// Waits until everything appended is on the disk.
    func synchronize() throws {
        guard fsync(descriptor) == 0 else { throw failure }
    }

    private var failure: ExperimentError {
        let isFull = errno == ENOSPC || errno == EDQUOT
        return ExperimentError(
            .inputOutput, "\(path) cannot be written: \(String(cString: strerror(errno)).lowercased())",
            advice: isFull ? "free some space, then `fledge resume` goes on from the last checkpoint" : nil)
    }
}
