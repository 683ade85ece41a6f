internal import FileFormats

/// What a learner measured, update for update.
public struct MetricsHistory: Sendable, Equatable {
    /// "steps", "epochs" or "iterations": what `completed` counts.
    public let unit: String
    public let names: [String]
    /// `[updates]`
    public private(set) var completed: [Int] = []
    /// The seconds since the first update began, `[updates]`, in whole microseconds as `timing.csv` keeps them: figures
    /// drawn at once and from the files are the same.
    public private(set) var seconds: [Double] = []
    /// `[names][updates]`; NaN where nothing was measured.
    private var columns: [[Double]]

    public init(unit: String, names: [String]) {
        self.unit = unit
        self.names = names
        columns = Array(repeating: [], count: names.count)
    }

    public mutating func append(completed: Int, seconds: Double, values: [Double]) {
        precondition(values.count == names.count, "\(values.count) values for the \(names.count) metrics \(names)")
        self.completed.append(completed)
        self.seconds.append((seconds * 1e6).rounded() / 1e6)
        for (index, value) in values.enumerated() { columns[index].append(value) }
    }

    /// The values of one metric, `[updates]`; nil if there is none of that name.
    public subscript(name: String) -> [Double]? {
        names.firstIndex(of: name).map { columns[$0] }
    }

    /// The rows of the fit that is kept, where trials of a search and folds of a cross-validation came before it; else all.
    var ofKeptFit: MetricsHistory {
        let marks = ["trial", "fold"].compactMap { self[$0] }
        guard !marks.isEmpty else { return self }
        let kept = completed.indices.filter { row in marks.allSatisfy { $0[row].isNaN } }
        var history = MetricsHistory(unit: unit, names: names)
        let start = kept.first.map { ($0 == 0 ? 0 : completed[$0 - 1], $0 == 0 ? 0 : seconds[$0 - 1]) } ?? (0, 0)
        for row in kept {
            history.append(
                completed: completed[row] - start.0, seconds: seconds[row] - start.1, values: columns.map { $0[row] })
        }
        return history
    }

    /// The latest value of a metric that is a number.
    public func last(_ name: String) -> Double? { self[name]?.last { !$0.isNaN } }

    /// Reads a seed's `metrics.csv` and `timing.csv` as far as both go: a process that was killed may have written a row of
    /// one and not of the other, or a part of a row.
    ///
    /// - Parameter rows: the most that are read.
    /// - Throws: `FileFormatError` if a file is missing or damaged.
    init(reading folder: RunFolder, seed: UInt64, rows: Int = .max) throws {
        let files = try ["metrics.csv", "timing.csv"].map { file in
            try readFile(folder.path(file, seed: seed)).split(
                separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false
            ).dropLast()
        }
        let (kept, overflow) = rows.addingReportingOverflow(1)
        let lineCount = min(files[0].count, files[1].count, overflow ? .max : kept)
        if lineCount == 1 {
            // The names of the columns, and no update yet.
            let names = String(decoding: files[0][0], as: UTF8.self).split(separator: ",").map(String.init)
            self.init(unit: names.first ?? "", names: Array(names.dropFirst()))
            return
        }
        let texts = files.map { Array($0.prefix(lineCount).joined(separator: [UInt8(ascii: "\n")])) + [0x0A] }
        try self.init(metrics: texts[0], timing: texts[1], name: folder.path("seeds/\(seed)"))
    }

    /// Reads all of a `metrics.csv`, without the times.
    ///
    /// - Throws: `FileFormatError` if it is damaged.
    init(metrics: [UInt8], name: String) throws {
        let table = try CSV.decode(metrics, name: name, header: .present)
        self.init(table, seconds: Array(repeating: 0, count: table.rowCount))
    }

    private init(metrics: [UInt8], timing: [UInt8], name: String) throws {
        let table = try CSV.decode(metrics, name: name + "/metrics.csv", header: .present)
        let times = try CSV.decode(timing, name: name + "/timing.csv", header: .present)
        guard times.rowCount == table.rowCount, times.columnCount == 2, table.columnCount > 0 else {
            throw FileFormatError(
                file: name + "/timing.csv",
                problem: "\(times.rowCount) rows do not belong to the \(table.rowCount) rows of metrics.csv")
        }
        self.init(table, seconds: try times.numbers(column: 1))
    }

    private init(_ table: CSVTable, seconds: [Double]) {
        self.init(unit: table.columnNames[0], names: Array(table.columnNames.dropFirst()))
        completed = (0..<table.rowCount).map { table.number(row: $0, column: 0).flatMap { Int(exactly: $0) } ?? 0 }
        self.seconds = seconds
        columns = (1..<table.columnCount).map { column in
            (0..<table.rowCount).map { table.number(row: $0, column: column) ?? .nan }
        }
    }
}
