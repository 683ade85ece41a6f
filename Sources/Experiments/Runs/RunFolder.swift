internal import FileFormats
internal import Foundation

/// A run on disk:
/// ```
/// runs/NAME/run.json                         what the run is, there from the first moment
/// runs/NAME/lock                             held by the process that works on the run
/// runs/NAME/result.json                      what came of it, there when it has ended
/// runs/NAME/figures/*.png
/// runs/NAME/seeds/SEED/metrics.csv           a row an update; nothing that depends on the clock
/// runs/NAME/seeds/SEED/timing.csv            the seconds that went by at each row
/// runs/NAME/seeds/SEED/chain.csv             checksums of the metrics and hashes of the learner's state
/// runs/NAME/seeds/SEED/checkpoints/          what the work can be taken up from
/// runs/NAME/seeds/SEED/initial.safetensors   the parameters that it began with, where it goes on from another run
/// runs/NAME/seeds/SEED/parameters.safetensors, centroids.npy, …
/// runs/NAME/seeds/SEED/drawing.safetensors   what the figures show beyond the metrics
/// runs/NAME/seeds/SEED/checksums.csv         of the files that the seed ended with
/// ```
public struct RunFolder: Sendable, Equatable {
    public let name: String
    /// `runs/NAME`, relative to the current folder.
    public let path: String

    /// Claims a name for a run and makes its folder, which appears by a rename with `run.json` inside.
    ///
    /// - Parameters:
    ///   - root: the folder of all runs, made if it is not there.
    ///   - name: the run's name; nil for the first free of `base`-1, `base`-2, …
    ///   - record: what `run.json` is to say, for the name that was found.
    ///   - files: what is inside from the first moment, by path.
    /// - Returns: the folder and the right to write it.
    /// - Throws: `ExperimentError` if the name is taken or not a name, or the folder cannot be made.
    static func create(
        in root: String, name: String?, base: String, files: [(path: String, bytes: [UInt8])] = [],
        record: (String) -> RunRecord
    ) throws -> (folder: RunFolder, lock: RunLock) {
        if let name { try RunName.check(name) }
        try makeFolder(root)
        removeAbandoned(in: root)
        if let name {
            guard let claimed = try claim(name, in: root, record: record(name), files: files) else {
                throw ExperimentError(
                    .cannotCreate, "there is a run called '\(name)' already",
                    advice: "choose another --name, or leave it out")
            }
            return claimed
        }
        let base = RunName.readable(base)
        let taken = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
        var number = RunName.firstFreeNumber(after: base, among: taken)
        while true {
            let name = "\(base)-\(number)"
            if let claimed = try claim(name, in: root, record: record(name), files: files) { return claimed }
            number += 1
        }
    }

