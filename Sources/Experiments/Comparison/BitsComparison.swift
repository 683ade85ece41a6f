internal import FileFormats
internal import Foundation

/// Whether two runs of the same settings did the same to the last bit, and if not, from where on they differ.
///
/// Everything that does not depend on the clock is compared: each seed's metrics row by row, its chain of states where
/// the runs have one, and the other files as a whole.
public struct BitsComparison: Sendable, Encodable {
    /// The first place at which two tables differ.
    public struct Difference: Sendable, Equatable, Encodable {
        /// The file in the seed's folder.
        public let file: String
        /// What the first field of each row counts: "update", "steps", "epochs".
        public let unit: String
        /// That field of the row; nil in the header.
        public let update: String?
        /// nil where one table ends before the other.
        public let column: String?
        /// nil where the run has no such row.
        public let first: String?
        public let second: String?

        public init(
            file: String, unit: String, update: String?, column: String?, first: String?, second: String?
        ) {
            self.file = file
            self.unit = unit
            self.update = update
            self.column = column
            self.first = first
            self.second = second
        }
    }

    public struct Seed: Sendable, Equatable, Encodable {
        public let seed: UInt64
        /// Rows of metrics that both have, up to the first difference.
        public let equalRows: Int
        public let differences: [Difference]
        /// Other files that differ, or that one run lacks.
        public let differingFiles: [String]

        public var isEqual: Bool { differences.isEmpty && differingFiles.isEmpty }
    }

    public let runs: [String]
    /// What the runs do not share: with it they cannot be expected to do the same.
    public let differences: [RunDifference]
    /// Those that both runs have.
    public let seeds: [Seed]
    /// Those that only one has.
    public let unmatchedSeeds: [UInt64]
    public let isEqual: Bool

    /// - Throws: `ExperimentError` if a run is damaged, or the runs have no seed in common.
    public init(_ first: RunFolder, _ second: RunFolder) throws {
        let runs = [try ComparedRun(first), try ComparedRun(second)]
        let (mine, other) = (Set(runs[0].record.seeds), Set(runs[1].record.seeds))
        guard !mine.isDisjoint(with: other) else {
            throw ExperimentError(
                .usage, "\(first.name) and \(second.name) have no seed in common",
                advice: "compare runs of the same seeds")
        }
        self.runs = runs.map(\.folder.name)
        differences = RunDifference.all(between: runs)
        unmatchedSeeds = mine.symmetricDifference(other).sorted()
        do {
            seeds = try mine.intersection(other).sorted().map { seed in
                try BitsComparison.seed(seed, first.path("seeds/\(seed)"), second.path("seeds/\(seed)"))
            }
        } catch let error as FileFormatError {
            throw ExperimentError(.badData, "\(error)")
        }
        isEqual = unmatchedSeeds.isEmpty && seeds.allSatisfy(\.isEqual)
    }

    /// The hash of the whole state after each update comes first: it shows what no metric does. The other columns of
    /// the chain say how the metrics were written, which are compared themselves.
    private static let tables = [(file: MetricsChain.file, column: "state"), (file: "metrics.csv", column: nil)]
    /// Depends on the clock.
    private static let ignored: Set<String> = ["timing.csv"]

    private static func seed(_ seed: UInt64, _ first: String, _ second: String) throws -> Seed {
        var differences: [Difference] = []
        var equalRows = 0
        for (file, column) in tables where isThere(first + "/" + file) && isThere(second + "/" + file) {
            let (difference, rows) = try compare(first + "/" + file, second + "/" + file, name: file, column: column)
            if let difference { differences.append(difference) }
            if file == "metrics.csv" { equalRows = rows }
        }
        let names = Set(files(of: first)).union(files(of: second)).subtracting(ignored)
        let differing = try names.sorted().filter { name in
            let (mine, other) = (first + "/" + name, second + "/" + name)
            guard isThere(mine), isThere(other) else { return true }
            return tables.contains { $0.file == name } ? false : try readFile(mine) != readFile(other)
        }
        return Seed(seed: seed, equalRows: equalRows, differences: differences, differingFiles: differing)
    }

    private static func isThere(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// The plain files of a folder that are no leftovers of an interrupted writing.
    private static func files(of folder: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).filter { name in
            var status = stat()
            return !name.hasPrefix(".") && stat(folder + "/" + name, &status) == 0
                && status.st_mode & S_IFMT == S_IFREG
        }
    }

    /// - Parameter only: the one column that is compared; nil for all.
    /// - Returns: the first difference, and how many rows before it are equal.
    private static func compare(
        _ first: String, _ second: String, name: String, column only: String?
    ) throws -> (difference: Difference?, equalRows: Int) {
        let (a, b) = (try lines(of: first), try lines(of: second))
        let header = a.first.map(fields) ?? []
        let onlyIndex = only.flatMap { header.firstIndex(of: $0) }
        for row in 0..<min(a.count, b.count) where a[row] != b[row] {
            let (mine, others) = (fields(a[row]), fields(b[row]))
            let places = onlyIndex.map { $0..<$0 + 1 } ?? 0..<max(mine.count, others.count)
            func field(_ fields: [String], _ place: Int) -> String? { place < fields.count ? fields[place] : nil }
            guard let place = places.first(where: { field(mine, $0) != field(others, $0) }) else { continue }
            return (
                Difference(
                    file: name, unit: header.first ?? "", update: row == 0 ? nil : mine.first,
                    column: row > 0 && place < header.count ? header[place] : "column \(place + 1)",
                    first: field(mine, place), second: field(others, place)), max(0, row - 1)
            )
        }
        let equal = max(0, min(a.count, b.count) - 1)
        guard a.count != b.count else { return (nil, equal) }
        let longer = a.count > b.count ? a : b
        let update = fields(longer[min(a.count, b.count)]).first
        return (
            Difference(
                file: name, unit: header.first ?? "", update: update, column: nil,
                first: a.count > b.count ? update : nil, second: b.count > a.count ? update : nil), equal
        )
    }

    private static func lines(of path: String) throws -> [ArraySlice<UInt8>] {
        try readFile(path).split(separator: UInt8(ascii: "\n"))
    }

    private static func fields(_ line: ArraySlice<UInt8>) -> [String] {
        line.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).map {
            String(decoding: $0, as: UTF8.self)
        }
    }
}
