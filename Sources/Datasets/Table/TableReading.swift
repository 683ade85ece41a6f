public import FileFormats

extension Table {
    /// The largest magnitude of a number in a table: squares of larger ones, summed, would exceed what a `Double` holds.
    static let largestNumber = 1e100

    /// Reads a table (`.csv`, `.tsv`, either compressed by gzip) and finds the type of each column.
    ///
    /// An empty field, and one that says NA, N/A, NaN, null, ? or -, is a missing value.
    /// - Parameter types: types of columns that are known better than the values tell, by name.
    /// - Throws: `FileFormatError` with line and field if the file cannot be read or is malformed, a column of numbers
    ///   has a value that is none, a number is infinite or beyond 1e100, or `types` names a column that is not there or
    ///   a type that its values do not have.
    public init(path: String, types: [String: ColumnType] = [:]) throws {
        try self.init(reading: Self.csv(path: path), types: types)
    }

    /// The columns of a table of text, typed.
    ///
    /// - Parameter omitted: the name of a column that is not read, such as one that is to be learned.
    public init(
        reading csv: CSVTable, types: [String: ColumnType] = [:], omitting omitted: String? = nil
    ) throws {
        for name in types.keys.sorted() where !csv.columnNames.contains(name) {
            throw Self.noColumn(name, among: csv.columnNames, file: csv.file)
        }
        let read = csv.columnNames.indices.filter { csv.columnNames[$0] != omitted }
        let columns = try read.map { index in
            try ColumnText(csv, column: index).column(as: types[csv.columnNames[index]])
        }
        self.init(
            columns: columns, file: csv.file, lines: (0..<csv.rowCount).map(csv.line), fields: read.map { $0 + 1 })
    }

    static func csv(path: String) throws -> CSVTable {
        let bytes = try readFile(path)
        let text = Gzip.isCompressed(bytes) ? try Gzip.decompress(bytes, name: path) : bytes
        return try CSV.decode(text, name: path)
    }

    static func noColumn(_ name: String, among names: [String], file: String) -> FileFormatError {
        FileFormatError(
            file: file, problem: "there is no column \"\(name)\"",
            advice: nearestName(to: name, among: names).map { "is \"\($0)\" meant?" }
                ?? "the columns are \(names.prefix(20).joined(separator: ", "))")
    }
}

/// One column of a table of text, missing values found: what a typed column is made from.
struct ColumnText {
    let csv: CSVTable
    let index: Int
    /// nil where a value is missing: `[n]`
    let texts: [String?]
    /// nil where there is no number: `[n]`
    let numbers: [Double?]

    var name: String { csv.columnNames[index] }

    /// - Throws: `FileFormatError` if a field is not UTF-8.
    init(_ csv: CSVTable, column index: Int) throws {
        self.csv = csv
        self.index = index
        let texts: [String?] = try (0..<csv.rowCount).map { row in
            let text = try csv.text(row: row, column: index).trimmed
            return MissingValue.isSpelled(by: text) ? nil : String(text)
        }
        self.texts = texts
        numbers = texts.indices.map { texts[$0] == nil ? nil : csv.number(row: $0, column: index) }
    }

    /// The column with the type that was asked for, or the one that its values have.
    func column(as asked: ColumnType?) throws -> Column {
        var (type, detail): (ColumnType, String?) = (asked ?? .text, asked.map { _ in "as asked for" })
        if asked == nil {
            switch TypeInference(texts: texts, numbers: numbers, name: name)() {
            case .type(let found, let why): (type, detail) = (found, why)
            case .slip(let row, let numberCount, let valueCount):
                throw csv.error(
                    row: row, column: index,
                    "\"\(texts[row] ?? "")\" is not a number, as \(numberCount) of the \(valueCount) values in the column"
                        + " \"\(name)\" are",
                    advice:
                        "correct it, leave it empty if the value is missing, or say that the column holds categories")
            }
        }
        let values: Column.Values =
            switch type {
            case .number: .numbers(try finiteNumbers())
            case .category: categories()
            case .text: .texts(texts)
            case .date: .dates(try dates())
            case .identifier:
                texts.indices.allSatisfy { texts[$0] == nil || numbers[$0] != nil }
                    ? .numbers(try finiteNumbers()) : .texts(texts)
            }
        return Column(
            name: name, values: values, inference: ColumnInference(of: values, as: type, detail: detail))
    }

    /// - Throws: `FileFormatError` at the first value that is not a number, or no finite one.
    func finiteNumbers() throws -> [Double?] {
        for row in texts.indices {
            guard let text = texts[row] else { continue }
            guard let number = numbers[row] else {
                throw csv.error(
                    row: row, column: index, "\"\(text)\" is not a number, but the column \"\(name)\" holds numbers",
                    advice: "correct it, or leave it empty if the value is missing")
            }
            guard number.isFinite, number.magnitude <= Table.largestNumber else {
                throw csv.error(
                    row: row, column: index,
                    number.isFinite
                        ? "\(text) in the column \"\(name)\" is beyond 1e100" : "\(text) in the column \"\(name)\"",
                    advice: "fill in a finite number, or leave it empty if the value is missing")
            }
        }
        return numbers
    }

    /// - Throws: `FileFormatError` at the first value that is not a date.
    func dates() throws -> [CalendarTime?] {
        try texts.indices.map { row in
            guard let text = texts[row] else { return nil }
            guard let date = CalendarTime(text) else {
                throw csv.error(
                    row: row, column: index, "\"\(text)\" is not a date, but the column \"\(name)\" holds dates",
                    advice: "write dates as 2024-02-29 and times as 2024-02-29T12:30:00")
            }
            return date
        }
    }

    /// Names in rising order, by value if all are numbers; yes and no in small letters.
    private func categories() -> Column.Values {
        let isBoolean = TypeInference.booleanPair(Set(texts.compactMap(\.self))) != nil
        let spelled = isBoolean ? texts.map { $0?.lowercased() } : texts
        return .categories(spelled, names: Self.sorted(Set(spelled.compactMap(\.self))))
    }

    /// Texts in rising order; numbers by value if all of them are.
    static func sorted(_ names: Set<String>) -> [String] {
        let names = names.sorted()
        let numbers = names.compactMap { Double($0) }
        guard numbers.count == names.count, numbers.allSatisfy({ !$0.isNaN }) else { return names }
        return names.indices.sorted { (numbers[$0], $0) < (numbers[$1], $1) }.map { names[$0] }
    }
}

extension Column.Values {
    /// Categories given by their names, which are among `names`.
    static func categories(_ texts: [String?], names: [String]) -> Column.Values {
        var indices: [String: Int32] = [:]
        for (index, name) in names.enumerated() { indices[name] = Int32(index) }
        return .categories(codes: texts.map { text in text.flatMap { indices[$0] } }, names: names)
    }
}