    /// Takes away what was left by processes that were killed before their folder had its name, an hour ago or more.
    private static func removeAbandoned(in root: String) {
        let limit = time(nil) - 3600
        for name in (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
        where name.hasPrefix(".") && name.hasSuffix(temporarySuffix) {
            var status = stat()
            guard stat(root + "/" + name, &status) == 0, status.st_mtim.tv_sec < limit else { continue }
            try? FileManager.default.removeItem(atPath: root + "/" + name)
        }
    }

    /// Takes away the files of seeds in whose writing a process was killed: only who has the lock writes there.
    func removeHalfWritten(seeds: [UInt64]) {
        for seed in seeds {
            let folder = path("", seed: seed)
            for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
            where name.hasPrefix(".") && name.hasSuffix(Self.temporarySuffix) {
                try? FileManager.default.removeItem(atPath: folder + "/" + name)
            }
        }
    }

    private static let temporarySuffix = ".temporary"

    /// The folder under that name, or nil if it is taken.
    private static func claim(
        _ name: String, in root: String, record: RunRecord, files: [(path: String, bytes: [UInt8])]
    ) throws -> (folder: RunFolder, lock: RunLock)? {
        let path = root + "/" + name
        let temporary = "\(root)/.\(name).\(getpid())\(temporarySuffix)"
        try makeFolder(temporary)
        do {
            for part in ["figures", "seeds"] + record.seeds.map({ "seeds/\($0)" }) {
                try makeFolder(temporary + "/" + part)
            }
            for file in files { try writeFile(file.bytes, to: temporary + "/" + file.path) }
            try writeFile(JSONText.pretty(record), to: temporary + "/run.json", durably: true)
            // The lock goes along with the folder when that takes its name.
            let lock = try RunLock(in: temporary)
            guard try renameUnlessTaken(temporary, to: path) else {
                try? FileManager.default.removeItem(atPath: temporary)
                return nil
            }
            try synchronizeFolder(root)
            return (RunFolder(name: name, path: path), lock)
        } catch is FileLock.Busy {
            // Another thread of this process is making a run of this name.
            return nil
        } catch {
            try? FileManager.default.removeItem(atPath: temporary)
            throw error is ExperimentError ? error : ExperimentError(writing: error)
        }
    }

    /// False if something has that name already.
    private static func renameUnlessTaken(_ source: String, to target: String) throws -> Bool {
        // Renaming onto another run fails, whoever came first: a folder with something in it is never replaced. An
        // empty one would be, so somebody's own is looked for.
        var status = stat()
        if lstat(target, &status) == 0 { return false }
        if rename(source, target) == 0 { return true }
        if [EEXIST, ENOTEMPTY, ENOTDIR].contains(errno) { return false }
        throw cannotMake(target, errno)
    }

    /// - Returns: whether it was not there before.
    @discardableResult
    static func makeFolder(_ path: String) throws -> Bool {
        guard mkdir(path, 0o777) != 0 else { return true }
        let problem = errno
        var status = stat()
        if problem == EEXIST, stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR { return false }
        throw cannotMake(path, problem)
    }

    private static func cannotMake(_ path: String, _ code: Int32) -> ExperimentError {
        let advice: String? =
            switch code {
            case EACCES, EPERM, EROFS: "go to a folder that you may write to"
            case ENOSPC, EDQUOT: "the disk is full: free some space"
            case EEXIST: "a file of that name is in the way"
            default: nil
            }
        return ExperimentError(
            .cannotCreate, "the folder \(path) cannot be made: \(String(cString: strerror(code)).lowercased())",
            advice: advice)
    }

    /// A run that is there, by name or path.
    ///
    /// - Throws: `ExperimentError` if there is none, suggesting the nearest.
    public init(existing nameOrPath: String, in root: String = "runs") throws {
        let trimmed = nameOrPath.count > 1 && nameOrPath.hasSuffix("/") ? String(nameOrPath.dropLast()) : nameOrPath
        for path in [trimmed, root + "/" + trimmed] {
            guard let found = RunFolder(at: path) else { continue }
            self = found
            return
        }
        let known = RunFolder.names(in: root)
        throw ExperimentError(
            .missingInput, "there is no run '\(nameOrPath)'",
            advice: nearestName(to: (trimmed as NSString).lastPathComponent, among: known)
                .map { "did you mean '\($0)'?" } ?? "`fledge runs` lists those in \(root)/")
    }

    /// The run in the folder at exactly this path; nil if none is there.
    init?(at path: String) {
        guard access(path + "/run.json", R_OK) == 0 else { return nil }
        self.init(name: (path as NSString).lastPathComponent, path: path)
    }

    private init(name: String, path: String) {
        self.name = name
        self.path = path
    }

    /// The names of all runs in `root`, sorted.
    public static func names(in root: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: root)) ?? [])
            .filter { !$0.hasPrefix(".") && access("\(root)/\($0)/run.json", R_OK) == 0 }.sorted()
    }

    /// Where a file of this run lies: "runs/NAME/figures/training.png".
    public func path(_ file: String) -> String { path + "/" + file }

    func path(_ file: String, seed: UInt64) -> String { path("seeds/\(seed)/\(file)") }

    /// - Throws: `ExperimentError` if it cannot be written.
    func write(_ bytes: [UInt8], to file: String, durably: Bool = false) throws {
        do {
            try writeFile(bytes, to: path(file), durably: durably)
        } catch {
            throw ExperimentError(.inputOutput, "\(error)")
        }
    }
}
