internal import FileFormats
internal import Foundation

/// What the files that a seed's work ended with looked like when they were written: a file that was damaged or edited
/// since is known from one that was not.
/// ```
/// seeds/SEED/checksums.csv                             file,bytes,checksum,checksum of the line
/// ```
struct FileChecksums {
    static let file = "checksums.csv"

    private struct Entry {
        let byteCount: Int
        let checksum: String
    }

    private let entries: [String: Entry]

    static func text(of files: [(name: String, bytes: [UInt8])]) -> [UInt8] {
        files.flatMap { CheckedLine.encode([$0.name, "\($0.bytes.count)", CRC32(of: $0.bytes).text]) }
    }

    /// Forgets what was known, for good: also after the machine has lost its power.
    ///
    /// - Throws: `ExperimentError` if the file cannot be removed, and what bringing the folder to the disk throws.
    static func remove(from folder: RunFolder, seed: UInt64) throws {
        let path = folder.path(file, seed: seed)
        if unlink(path) == 0 { return try synchronizeFolder(folder.path("seeds/\(seed)")) }
        guard errno == ENOENT else {
            throw ExperimentError(
                .inputOutput, "\(path) cannot be removed: \(String(cString: strerror(errno)).lowercased())")
        }
    }

    /// Of a seed that has not ended nothing is known.
    init(of folder: RunFolder, seed: UInt64) {
        let bytes = (try? readFile(folder.path(FileChecksums.file, seed: seed))) ?? []
        var entries: [String: Entry] = [:]
        for case let fields? in CheckedLine.decode(bytes) where fields.count == 3 {
            guard let byteCount = Int(fields[1]) else { continue }
            entries[String(fields[0])] = Entry(byteCount: byteCount, checksum: String(fields[2]))
        }
        self.entries = entries
    }

    var names: [String] { entries.keys.sorted() }

    /// - Throws: `FileFormatError` if the file that has these bytes now was written with others.
    func check(_ bytes: [UInt8], of name: String, path: String) throws {
        guard let entry = entries[name] else { return }
        guard entry.byteCount == bytes.count, entry.checksum == CRC32(of: bytes).text else {
            throw FileFormatError(file: path, problem: "the file was changed after the run had written it")
        }
    }
}
