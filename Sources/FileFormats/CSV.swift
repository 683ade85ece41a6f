/// Tables as text (RFC 4180): fields between delimiters, quoted where they contain delimiters, quotes or line ends.
public enum CSV {
    /// Whether the first line names the columns.
    public enum Header: Sendable {
        /// It does if none of its fields is a number.
        case detected
        case present
        case absent
    }

    /// Reads a table. Lines end in LF, CRLF or CR; empty lines and a UTF-8 byte order mark are skipped. A quote in
    /// the middle of an unquoted field is an ordinary character.
    ///
    /// - Parameters:
    ///   - name: the file's name, for errors.
    ///   - delimiter: an ASCII character; by default the most frequent of comma, semicolon and tab in the first line.
    /// - Throws: `FileFormatError` with line and field if a line has too many or too few fields, a quoted field does
    ///   not end or goes on behind its quote, the text is not UTF-8, a name is used for two columns, or there is no
    ///   row.
    public static func decode(
        _ bytes: [UInt8], name: String, delimiter: Unicode.Scalar? = nil, header: Header = .detected
    ) throws -> CSVTable {
        guard bytes.count < UInt32.max else {
            throw FileFormatError(file: name, problem: "\(bytes.count) bytes are more than a table may have (4 GiB)")
        }
        if let zero = bytes.firstIndex(of: 0) {
            throw FileFormatError(
                file: name, place: .offset(zero), problem: "a zero byte", advice: "is this a text file in UTF-8?")
        }
        var scanner = CSVScanner(bytes, name: name, delimiter: delimiter.map { UInt8(ascii: $0) })
        try scanner.scan()
        return try CSVTable(scanner, header: header)
    }

    /// One line with its line feed, each field quoted if it has to be.
    public static func line(_ fields: [String]) -> String {
        fields.map { field in
            let isPlain = field.utf8.allSatisfy { !Array("\",\r\n".utf8).contains($0) }
            return isPlain
                ? field
                : "\""
                    + field.split(separator: "\"", omittingEmptySubsequences: false)
                    .joined(separator: "\"\"") + "\""
        }
        .joined(separator: ",") + "\n"
    }
}

/// Finds the fields of a table: where each begins and how long it is, quotes included.
struct CSVScanner {
    let bytes: [UInt8]
    let name: String
    private let delimiter: UInt8
    /// Where each field begins, row by row.
    private(set) var starts: [UInt32] = []
    private(set) var lengths: [UInt32] = []
    /// The line on which each row begins, from 1.
    private(set) var lines: [UInt32] = []
    private(set) var columnCount = 0
    private var offset = 0
    private var line = 1

    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")
    private static let quote = UInt8(ascii: "\"")

    init(_ bytes: [UInt8], name: String, delimiter: UInt8?) {
        self.bytes = bytes
        self.name = name
        offset = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        self.delimiter = delimiter ?? Self.likelyDelimiter(of: bytes)
    }

    private static func likelyDelimiter(of bytes: [UInt8]) -> UInt8 {
        var counts = (comma: 0, semicolon: 0, tab: 0)
        var isQuoted = false
        for byte in bytes {
            if byte == quote { isQuoted.toggle() }
            if isQuoted { continue }
            if byte == lineFeed || byte == carriageReturn { break }
            switch byte {
            case UInt8(ascii: ","): counts.comma += 1
            case UInt8(ascii: ";"): counts.semicolon += 1
            case UInt8(ascii: "\t"): counts.tab += 1
            default: break
            }
        }
        if counts.comma >= max(counts.semicolon, counts.tab) { return UInt8(ascii: ",") }
        return counts.semicolon >= counts.tab ? UInt8(ascii: ";") : UInt8(ascii: "\t")
    }

    mutating func scan() throws {
        while offset < bytes.count {
            if isAtLineEnd {
                skipLineEnd()
            } else {
                try scanRow()
            }
        }
        guard !lines.isEmpty else { throw FileFormatError(file: name, problem: "the file has no rows") }
    }

    private mutating func scanRow() throws {
        let firstField = starts.count
        let rowLine = line
        while true {
            try scanField(number: starts.count - firstField + 1)
            guard offset < bytes.count, bytes[offset] == delimiter else { break }
            offset += 1
        }
        let count = starts.count - firstField
        if lines.isEmpty { columnCount = count }
        guard count == columnCount else {
            throw FileFormatError(
                file: name, place: .line(rowLine, field: min(count, columnCount) + (count > columnCount ? 1 : 0)),
                problem: "the line has \(count) fields, but the first one has \(columnCount)",
                advice: "quote fields that contain the delimiter")
        }
        lines.append(UInt32(rowLine))
        if offset < bytes.count { skipLineEnd() }
    }

    private mutating func scanField(number: Int) throws {
        let start = offset
        if offset < bytes.count, bytes[offset] == Self.quote {
            try scanQuotedField(number: number)
        } else {
            while offset < bytes.count, bytes[offset] != delimiter, !isAtLineEnd { offset += 1 }
        }
        starts.append(UInt32(start))
        lengths.append(UInt32(offset - start))
    }

    private mutating func scanQuotedField(number: Int) throws {
        let startLine = line
        offset += 1
        while true {
            guard offset < bytes.count else {
                throw FileFormatError(
                    file: name, place: .line(startLine, field: number), problem: "the quoted field does not end")
            }
            if bytes[offset] == Self.quote {
                offset += 1
                guard offset < bytes.count, bytes[offset] == Self.quote else { break }
                offset += 1
            } else if isAtLineEnd {
                skipLineEnd()
            } else {
                offset += 1
            }
        }
        guard offset == bytes.count || bytes[offset] == delimiter || isAtLineEnd else {
            throw FileFormatError(
                file: name, place: .line(line, field: number), problem: "the field goes on behind its closing quote",
                advice: "double the quotes within a quoted field")
        }
    }

    private var isAtLineEnd: Bool { bytes[offset] == Self.lineFeed || bytes[offset] == Self.carriageReturn }

    private mutating func skipLineEnd() {
        let isReturn = bytes[offset] == Self.carriageReturn
        offset += 1
        if isReturn, offset < bytes.count, bytes[offset] == Self.lineFeed { offset += 1 }
        line += 1
    }
}
