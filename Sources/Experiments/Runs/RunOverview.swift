internal import FileFormats
internal import Plotting

/// One figure of several runs.
public enum RunOverview {
    /// Draws the runs that lie in `folders` into a PNG file.
    ///
    /// - Throws: `ExperimentError` if a run has not ended or is damaged, or the file cannot be written.
    public static func write(_ folders: [RunFolder], to path: String) throws {
        let runs = try folders.map { try StoredRun(reading: $0) }
        let bytes = try RunFigures.overview(of: runs).png()
        do {
            try writeFile(bytes, to: path)
        } catch {
            throw ExperimentError(.cannotCreate, "\(error)")
        }
    }

    /// What `--json` says of the file.
    public static func json(of path: String) throws -> String { try JSONText.line(["figures": [path]]) }
}
