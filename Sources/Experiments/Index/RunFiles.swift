internal import Foundation

/// A file of a run.
public struct RunFile: Sendable, Equatable, Encodable {
    /// Below the run's folder: "seeds/1/metrics.csv".
    public let path: String
    public let bytes: Int

    /// All files below a folder, sorted by path; symbolic links are not followed.
    static func all(below folder: String) -> [RunFile] {
        let paths = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
        return paths.sorted().compactMap { path in
            var status = stat()
            guard lstat(folder + "/" + path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
            return RunFile(path: path, bytes: status.st_size)
        }
    }
}
