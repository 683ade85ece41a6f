internal import LinearAlgebra

/// Rows that occur more than once.
public struct RepeatedRows: Sendable, Codable, Equatable {
    /// Rows whose features an earlier row has too.
    public let count: Int
    /// Those among them whose target is another than that of the first such row.
    public let conflictCount: Int
    /// Rows of the test part whose features a training row has; nil if there is no test part.
    public let testCount: Int?

    init(training: RawSamples, test: RawSamples?) {
        var first: [[UInt8]: Int] = [:]
        var (count, conflicts) = (0, 0)
        for row in 0..<training.rowCount {
            let key = Self.key(training.features, row)
            if let earlier = first[key] {
                count += 1
                if let targets = training.targets, !targets.agree(earlier, row) { conflicts += 1 }
            } else {
                first[key] = row
            }
        }
        self.count = count
        conflictCount = conflicts
        testCount = test.map { test in (0..<test.rowCount).count { first[Self.key(test.features, $0)] != nil } }
    }

    /// The features of a row as bytes; identifiers do not count.
    private static func key(_ features: RawFeatures, _ row: Int) -> [UInt8] {
        switch features {
        case .matrix(.bytes(let matrix), _): return matrix.row(row)
        case .matrix(.floats(let matrix), _): return matrix.row(row).withUnsafeBytes { [UInt8]($0) }
        case .texts(let texts): return Array(texts[row].utf8)
        case .ratings(let users, let items): return Array((users[row] + "\u{0}" + items[row]).utf8)
        case .table(let table):
            // A zero byte ends each value; a 1 stands for a missing one.
            return table.columns.filter { $0.type != .identifier }
                .flatMap { column in (column.text(row: row).map { Array($0.utf8) } ?? [1]) + [0] }
        }
    }
}

extension RawTargets {
    /// Whether two rows have the same target.
    fileprivate func agree(_ a: Int, _ b: Int) -> Bool {
        switch self {
        case .classes(let labels): labels[a] == labels[b]
        case .numbers(let numbers): numbers[a] == numbers[b]
        }
    }
}
