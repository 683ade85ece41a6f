internal import FileFormats
internal import Foundation

/// When the test part of a fit's data was looked at, and by what: a choice that is made after a look is no longer judged by
/// it. `test-openings.csv` in the run's folder, a line for each look.
public enum TestOpenings {
    static let file = "test-openings.csv"

    /// Notes that the test was looked at.
    ///
    /// - Throws: `ExperimentError` if that cannot be written.
    static func record(by reader: String, in folder: RunFolder) throws {
        let path = folder.path(file)
        let size = (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? nil
        let list = try AppendOnlyFile(path, keeping: size ?? 0)
        let line = "\(Date().formatted(.iso8601)),\(reader)\n"
        try list.append(Array(((size ?? 0) == 0 ? "when,by\n" : "").utf8) + Array(line.utf8))
    }

    /// How often it was; 0 for a run without a test part.
    public static func count(in folder: RunFolder) -> Int {
        guard let bytes = try? readFile(folder.path(file)) else { return 0 }
        return max(0, bytes.count { $0 == UInt8(ascii: "\n") } - 1)
    }
}
