public import FileFormats

/// What a table's columns have to be called and to hold, so that a model fitted to one table can be used on another.
public struct TableSchema: Sendable, Codable, Equatable {
    public struct Column: Sendable, Codable, Equatable {
        public let name: String
        public let type: ColumnType
        /// The names of the categories, where there are some.
        public let categories: [String]?
        /// Whether a text that is none of the categories is taken, as one category more, or refused.
        public var acceptsUnknownCategories: Bool

        public init(name: String, type: ColumnType, categories: [String]? = nil, acceptsUnknownCategories: Bool = false)
        {
            self.name = name
            self.type = type
            self.categories = categories
            self.acceptsUnknownCategories = acceptsUnknownCategories
        }
    }

    public var columns: [Column]

    public init(columns: [Column]) { self.columns = columns }

    /// The type of each column, by name: what reading a table with other columns beside them needs to be told.
    public var types: [String: ColumnType] {
        Dictionary(columns.map { ($0.name, $0.type) }) { first, _ in first }
    }
}

extension Table {
    /// The columns' names, types and categories.
    public var schema: TableSchema {
        TableSchema(
            columns: columns.map { column in
                if case .categories(_, let names) = column.values {
                    return TableSchema.Column(name: column.name, type: column.type, categories: names)
                }
                return TableSchema.Column(name: column.name, type: column.type)
            })
    }

    /// Reads the columns of `schema` from a table, in its order; what else the table holds is passed over.
    ///
    /// - Throws: `FileFormatError` if a column is missing, or, with line and field, if a value is not of its column's
    ///   type or is a category that the column did not have.
    public init(path: String, schema: TableSchema) throws {
        try self.init(reading: Self.csv(path: path), schema: schema)
    }

    /// The columns of `schema` from a table of text.
    public init(reading csv: CSVTable, schema: TableSchema) throws {
        let missing = schema.columns.map(\.name).filter { !csv.columnNames.contains($0) }
        if let first = missing.first {
            let advice =
                nearestName(to: first, among: csv.columnNames).map { "is the column \"\($0)\" meant? Then rename it" }
                ?? "the table needs the columns \(schema.columns.map(\.name).joined(separator: ", "))"
            throw FileFormatError(
                file: csv.file,
                problem: missing.count == 1
                    ? "the column \"\(first)\" is missing"
                    : "the columns \(missing.map { "\"\($0)\"" }.joined(separator: ", ")) are missing",
                advice: advice)
        }
        var fields: [Int] = []
        let columns = try schema.columns.map { wanted in
            let index = csv.columnNames.firstIndex(of: wanted.name) ?? 0
            fields.append(index + 1)
            let text = try ColumnText(csv, column: index)
            guard wanted.type == .category else { return try text.column(as: wanted.type) }
            return try text.column(of: wanted)
        }
        self.init(columns: columns, file: csv.file, lines: (0..<csv.rowCount).map(csv.line), fields: fields)
    }
}

extension ColumnText {
    /// The column with the categories of `wanted` and, where it takes unknown ones, those that came to them.
    fileprivate func column(of wanted: TableSchema.Column) throws -> Column {
        let names = wanted.categories ?? []
        let known = Set(names)
        let isBoolean = TypeInference.booleans.contains(names)
        let spelled = texts.map { text in
            isBoolean && text.map { !known.contains($0) } ?? false ? text?.lowercased() : text
        }
        let strangers = Set(spelled.compactMap(\.self)).subtracting(known)
        if !wanted.acceptsUnknownCategories, !strangers.isEmpty,
            let row = spelled.firstIndex(where: { $0.map(strangers.contains) ?? false }), let text = texts[row]
        {
            throw csv.error(
                row: row, column: index, "\"\(text)\" is no known category of the column \"\(name)\"",
                advice: nearestName(to: text, among: names).map { "is \"\($0)\" meant?" }
                    ?? "known are \(names.prefix(20).joined(separator: ", "))\(names.count > 20 ? ", …" : ""); leave the "
                    + "value empty if it is missing, or fit the model again with such rows")
        }
        let values = Column.Values.categories(spelled, names: names + Self.sorted(strangers))
        return Column(
            name: name, values: values, inference: ColumnInference(of: values, as: .category, detail: "as fitted to"))
    }
}
