public import FileFormats
internal import LinearAlgebra

/// Samples as typed columns, one row a sample.
public struct Table: Sendable {
    /// Where the table comes from, for errors.
    public let file: String
    public let columns: [Column]
    public let rowCount: Int
    /// The line of the file on which each row begins, from 1: `[n]`.
    private let lines: [Int]
    /// The place of each column in the file's lines, from 1.
    private let fields: [Int]

    /// - Parameters:
    ///   - lines: the line of each row, for errors; by default rows are counted from 1 and there is a line with names
    ///     above them.
    ///   - fields: the place of each column in the lines; by default in the order given.
    /// - Precondition: all columns have the same number of rows, and names of their own.
    public init(columns: [Column], file: String = "table", lines: [Int]? = nil, fields: [Int]? = nil) {
        let rows = columns.first?.rowCount ?? lines?.count ?? 0
        for column in columns {
            precondition(
                column.rowCount == rows, "\(column.rowCount) values of \"\(column.name)\" for \(rows) rows")
        }
        precondition(Set(columns.map(\.name)).count == columns.count, "two columns of a table have the same name")
        precondition(lines.map { $0.count == rows } ?? true, "\(lines?.count ?? 0) lines for \(rows) rows")
        precondition(fields.map { $0.count == columns.count } ?? true, "fields for \(fields?.count ?? 0) columns")
        self.file = file
        self.columns = columns
        self.lines = lines ?? (0..<rows).map { $0 + 2 }
        self.fields = fields ?? columns.indices.map { $0 + 1 }
        rowCount = rows
    }

    /// Numbers `[n, d]` without names of their own as columns.
    init(numbers features: Features) {
        let matrix = features.floats()
        let names = Dataset.columnNames(count: matrix.columnCount, imageShape: nil)
        self.init(
            columns: names.indices.map { column in
                Column(
                    name: names[column],
                    values: .numbers((0..<matrix.rowCount).map { Double(matrix[$0, column]) }))
            })
    }

    public var columnNames: [String] { columns.map(\.name) }

    /// The column of this name; nil if there is none.
    public func column(_ name: String) -> Column? { columns.first { $0.name == name } }

    /// The rows at `indices`, in that order.
    public func rows(_ indices: some Collection<Int>) -> Table {
        Table(
            columns: columns.map { $0.rows(indices) }, file: file, lines: indices.map { lines[$0] }, fields: fields)
    }

    /// The table without the column of this name.
    public func removing(_ name: String) -> Table { selecting { $0.name != name } }

    /// The table with another column in place of the one of this name.
    public func replacing(_ name: String, _ change: (Column) -> Column) -> Table {
        Table(
            columns: columns.map { $0.name == name ? change($0) : $0 }, file: file, lines: lines, fields: fields)
    }

    /// The columns that fulfil a condition.
    public func selecting(_ isChosen: (Column) -> Bool) -> Table {
        let chosen = columns.indices.filter { isChosen(columns[$0]) }
        return Table(
            columns: chosen.map { columns[$0] }, file: file, lines: lines, fields: chosen.map { fields[$0] })
    }

    /// An error at a value: it names file, line and field.
    public func error(row: Int, column name: String, _ problem: String, advice: String? = nil) -> FileFormatError {
        let field = columns.firstIndex { $0.name == name }.map { fields[$0] }
        return FileFormatError(file: file, place: .line(lines[row], field: field), problem: problem, advice: advice)
    }

    /// An error about a column as a whole.
    public func error(column name: String, _ problem: String, advice: String? = nil) -> FileFormatError {
        FileFormatError(file: file, place: .part(name), problem: problem, advice: advice)
    }

    /// The reasons for the columns' types, a line for each: `width: number: 2 of 150 missing`.
    public var inferenceReport: [String] { columns.map { "\($0.name): \($0.inference.reason)" } }
}
