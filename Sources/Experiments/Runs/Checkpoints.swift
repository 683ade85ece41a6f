package import FileFormats
internal import Foundation

/// The checkpoints of one seed: what its work was put away as, from time to time.
///
/// A checkpoint counts when it is *committed*. It is written under a temporary name, brought to the disk, and renamed, and
/// the folder is brought to the disk; then a line about it is appended to `commits.csv` and brought to the disk. At
/// whatever instant the process or the machine dies, the newest commit whose file has the committed length and checksum
/// is whole. The last two checkpoints and the best are kept.
/// ```
/// seeds/SEED/checkpoints/update-00000117.safetensors
/// seeds/SEED/checkpoints/commits.csv                   update,bytes,checksum,is best,checksum of the line
/// ```
package struct Checkpoints: Sendable {
    package struct Commit: Sendable, Equatable {
        /// How many updates had been done.
        package let update: Int
        let byteCount: Int
        let checksum: String
        /// Whether no evaluation so far had been better.
        let isBest: Bool

        fileprivate var line: [UInt8] {
            CheckedLine.encode(["\(update)", "\(byteCount)", checksum, isBest ? "best" : "later"])
        }
    }

    private static let journalFile = "commits.csv"
    /// In commits.
    private static let longestJournal = 1000

    package let folder: String

    package init(folder: String) { self.folder = folder }

    /// The commits in the order in which they were made; of damaged lines nothing is known.
    private var commits: [Commit] {
        guard let bytes = try? readFile(path(Checkpoints.journalFile)) else { return [] }
        return CheckedLine.decode(bytes).compactMap { fields in
            guard let fields, fields.count == 4, let update = Int(fields[0]), let byteCount = Int(fields[1]) else {
                return nil
            }
            return Commit(
                update: update, byteCount: byteCount, checksum: String(fields[2]), isBest: fields[3] == "best")
        }
    }

    /// The commits from the newest to the oldest, each update once.
    package var newestFirst: [Commit] {
        var seen: Set<Int> = []
        return commits.reversed().filter { seen.insert($0.update).inserted }.sorted { $0.update > $1.update }
    }

    /// The newest commit that was the best when it was made.
    package var best: Commit? { newestFirst.first(where: \.isBest) }

    /// Whether the commit's file is there: those that were not to be kept are not.
    package func has(_ commit: Commit) -> Bool { access(path(Checkpoints.name(of: commit.update)), F_OK) == 0 }

    /// What was put away.
    ///
    /// - Throws: `FileFormatError` if the file is not there, or is not what was committed.
    package func load(_ commit: Commit) throws -> Archive {
        let path = path(Checkpoints.name(of: commit.update))
        let bytes = try readFile(path)
        guard bytes.count == commit.byteCount, CRC32(of: bytes).text == commit.checksum else {
            throw FileFormatError(file: path, problem: "the checkpoint is not what was written")
        }
        return try Archive(decoding: bytes, name: path)
    }

    /// Makes a committed checkpoint, then removes those that are not to be kept.
    ///
    /// - Throws: `FileFormatError` or `ExperimentError` if it cannot be written; the earlier ones are then as before.
    func write(_ archive: Archive, update: Int, isBest: Bool) throws {
        if try RunFolder.makeFolder(folder) { try synchronizeFolder(folder + "/..") }
        let bytes = try archive.encoded()
        try writeFile(bytes, to: path(Checkpoints.name(of: update)), durably: true)
        let commit = Commit(
            update: update, byteCount: bytes.count, checksum: CRC32(of: bytes).text, isBest: isBest)
        let journal = try AppendOnlyFile(path(Checkpoints.journalFile), keeping: wholeJournalBytes)
        try journal.append(commit.line)
        try journal.synchronize()
        try prune()
    }

    /// The length of the journal without a last line that was cut short.
    private var wholeJournalBytes: Int {
        guard let bytes = try? readFile(path(Checkpoints.journalFile)) else { return 0 }
        return bytes.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    }

    /// Removes all files but those of the last two commits and of the best, and what a killed process left half-written.
    /// A journal that has grown long is written anew with the commits that are kept.
    func prune() throws {
        let newest = newestFirst
        let recent = Array(newest.prefix(2))
        let best = newest.first(where: \.isBest)
        let kept = recent + [best].compactMap { $0 }.filter { !recent.contains($0) }
        let names = Set(kept.map { Checkpoints.name(of: $0.update) })
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        where name != Checkpoints.journalFile && !names.contains(name) {
            unlink(path(name))
        }
        guard newest.count > Checkpoints.longestJournal else { return }
        try writeFile(kept.reversed().flatMap(\.line), to: path(Checkpoints.journalFile), durably: true)
    }

    private func path(_ file: String) -> String { folder + "/" + file }

    private static func name(of update: Int) -> String {
        let digits = String(update)
        return "update-" + String(repeating: "0", count: max(0, 8 - digits.count)) + digits + ".safetensors"
    }
}
