internal import FileFormats
internal import Foundation

/// Where deleted runs go: `runs/.bin/NAME~TIME`, whole, until the bin is emptied.
public struct RunBin: Sendable {
    static let folder = ".bin"

    /// A run in the bin.
    public struct Entry: Sendable, Equatable, Encodable {
        /// What the run was called.
        public let name: String
        /// When it was deleted, in UTC (ISO 8601).
        public let deleted: String
        public let path: String
        public let bytes: Int
    }

    private let root: String
    private var bin: String { root + "/" + RunBin.folder }

    /// - Parameter root: the folder of all runs.
    public init(of root: String = "runs") { self.root = root }

    /// Moves a run to the bin of its folder of runs.
    ///
    /// - Throws: `ExperimentError` if a process works on the run, or the folder cannot be written to.
    public static func discard(_ folder: RunFolder) throws -> Entry {
        let bin = RunBin(of: RunIndex(around: folder).root)
        // As long as this is held nobody begins to work on the run.
        let lock = try folder.lock()
        defer { withExtendedLifetime(lock) {} }
        if mkdir(bin.bin, 0o777) != 0 && errno != EEXIST { throw cannotMove(folder.path, errno) }
        let time = Date().formatted(.iso8601)
        let base = bin.bin + "/" + folder.name + "~" + time.filter { $0 != "-" && $0 != ":" }
        for number in 1...1000 {
            let target = number == 1 ? base : "\(base).\(number)"
            if access(target, F_OK) == 0 { continue }
            guard rename(folder.path, target) == 0 else {
                if errno == EEXIST || errno == ENOTEMPTY { continue }
                throw cannotMove(folder.path, errno)
            }
            return Entry(name: folder.name, deleted: time, path: target, bytes: size(of: target))
        }
        throw cannotMove(folder.path, EEXIST)
    }

    /// What is in the bin, what was deleted first in front.
    public var entries: [Entry] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: bin)) ?? []
        return names.compactMap { file -> Entry? in
            guard let mark = file.lastIndex(of: "~"), mark != file.startIndex else { return nil }
            let time = Array(file[file.index(after: mark)...].prefix(16))
            guard time.count == 16, time[8] == "T" else { return nil }
            func digits(_ range: Range<Int>) -> String { String(time[range]) }
            let deleted =
                "\(digits(0..<4))-\(digits(4..<6))-\(digits(6..<8))T\(digits(9..<11)):\(digits(11..<13)):\(digits(13..<15))Z"
            let path = bin + "/" + file
            return Entry(name: String(file[..<mark]), deleted: deleted, path: path, bytes: RunBin.size(of: path))
        }
        .sorted { ($0.deleted, $0.path) < ($1.deleted, $1.path) }
    }

    /// Brings a run back; of several of that name the one that was deleted last.
    ///
    /// - Throws: `ExperimentError` if none is in the bin (suggesting the nearest), or another run has taken the name.
    public func restore(_ name: String) throws -> RunFolder {
        let entries = entries
        guard let entry = entries.last(where: { $0.name == name }) else {
            let nearest = nearestName(to: name, among: Set(entries.map(\.name)).sorted())
            throw ExperimentError(
                .missingInput, "there is no run '\(name)' in the bin",
                advice: nearest.map { "did you mean '\($0)'?" } ?? "`fledge runs bin` lists what is there")
        }
        let target = root + "/" + name
        // Renaming onto a folder with something in it fails, whoever came first; onto an empty one it would not.
        guard access(target, F_OK) != 0, rename(entry.path, target) == 0 else {
            throw ExperimentError(
                .cannotCreate, "\(target) cannot be made: the name is taken",
                advice: "`fledge runs delete \(name)` moves that one to the bin")
        }
        return try RunFolder(existing: target)
    }

    /// What emptying would remove.
    public func entries(deletedBefore time: SinceTime?) -> [Entry] {
        entries.filter { entry in time.map { entry.deleted < $0.began } ?? true }
    }

    /// Removes runs of the bin for good.
    ///
    /// - Throws: `ExperimentError` if one cannot be removed.
    public func remove(_ entries: [Entry]) throws {
        for entry in entries {
            do {
                try FileManager.default.removeItem(atPath: entry.path)
            } catch {
                throw ExperimentError(.inputOutput, "\(entry.path) cannot be removed: \(error.localizedDescription)")
            }
        }
    }

    private static func size(of folder: String) -> Int { RunFile.all(below: folder).reduce(0) { $0 + $1.bytes } }

    private static func cannotMove(_ path: String, _ code: Int32) -> ExperimentError {
        ExperimentError(
            .cannotCreate, "\(path) cannot be moved to the bin: \(String(cString: strerror(code)).lowercased())",
            advice: "check the permissions of the folder")
    }
}
