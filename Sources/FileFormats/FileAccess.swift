internal import Foundation

/// The largest file that `readFile` reads into memory by default, in bytes.
public let largestFile = 8 << 30

/// The bytes of the file (or pipe) at `path`.
///
/// - Parameter limit: reading stops with an error at this many bytes.
/// - Throws: `FileFormatError` if the path leads to no file, to a folder, or may not be read.
public func readFile(_ path: String, limit: Int = largestFile) throws -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure("opened", path, errno) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw failure("read", path, errno) }
    guard status.st_mode & S_IFMT != S_IFDIR else { throw failure("read", path, EISDIR) }

    var bytes: [UInt8] = []
    bytes.reserveCapacity(min(Int(status.st_size), limit))
    while true {
        var problem: Int32 = 0
        let piece = [UInt8](unsafeUninitializedCapacity: 1 << 20) { buffer, count in
            var size = -1
            repeat { size = read(descriptor, buffer.baseAddress, buffer.count) } while size < 0 && errno == EINTR
            if size < 0 { problem = errno }
            count = max(0, size)
        }
        guard problem == 0 else { throw failure("read", path, problem) }
        if piece.isEmpty { return bytes }
        guard bytes.count + piece.count <= limit else {
            throw FileFormatError(file: path, problem: "the file has more than \(limit) bytes")
        }
        bytes += piece
    }
}

/// Writes a file as a whole: a reader sees the old file or the new one, never a part.
///
/// The bytes go to a temporary file beside it, which then takes the name. A device or pipe is written to in its place.
/// - Parameter durably: also waits until file and name are on the disk, so that not even a power failure loses both.
/// - Throws: `FileFormatError` if the folder is missing or not writable, or the disk is full.
public func writeFile(_ bytes: [UInt8], to path: String, durably: Bool = false) throws {
    var status = stat()
    if stat(path, &status) == 0, ![S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT) {
        return try writeDevice(bytes, at: path)
    }
    let folder = (path as NSString).deletingLastPathComponent
    let name = (path as NSString).lastPathComponent
    let (temporary, descriptor) = try makeTemporaryFile(in: folder.isEmpty ? "." : folder, for: name, path: path)
    do {
        defer { close(descriptor) }
        try writeAll(bytes, to: descriptor, path: path)
        if durably, fsync(descriptor) != 0 { throw failure("written", path, errno) }
        guard rename(temporary, path) == 0 else { throw failure("written", path, errno) }
    } catch {
        unlink(temporary)
        throw error
    }
    if durably { try synchronizeFolder(folder.isEmpty ? "." : folder) }
}

private func writeDevice(_ bytes: [UInt8], at path: String) throws {
    let descriptor = open(path, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure("written", path, errno) }
    defer { close(descriptor) }
    try writeAll(bytes, to: descriptor, path: path)
}

private func writeAll(_ bytes: [UInt8], to descriptor: Int32, path: String) throws {
    var start = 0
    while start < bytes.count {
        let size = bytes[start...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        if size < 0 && errno == EINTR { continue }
        guard size >= 0 else { throw failure("written", path, errno) }
        start += size
    }
}

/// Waits until the names in a folder are on the disk.
///
/// - Throws: `FileFormatError` if the folder is missing or the disk fails.
public func synchronizeFolder(_ folder: String) throws {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure("opened", folder, errno) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw failure("written", folder, errno) }
}

private func makeTemporaryFile(
    in folder: String, for name: String, path: String
) throws -> (path: String, descriptor: Int32) {
    // A name near the longest one allowed must not become too long.
    let beginning = String(decoding: Array(name.utf8.prefix(200)), as: UTF8.self)
    for attempt in 0..<1000 {
        let temporary = "\(folder)/.\(beginning).\(getpid())-\(attempt).temporary"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        if descriptor >= 0 { return (temporary, descriptor) }
        guard errno == EEXIST else { throw failure("written", path, errno) }
    }
    throw FileFormatError(file: folder, problem: "there is no free name for a temporary file")
}

private func failure(_ done: String, _ path: String, _ code: Int32) -> FileFormatError {
    let (problem, advice): (String, String?) =
        switch code {
        case ENOENT: ("there is no such file or folder", nearestFile(to: path))
        case EISDIR: ("this is a folder, not a file", nil)
        case EACCES, EPERM: ("permission is denied", "check the permissions of the file and the folders above it")
        case ENOSPC, EDQUOT: ("the disk is full", "free some space and try again")
        default: ("the file cannot be \(done): \(String(cString: strerror(code)))", nil)
        }
    return FileFormatError(
        file: path, problem: problem, advice: advice,
        isDiskFailure: [ENOSPC, EDQUOT, EFBIG, EIO].contains(code))
}

/// Advice that names a file of the same folder with nearly the same name.
private func nearestFile(to path: String) -> String? {
    let folder = (path as NSString).deletingLastPathComponent
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.isEmpty ? "." : folder)) ?? []
    return nearestName(to: (path as NSString).lastPathComponent, among: names.sorted()).map { "is \"\($0)\" meant?" }
}
