internal import FileFormats
internal import Foundation

/// How the features of samples are found in a file: what a model needs to know to predict from another one.
public enum RawSchema: Sendable, Codable, Equatable {
    /// Arrays, images or whatever else has numbers.
    case matrix
    case table(TableSchema)
    /// The column with the texts; nil where they are no table.
    case texts(column: String?)
    /// The columns with users and items.
    case ratings(user: String, item: String)

    /// The schema of samples; columns of ratings are called user and item.
    public init(of features: RawFeatures) {
        self =
            switch features {
            case .matrix: .matrix
            case .table(let table): .table(table.schema)
            case .texts: .texts(column: nil)
            case .ratings: .ratings(user: "user", item: "item")
            }
    }
}

extension RawFeatures {
    /// Reads features by a schema: of a table only the columns that are needed, whatever else it holds.
    ///
    /// - Parameter path: as `RawDataset.load` takes it; also a text file with a text on each line where texts are needed.
    /// - Throws: `FileFormatError` with the place for a missing column, or a value that does not fit; what
    ///   `RawDataset.load` throws.
    public init(
        path: String, schema: RawSchema, userFolder: String? = Dataset.userFolder
    ) throws {
        let isName = Dataset.sources(userFolder: userFolder).contains { $0.name == path }
        switch schema {
        case .table(let columns) where Dataset.tableName(path) != nil && !isName:
            self = .table(try Table(path: path, schema: columns))
        case .texts(let column?) where Dataset.tableName(path) != nil && !isName:
            self = .texts(try Self.texts(path, columns: [column], areNeeded: false)[0])
        case .texts where path.hasSuffix(".txt"):
            guard let text = String(validating: try readFile(path), as: UTF8.self) else {
                throw FileFormatError(
                    file: path, problem: "the text is not UTF-8",
                    advice: "convert the file, for example with iconv -f latin1 -t utf-8")
            }
            self = .texts(text.split { $0 == "\n" || $0 == "\r\n" }.map(String.init))
        case .ratings(let user, let item) where Dataset.tableName(path) != nil && !isName:
            let columns = try Self.texts(path, columns: [user, item], areNeeded: true)
            self = .ratings(users: columns[0], items: columns[1])
        case .matrix, .table, .texts, .ratings:
            var options = RawDataset.Options(target: .absent)
            if case .table(let columns) = schema { options.types = columns.types }
            if case .ratings = schema { options.layout = .ratings }
            if case .texts = schema { options.layout = .texts }
            self = try RawDataset.load(path, options: options, userFolder: userFolder).training.features
        }
    }

    /// Columns of a table as texts.
    ///
    /// - Parameter areNeeded: whether a missing value is an error and not an empty text.
    private static func texts(_ path: String, columns: [String], areNeeded: Bool) throws -> [[String]] {
        let schema = TableSchema(columns: columns.map { TableSchema.Column(name: $0, type: .text) })
        let table = try Table(path: path, schema: schema)
        return try table.columns.map { column in
            guard case .texts(let texts) = column.values else { preconditionFailure("a column of texts has none") }
            if areNeeded, let row = texts.firstIndex(of: nil) {
                throw table.error(
                    row: row, column: column.name, "the column \"\(column.name)\" has no value here",
                    advice: "fill in a value or leave the line out")
            }
            return texts.map { $0 ?? "" }
        }
    }
}
