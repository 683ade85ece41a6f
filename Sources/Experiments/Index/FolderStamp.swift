internal import Foundation

/// Tells without opening a file whether what the index knows of a run's folder is still so.
struct FolderStamp: Sendable, Equatable {
    /// Changes whenever a file of the run that the index reads is written; 0 if such a change might not show, since the
    /// last one was a moment ago and clocks of file systems tick in milliseconds.
    let digest: Int64

    static let files = ["run.json", RunReport.file, RunLabels.file]
    /// A change that is older than this, in seconds, has another time than any that is still to come.
    private static let settlingTime = 2

    /// nil if there is no run at `path`.
    init?(of path: String, now: Int) {
        var digest: UInt64 = 0xCBF2_9CE4_8422_2325
        var newest = 0
        // A file takes its name by a rename, which the folder's time shows too.
        for file in [""] + FolderStamp.files {
            var status = stat()
            let isThere = stat(file.isEmpty ? path : path + "/" + file, &status) == 0
            if !isThere && file == FolderStamp.files[0] { return nil }
            let facts =
                isThere
                ? [Int(status.st_ino), status.st_mtim.tv_sec, status.st_mtim.tv_nsec, status.st_size] : [-1]
            for fact in facts {
                // FNV-1a on words (Fowler, Noll & Vo).
                digest = (digest ^ UInt64(bitPattern: Int64(fact))) &* 0x0000_0100_0000_01B3
                digest ^= digest >> 32
            }
            if isThere { newest = max(newest, status.st_mtim.tv_sec) }
        }
        let isSettled = now - newest > FolderStamp.settlingTime
        self.digest = isSettled ? Int64(bitPattern: digest | 1) : 0
    }

    /// The time in seconds, by the clock that file systems use.
    static var now: Int {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return time.tv_sec
    }
}
