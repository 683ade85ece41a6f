public import Datasets
public import LinearAlgebra

/// Makes numbers of a table's columns, as a network takes them: fitted to training rows, then applied to any rows, and
/// saved with the model.
///
/// Numbers are filled in and scaled; categories become features of 0 and 1, or are hashed where there are many; dates
/// become years, months, days, weekdays and hours; texts become hashed bags of words. Identifiers, and what is the same in
/// all training rows, are left out.
public struct TablePreprocessing: Sendable, Codable, Equatable {
    public struct Options: Sendable, Codable, Equatable {
        public var imputation = Imputation.median
        public var scale = ColumnScale.standardized
        /// Whether a further feature says that a value is missing, where some were missing in training.
        public var indicatesMissing = true
        /// Columns of more categories are hashed.
        public var mostCategories = 100
        /// Categories of fewer training rows share a feature, which unknown ones get too; 1 merges none, and unknown
        /// categories are refused.
        public var rareBelow = 1
        /// How many features a column of many categories becomes.
        public var hashedWidth = 64
        /// How many features a column of free text becomes; 0 leaves such columns out.
        public var textWidth = 256

        public init() {}
    }

    /// How one column is encoded.
    public struct ColumnEncoding: Sendable, Codable, Equatable {
        public enum Kind: Sendable, Codable, Equatable {
            case number(NumberEncoding)
            case category(CategoryEncoding)
            case hashedCategory(width: Int)
            case hashedWords(width: Int)
            case date(DateEncoding)
        }

        public let column: String
        public let kind: Kind
    }

    public let options: Options
    /// The columns that are features, in the order of the table.
    public let encodings: [ColumnEncoding]
    /// A name for each feature: `height`, `height missing`, `colour=red`, `born year`, `code #17`: `[d]`.
    public let featureNames: [String]
    /// What was left out or hashed, and why: a sentence each.
    public let notes: [String]

    /// Measures the rows `rows` of `table`. The names of categories are taken from all rows, so that a rare one that is in
    /// other rows only is no unknown one there.
    ///
    /// - Throws: `InvalidSetting` for options out of range, `FileFormatError` if no column is a feature.
    public init(fitting table: Table, rows: some Collection<Int>, options: Options = Options()) throws {
        precondition(!rows.isEmpty, "preprocessing fitted to no rows")
        try options.check()
        let training = table.rows(rows)
        var encodings: [ColumnEncoding] = []
        var notes: [String] = []
        for column in training.columns {
            guard column.inference.isFeature else {
                notes.append("\"\(column.name)\" is left out (\(column.inference.reason))")
                continue
            }
            guard let kind = Self.kind(of: column, options: options, notes: &notes) else { continue }
            let encoding = ColumnEncoding(column: column.name, kind: kind)
            if encoding.width == 0 {
                notes.append("\"\(column.name)\" is left out: it is the same in all rows for training")
            } else {
                encodings.append(encoding)
            }
        }
        guard !encodings.isEmpty else {
            throw PreprocessingError(
                "no column of \(table.file) is a feature: " + notes.joined(separator: ", "),
                advice: "say that an identifier is a category or a number if something can be learned from it")
        }
        self.options = options
        self.encodings = encodings
        self.notes = notes
        featureNames = encodings.flatMap(\.featureNames)
    }

    private static func kind(of column: Column, options: Options, notes: inout [String]) -> ColumnEncoding.Kind? {
        switch column.values {
        case .numbers(let values):
            return .number(
                NumberEncoding(
                    fitting: values, imputation: options.imputation, scale: options.scale,
                    indicatesMissing: options.indicatesMissing))
        case .categories(_, let names) where names.count > options.mostCategories:
            notes.append(
                "\"\(column.name)\" has \(names.count) categories, hashed into \(options.hashedWidth) features")
            return .hashedCategory(width: options.hashedWidth)
        case .categories(let codes, let names):
            return .category(
                CategoryEncoding(
                    fitting: codes, names: names, rareBelow: options.rareBelow,
                    indicatesMissing: options.indicatesMissing))
        case .texts where options.textWidth == 0:
            notes.append("\"\(column.name)\" is left out: it holds texts")
            return nil
        case .texts:
            notes.append("the words of \"\(column.name)\" are hashed into \(options.textWidth) features")
            return .hashedWords(width: options.textWidth)
        case .dates(let dates):
            return .date(
                DateEncoding(fitting: dates, scale: options.scale, indicatesMissing: options.indicatesMissing))
        }
    }

    /// What a table must hold to be encoded: for reading one to predict from.
    public var schema: TableSchema {
        TableSchema(
            columns: encodings.map { encoding in
                switch encoding.kind {
                case .number: .init(name: encoding.column, type: .number)
                case .category(let category):
                    .init(
                        name: encoding.column, type: .category, categories: category.known,
                        acceptsUnknownCategories: category.hasOther)
                case .hashedCategory:
                    .init(name: encoding.column, type: .category, categories: [], acceptsUnknownCategories: true)
                case .hashedWords: .init(name: encoding.column, type: .text)
                case .date: .init(name: encoding.column, type: .date)
                }
            })
    }

    /// The features of all rows of `table`: `[n, d]`.
    ///
    /// - Throws: `FileFormatError` if a column is missing or of another type, or, with its line and field, for a category
    ///   that the table of the training rows did not have.
    public func callAsFunction(_ table: Table) throws -> Matrix<Float> {
        let width = featureNames.count
        var features = Matrix<Float>(rows: table.rowCount, columns: width, repeating: 0)
        let columns = try encodings.map { try $0.values(in: table) }
        features.withMutableSpan { features in
            var start = 0
            for (encoding, column) in zip(encodings, columns) {
                encoding.encode(column, into: &features, from: start, stride: width)
                start += encoding.width
            }
        }
        return features
    }
}

extension TablePreprocessing.Options {
    /// - Throws: `InvalidSetting` for a value out of range.
    func check() throws {
        try InvalidSetting.check("rareBelow", rareBelow, "at least 1", rareBelow >= 1)
        try InvalidSetting.check("mostCategories", mostCategories, "at least 2", mostCategories >= 2)
        try InvalidSetting.check("hashedWidth", hashedWidth, "1…65,536", (1...65_536).contains(hashedWidth))
        try InvalidSetting.check("textWidth", textWidth, "0…65,536", (0...65_536).contains(textWidth))
        if case .constant(let constant) = imputation {
            try InvalidSetting.check(
                "imputation", constant, "a finite number within ±1e100", abs(constant) <= 1e100)
        }
    }
}
