internal import FileFormats
internal import Foundation
internal import Plotting
internal import SupervisedLearning

/// What is free on the disk that holds a folder.
struct DiskSpace {
    /// The folder, or the nearest one above it that is there.
    let folder: String
    /// What this user may still write, in bytes.
    let freeBytes: Int

    /// What figures, reports and the file system's own bookkeeping take beside what is reckoned, in bytes.
    static let allowance = 2 << 20

    /// nil where the system does not tell.
    init?(holding path: String) {
        var path = path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
        var status = statvfs()
        while statvfs(path, &status) != 0 {
            guard errno == ENOENT, path != "/", !path.isEmpty else { return nil }
            path = (path as NSString).deletingLastPathComponent
        }
        folder = path
        let (bytes, overflow) = Int(status.f_bavail).multipliedReportingOverflow(by: Int(status.f_frsize))
        freeBytes = overflow ? .max : bytes
    }

    /// - Throws: `ExperimentError` of the kind `inputOutput` if less is free.
    func require(_ neededBytes: Int) throws {
        guard neededBytes > freeBytes else { return }
        throw ExperimentError(
            .inputOutput,
            "the disk is too full: the run needs \(Self.megabytes(neededBytes)), and \(Self.megabytes(freeBytes)) are free in \(folder)",
            advice: "free some space, or take fewer steps or seeds")
    }

    private static func megabytes(_ count: Int) -> String {
        "\(NumberText.fixed(Double(count) / 1e6, decimals: 1)) MB"
    }

    /// Looks whether a run fits the disk before it has a folder, as far as that can be told without doing any of its
    /// work: for each seed the last two checkpoints, the best, and the one that is being written.
    ///
    /// - Parameter learner: the work of one seed.
    static func preflight(for learner: some Learner, seedCount: Int, root: String) throws {
        var state = Archive()
        try learner.save(into: &state)
        try DiskSpace(holding: root)?.require(4 * state.encoded().count * seedCount + allowance)
    }
}
