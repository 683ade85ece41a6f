/// A table of text: named columns, rows of as many fields. A field becomes a number or a string when asked for.
public struct CSVTable: Sendable {
    /// The name of the file, for errors.
    public let file: String
    /// One name a column; columns without one are called `column 1` and so on.
    public let columnNames: [String]
    public let rowCount: Int
    public var columnCount: Int { columnNames.count }

    private let scanner: CSVScanner
    /// 1 if the first scanned row is the header.
    private let headerCount: Int

    init(_ scanner: CSVScanner, header: CSV.Header) throws {
        self.scanner = scanner
        file = scanner.name
        let columns = 0..<scanner.columnCount
        let hasHeader =
            switch header {
            case .present: true
            case .absent: false
            case .detected: columns.allSatisfy { decimalNumber(in: Self.content(scanner, at: $0).bytes) == nil }
            }
        headerCount = hasHeader ? 1 : 0
        rowCount = scanner.lines.count - headerCount
        guard rowCount > 0 else {
            throw FileFormatError(
                file: scanner.name, place: .line(Int(scanner.lines[0]), field: nil),
                problem: "no row follows the line that names the columns")
        }
        columnNames = try hasHeader ? Self.names(scanner) : columns.map { "column \($0 + 1)" }
    }

    private static func names(_ scanner: CSVScanner) throws -> [String] {
        var names: [String] = []
        var known: Set<String> = []
        for column in 0..<scanner.columnCount {
            let text = try text(scanner, at: column, place: .line(Int(scanner.lines[0]), field: column + 1))
            let name = text.isEmpty ? "column \(column + 1)" : text
            guard known.insert(name).inserted else {
                throw FileFormatError(
                    file: scanner.name, place: .line(Int(scanner.lines[0]), field: column + 1),
                    problem: "a second column has the name \"\(name)\"",
                    advice: "rename one of them, or say that the file has no header")
            }
            names.append(name)
        }
        return names
    }

    /// The field as a number; nil if it is not one. Empty fields are none; `nan` and `inf` are numbers.
    public func number(row: Int, column: Int) -> Double? {
        decimalNumber(in: Self.content(scanner, at: index(row, column)).bytes)
    }

    /// - Throws: `FileFormatError` if the field is not UTF-8.
    public func text(row: Int, column: Int) throws -> String {
        try Self.text(scanner, at: index(row, column), place: place(row: row, column: column))
    }

    /// Whether every field of the column is a number or empty, and at least one is a number.
    public func isNumeric(column: Int) -> Bool {
        var hasNumber = false
        for row in 0..<rowCount {
            let content = Self.content(scanner, at: index(row, column)).bytes
            if content.isEmpty { continue }
            guard decimalNumber(in: content) != nil else { return false }
            hasNumber = true
        }
        return hasNumber
    }

    /// The column as numbers.
    ///
    /// - Throws: `FileFormatError` with line and field at the first that is not a number.
    public func numbers(column: Int) throws -> [Double] {
        try (0..<rowCount).map { row in
            guard let number = number(row: row, column: column) else {
                let text = try text(row: row, column: column)
                throw error(
                    row: row, column: column, text.isEmpty ? "a number is missing" : "\"\(text)\" is not a number")
            }
            return number
        }
    }

    /// The column as strings.
    ///
    /// - Throws: `FileFormatError` with line and field at the first that is not UTF-8.
    public func texts(column: Int) throws -> [String] {
        try (0..<rowCount).map { try text(row: $0, column: column) }
    }

    /// The line on which a row begins, from 1.
    public func line(ofRow row: Int) -> Int { Int(scanner.lines[row + headerCount]) }

    /// An error at a field.
    public func error(row: Int, column: Int, _ problem: String, advice: String? = nil) -> FileFormatError {
        FileFormatError(file: file, place: place(row: row, column: column), problem: problem, advice: advice)
    }

    private func place(row: Int, column: Int) -> FileFormatError.Place {
        .line(Int(scanner.lines[row + headerCount]), field: column + 1)
    }

    private func index(_ row: Int, _ column: Int) -> Int {
        precondition(row >= 0 && row < rowCount, "row \(row) of \(rowCount)")
        precondition(column >= 0 && column < columnCount, "column \(column) of \(columnCount)")
        return (row + headerCount) * columnCount + column
    }

    /// A field's bytes without its quotes; if it is quoted, quotes within it are still doubled.
    private static func content(
        _ scanner: CSVScanner, at index: Int
    ) -> (bytes: ArraySlice<UInt8>, isQuoted: Bool) {
        let start = Int(scanner.starts[index])
        let field = scanner.bytes[start..<start + Int(scanner.lengths[index])]
        let isQuoted = field.first == UInt8(ascii: "\"")
        return (isQuoted ? field.dropFirst().dropLast() : field, isQuoted)
    }

    private static func text(
        _ scanner: CSVScanner, at index: Int, place: FileFormatError.Place
    ) throws -> String {
        let (content, isQuoted) = content(scanner, at: index)
        var bytes = content
        if isQuoted, content.contains(UInt8(ascii: "\"")) {
            var isSecond = false
            bytes = []
            for byte in content {
                isSecond = byte == UInt8(ascii: "\"") && !isSecond
                if !isSecond { bytes.append(byte) }
            }
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw FileFormatError(
                file: scanner.name, place: place, problem: "the field is not UTF-8",
                advice: "convert the file, for example with iconv -f latin1 -t utf-8")
        }
        return text
    }
}
