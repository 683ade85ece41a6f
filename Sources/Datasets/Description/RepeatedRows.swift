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
        var first: [RowKey: Int] = [:]
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

    private static func key(_ features: RawFeatures, _ row: Int) -> RowKey {
        switch features {
        case .matrix(.bytes(let matrix), _): return RowKey(bytes: matrix.row(row))
        case .matrix(.floats(let matrix), _): return RowKey(bytes: matrix.row(row).withUnsafeBytes { [UInt8]($0) })
        case .texts(let texts): return RowKey(bytes: Array(texts[row].utf8))
        case .ratings(let users, let items): return RowKey(bytes: Array((users[row] + "\u{0}" + items[row]).utf8))
        case .table(let table):
            var key = RowKey()
            for column in table.columns where column.type != .identifier { key.append(column.values, row: row) }
            return key
        }
    }
}

/// The features of a row as bytes; identifiers do not count.
private struct RowKey: Hashable {
    var bytes: [UInt8] = []

    /// Numbers and dates as their bits, texts and the names of categories up to a zero byte; each after a byte that says
    /// whether there is a value.
    mutating func append(_ values: Column.Values, row: Int) {
        switch values {
        // Both zeros are one number.
        case .numbers(let values): append(values[row].map { ($0 + 0).bitPattern })
        case .dates(let values):
            append(values[row].map { UInt64(bitPattern: Int64($0.dayNumber * 86_400 + $0.second)) })
        case .categories(let codes, let names): append(codes[row].map { names[Int($0)] })
        case .texts(let values): append(values[row])
        }
    }

    private mutating func append(_ bits: UInt64?) {
        bytes.append(bits == nil ? 0 : 1)
        if let bits { withUnsafeBytes(of: bits) { bytes.append(contentsOf: $0) } }
    }

    private mutating func append(_ text: String?) {
        bytes.append(text == nil ? 0 : 1)
        if let text { bytes.append(contentsOf: text.utf8) }
        bytes.append(0)
    }

    /// All bytes at once, which takes a tenth of the time.
    func hash(into hasher: inout Hasher) {
        bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
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
