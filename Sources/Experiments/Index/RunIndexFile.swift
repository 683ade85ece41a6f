internal import Foundation
internal import GRDB

/// The index file of a folder of runs, opened for one use.
///
/// Any number of processes use it at once. Each holds `index.sqlite.lock` shared as long as it has the file open;
/// making it, and putting aside one that is damaged or not ours, take the lock exclusively, so that nobody renames a
/// file that another is writing to. Within the file SQLite's own locks do, with a write-ahead log: sixteen processes
/// that open, write a row and close wait 0.2 s at the longest, with a rollback journal and its waiting for the disk
/// seven and more. The log is chosen when the file is made, so that no two processes choose at once.
final class RunIndexFile {
    static let name = "index.sqlite"
    static let lockName = "index.sqlite.lock"

    let queue: DatabaseQueue
    /// What the user should know: that a file was put aside.
    let remark: String?
    private let lock: FileLock?

    private init(_ queue: DatabaseQueue, lock: FileLock?, remark: String? = nil) {
        self.queue = queue
        self.lock = lock
        self.remark = remark
    }

    deinit {
        try? queue.close()
        lock?.release()
    }

    /// The index of the runs in `root`, made if it is not there.
    ///
    /// - Parameter patience: how long to wait for other processes, in seconds.
    /// - Returns: nil where the folder cannot be written to.
    /// - Throws: `FileLock.Busy` or a `DatabaseError`.
    static func open(in root: String, patience: Double) throws -> RunIndexFile? {
        let path = root + "/" + name
        guard let lock = FileLock(root + "/" + lockName) else { return nil }
        try lock.take(.shared, patience: patience)
        if case .usable(let queue) = try examine(path, patience) { return RunIndexFile(queue, lock: lock) }
        try lock.take(.exclusive, patience: patience)
        // Another process may have made it in between.
        var remark: String?
        var content = try examine(path, patience)
        if case .foreign(let problem) = content {
            let aside = try putAside(path)
            remark = "\(path) \(problem); it is now \(aside), and the index was made anew from the folders"
            content = .empty
        }
        let queue: DatabaseQueue
        switch content {
        case .usable(let found): queue = found
        default:
            queue = try connect(path, patience)
            // Not within a transaction. Where shared memory is lacking SQLite keeps its journal.
            try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = WAL") }
            try queue.write { try RunTable.create(in: $0) }
        }
        try lock.take(.shared, patience: patience)
        return RunIndexFile(queue, lock: lock, remark: remark)
    }

    /// Puts the file aside if a thorough check finds it damaged, after reading or writing it had failed.
    ///
    /// - Returns: what the user should know; nil if the file is sound, as when another process has made a new one.
    static func putAsideIfDamaged(in root: String, patience: Double) throws -> String? {
        let path = root + "/" + name
        guard let lock = FileLock(root + "/" + lockName) else { return nil }
        try lock.take(.exclusive, patience: patience)
        defer { lock.release() }
        if case .usable(let queue) = try examine(path, patience) {
            let verdict = try? queue.read { try String.fetchOne($0, sql: "PRAGMA integrity_check") }
            try queue.close()
            if verdict == "ok" { return nil }
        }
        guard access(path, F_OK) == 0 else { return nil }
        return "\(path) was damaged; it is now \(try putAside(path)), and the index was made anew from the folders"
    }

    /// A private index in memory, filled from the one on the disk as far as that can be read.
    static func inMemory(of root: String) throws -> RunIndexFile {
        if case .usable(let file)? = try? examine(root + "/" + name, 1, readOnly: true),
            let copy = try? DatabaseQueue(configuration: configuration(1)), (try? file.backup(to: copy)) != nil
        {
            return RunIndexFile(copy, lock: nil)
        }
        let queue = try DatabaseQueue(configuration: configuration(1))
        try queue.write { try RunTable.create(in: $0) }
        return RunIndexFile(queue, lock: nil)
    }

    private enum Content {
        case usable(DatabaseQueue)
        /// There is none, or one of another version.
        case empty
        case foreign(problem: String)
    }

    private static func examine(_ path: String, _ patience: Double, readOnly: Bool = false) throws -> Content {
        guard access(path, F_OK) == 0 else { return .empty }
        do {
            let queue = try connect(path, patience, readOnly: readOnly)
            let (owner, version, tables) = try queue.read { database in
                (
                    try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0,
                    try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0,
                    try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") ?? 0
                )
            }
            if tables == 0 { return .empty }
            guard owner == RunTable.applicationID else { return .foreign(problem: "is not an index of runs") }
            return version == RunTable.version ? .usable(queue) : .empty
        } catch let error as DatabaseError where error.isDamage {
            return .foreign(problem: "was damaged")
        }
    }

    private static func connect(_ path: String, _ patience: Double, readOnly: Bool = false) throws -> DatabaseQueue {
        var configuration = configuration(patience)
        configuration.readonly = readOnly
        return try DatabaseQueue(path: path, configuration: configuration)
    }

    private static func configuration(_ patience: Double) -> Configuration {
        var configuration = Configuration()
        configuration.busyMode = .timeout(patience)
        configuration.prepareDatabase { database in
            // Does not wait for the disk at each change: what a power failure takes, the next list finds.
            try database.execute(sql: "PRAGMA synchronous = NORMAL")
            database.add(collation: DatabaseCollation("naturalOrder", function: NaturalOrder.compare))
        }
        return configuration
    }

    /// Renames the file to a free name beside it.
    private static func putAside(_ path: String) throws -> String {
        var status = stat()
        guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw ExperimentError(.cannotCreate, "\(path), where the index of the runs should be, is not a file")
        }
        var number = 1
        while access("\(path).aside-\(number)", F_OK) == 0 { number += 1 }
        let aside = "\(path).aside-\(number)"
        // The journal first: a new file must not find the old one's.
        for suffix in ["-journal", "-wal", "-shm", ""] where access(path + suffix, F_OK) == 0 {
            guard rename(path + suffix, aside + suffix) == 0 else {
                throw ExperimentError(
                    .cannotCreate, "\(path) cannot be put aside: \(String(cString: strerror(errno)).lowercased())")
            }
        }
        return aside
    }
}

extension DatabaseError {
    /// Whether the file is no database or one with wrong content.
    var isDamage: Bool { [.SQLITE_CORRUPT, .SQLITE_NOTADB].contains(resultCode) }
    /// Whether other processes had the file for too long.
    var isBusy: Bool { [.SQLITE_BUSY, .SQLITE_LOCKED].contains(resultCode) }
}
