internal import Foundation
internal import GRDB

/// The list of the runs in a folder.
///
/// The folders are the truth. `index.sqlite` beside them only saves opening thousands of files for a list: each use
/// compares it with the names and times of the folders and mends it, and if it cannot be used the list is made in
/// memory instead.
public struct RunIndex: Sendable {
    /// How long the list of runs waits for other processes, in seconds.
    private static let patience = 10.0
    /// How long a run waits: it has better things to do, and the next list finds it anyway.
    private static let patienceOfRuns = 1.0

    /// The folder of all runs.
    public let root: String

    public init(root: String = "runs") { self.root = root }

    /// The index that a run belongs to.
    init(around folder: RunFolder) {
        let parent = (folder.path as NSString).deletingLastPathComponent
        root = parent.isEmpty ? "." : parent
    }

    // MARK: Writing

    /// Enters a run as it is now: for the process that works on it, when the run appears and when it ends.
    ///
    /// - Returns: what kept it from being entered, to be told once; the next list mends the index.
    public static func note(_ folder: RunFolder) -> String? {
        let index = RunIndex(around: folder)
        do {
            guard let file = try RunIndexFile.open(in: index.root, patience: patienceOfRuns),
                let reading = FolderReading(of: folder)
            else { return nil }
            try file.queue.write { try RunTable.put(reading, in: $0) }
            return file.remark
        } catch is FileLock.Busy {
            return nil
        } catch let error as DatabaseError where error.isBusy || error.isDamage {
            return nil
        } catch {
            return "the run is not in the index yet: \(error)"
        }
    }

    /// Does something that no other process that calls this does at the same time.
    ///
    /// - Throws: `ExperimentError` if the folder cannot be written to, or others do not come to an end.
    func alone<Value>(_ body: () throws -> Value) throws -> Value {
        guard let lock = FileLock(root + "/" + RunIndexFile.lockName) else {
            throw ExperimentError(
                .cannotCreate, "\(root)/ cannot be written to", advice: "check the permissions of the folder")
        }
        do {
            try lock.take(.exclusive, patience: Self.patience)
        } catch {
            throw ExperimentError(.inputOutput, "another fledge is changing the runs in \(root)/", advice: "try again")
        }
        defer { lock.release() }
        return try body()
    }

    // MARK: Reading

    /// What `read` finds in the index, after it was made to agree with the folders.
    ///
    /// - Parameter isAnew: whether to forget what the index held before.
    /// - Returns: also what the user should know: that a damaged file was put aside.
    func query<Value>(
        isAnew: Bool = false, _ read: (Database) throws -> Value
    ) throws -> (value: Value, remarks: [String]) {
        var status = stat()
        if lstat(root, &status) == 0, stat(root, &status) != 0 || status.st_mode & S_IFMT != S_IFDIR {
            throw ExperimentError(.cannotCreate, "\(root) is not a folder", advice: "move it out of the way")
        }
        var remarks: [String] = []
        // A second attempt where the first found damage and put the file aside.
        attempts: for _ in 0..<2 where access(root, F_OK) == 0 {
            do {
                guard let file = try RunIndexFile.open(in: root, patience: Self.patience) else { break attempts }
                if let remark = file.remark { remarks.append(remark) }
                if isAnew { try file.queue.write { try RunTable.create(in: $0) } }
                try mend(file)
                return (try file.queue.read(read), remarks)
            } catch let error as DatabaseError where error.isDamage {
                let remark = try? RunIndexFile.putAsideIfDamaged(in: root, patience: Self.patience)
                if let remark { remarks.append(remark) }
            } catch let error as DatabaseError where error.isBusy || error.resultCode == .SQLITE_READONLY {
                break attempts
            } catch is FileLock.Busy {
                break attempts
            } catch {
                remarks.append("the index \(root)/\(RunIndexFile.name) cannot be used: \(error)")
                break attempts
            }
        }
        let file = try RunIndexFile.inMemory(of: root)
        try mend(file)
        return (try file.queue.read(read), remarks)
    }

    /// Brings the index to what the folders hold: new and changed ones are read, vanished ones dropped. Whether a
    /// process works on a run that has not ended shows in no file, so that is looked at each time.
    private func mend(_ file: RunIndexFile) throws {
        var known = try file.queue.read { try RunTable.known(in: $0) }
        var readings: [FolderReading] = []
        var states: [(name: String, state: RunEntry.State)] = []
        let now = FolderStamp.now
        for name in (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? [] where !name.hasPrefix(".") {
            let path = root + "/" + name
            guard let stamp = FolderStamp(of: path, now: now) else { continue }
            let old = known.removeValue(forKey: name)
            if let old, old.stamp == stamp.digest, old.stamp != 0 {
                guard let before = old.unendedState, let folder = try? RunFolder(existing: path) else { continue }
                let state = RunEntry.State(isBeingWritten: folder.isBeingWritten)
                if state != before { states.append((name, state)) }
            } else if let folder = try? RunFolder(existing: path), let reading = FolderReading(of: folder) {
                readings.append(reading)
            }
        }
        guard !readings.isEmpty || !states.isEmpty || !known.isEmpty else { return }
        try file.queue.write { database in
            for reading in readings { try RunTable.put(reading, in: database) }
            for (name, state) in states { try RunTable.put(state, of: name, in: database) }
            for name in known.keys { try RunTable.remove(name, from: database) }
        }
    }
}
