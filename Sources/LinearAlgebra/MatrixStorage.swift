import Glibc

/// The bytes of a matrix: 64-byte aligned memory of its own, or a read-only window of a mapped file.
final class MatrixStorage: @unchecked Sendable {
    // Written only while uniquely referenced (`Matrix` copies on write), hence safe to share between threads.
    let bytes: UnsafeMutableRawPointer
    /// The mapped pages, if the bytes belong to a file; they must not be written.
    private let mapping: UnsafeMutableRawBufferPointer?

    static let alignment = 64

    var isReadOnly: Bool { mapping != nil }

    init(byteCount: Int) {
        bytes = .allocate(byteCount: max(byteCount, 1), alignment: MatrixStorage.alignment)
        mapping = nil
    }

    /// Maps `byteCount` bytes from `offset` of the file at `path`.
    init(mapping path: String, offset: Int, byteCount: Int) throws(MatrixMappingError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw MatrixMappingError(path: path, problem: "cannot be opened: \(String(cString: strerror(errno)))")
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            throw MatrixMappingError(path: path, problem: "cannot be examined: \(String(cString: strerror(errno)))")
        }
        let (end, overflow) = offset.addingReportingOverflow(byteCount)
        guard !overflow, end <= Int(status.st_size) else {
            throw MatrixMappingError(
                path: path,
                problem: "has \(status.st_size) bytes; the matrix needs \(byteCount) from byte \(offset)")
        }
        guard byteCount > 0 else {
            bytes = .allocate(byteCount: 1, alignment: MatrixStorage.alignment)
            mapping = nil
            return
        }
        // A mapping starts at a page; the matrix may start anywhere inside it.
        let lead = offset % Int(getpagesize())
        guard
            let pages = mmap(nil, lead + byteCount, PROT_READ, MAP_PRIVATE, descriptor, offset - lead),
            pages != UnsafeMutableRawPointer(bitPattern: -1)
        else {
            throw MatrixMappingError(path: path, problem: "cannot be mapped: \(String(cString: strerror(errno)))")
        }
        mapping = UnsafeMutableRawBufferPointer(start: pages, count: lead + byteCount)
        bytes = pages + lead
    }

    deinit {
        if let mapping {
            munmap(mapping.baseAddress, mapping.count)
        } else {
            bytes.deallocate()
        }
    }
}

/// A file that cannot be used as a matrix.
public struct MatrixMappingError: Error, Equatable, CustomStringConvertible {
    public let path: String
    /// What is wrong, as the rest of a sentence that begins with the path.
    public let problem: String

    public var description: String { "\(path) \(problem)" }
}
