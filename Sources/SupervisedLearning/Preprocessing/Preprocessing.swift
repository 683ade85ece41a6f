public import Datasets
internal import LinearAlgebra

/// Samples as a network takes them.
package enum EncodedFeatures: Sendable {
    /// Numbers, `[n, d]`.
    case dense(ScaledFeatures)
    /// Places in a table of embeddings, perhaps with weights, `[n, width]`.
    case tokens(TokenRows)

    package var rowCount: Int {
        switch self {
        case .dense(let features): features.rowCount
        case .tokens(let rows): rows.rowCount
        }
    }
}

/// What makes a network's input of samples: fitted to the training rows only, then applied to any rows, and saved with
/// the model.
public enum Preprocessing: Sendable, Equatable {
    case matrix(MatrixPreprocessing)
    case table(TablePreprocessing)
    /// Texts as bags of weighted terms.
    case terms(TextVectorizer)
    /// Texts as sequences of words.
    case words(Vocabulary)
    case identifiers(IdentifierIndex)

    public struct Options: Sendable, Codable, Equatable {
        public enum TextEncoding: String, Sendable, Codable, CaseIterable {
            case terms, words
        }

        public var table = TablePreprocessing.Options()
        public var texts = TextEncoding.terms
        public var terms = TextVectorizer.Options()
        public var words = Vocabulary.Options()
        /// The largest value that bytes among numbers can have.
        public var largestByte: Float = 255

        public init() {}
    }

    /// The preprocessing that fits the kind of samples, measured at the rows `rows`.
    ///
    /// - Throws: `InvalidSetting` for options out of range, `SamplesError` for numbers that are not finite,
    ///   `PreprocessingError` if nothing is left to learn from.
    public init(fitting features: RawFeatures, rows: [Int], options: Options = Options()) throws {
        guard !rows.isEmpty else {
            throw PreprocessingError("there are no rows to learn from", advice: "give some samples")
        }
        switch features {
        case .matrix(let matrix, let image):
            try Samples.check(matrix)
            self = .matrix(
                MatrixPreprocessing(
                    fitting: matrix, image: image, rows: rows.map(Int32.init), largestByte: options.largestByte))
        case .table(let table):
            self = .table(try TablePreprocessing(fitting: table, rows: rows, options: options.table))
        case .texts(let texts):
            switch options.texts {
            case .terms: self = .terms(try TextVectorizer(fitting: texts, rows: rows, options: options.terms))
            case .words: self = .words(try Vocabulary(fitting: texts, rows: rows, options: options.words))
            }
        case .ratings(let users, let items):
            self = .identifiers(IdentifierIndex(fittingUsers: users, items: items, rows: rows))
        }
    }

    /// The samples as a network takes them.
    ///
    /// - Throws: `PreprocessingError` if they are of another kind than those it was fitted to, `FileFormatError` with the
    ///   place of a table's value that does not fit, `SamplesError` for numbers that do not.
    package func callAsFunction(_ features: RawFeatures) throws -> EncodedFeatures {
        switch (self, features) {
        case (.matrix(let change), .matrix(let matrix, let image)): .dense(try change(matrix, image: image))
        case (.table(let change), .table(let table)): .dense(ScaledFeatures(features: .floats(try change(table))))
        case (.terms(let change), .texts(let texts)): .tokens(change(texts))
        case (.words(let change), .texts(let texts)): .tokens(change(texts))
        case (.identifiers(let change), .ratings(let users, let items)): .tokens(change(users: users, items: items))
        default:
            throw PreprocessingError(
                "the samples are \(features.kind), but the model was fitted to \(kind)",
                advice: "give samples of the same kind")
        }
    }

    /// What it takes, in a word.
    public var kind: String {
        switch self {
        case .matrix(let matrix): matrix.image == nil ? "numbers" : "images"
        case .table: "a table"
        case .terms, .words: "texts"
        case .identifiers: "ratings"
        }
    }

    /// A name for each feature or place in the table of embeddings: columns, terms, words, users and items.
    public var featureNames: [String] {
        switch self {
        case .matrix(let matrix): Dataset.columnNames(count: matrix.columnCount, imageShape: matrix.image)
        case .table(let table): table.featureNames
        case .terms(let vectorizer): vectorizer.terms.names
        case .words(let vocabulary): ["unknown"] + vocabulary.words.names
        case .identifiers(let index): index.users.names.map { "user " + $0 } + index.items.names.map { "item " + $0 }
        }
    }

    /// How wide the network's input is: features, or places in a row.
    public var width: Int {
        switch self {
        case .matrix(let matrix): matrix.columnCount
        case .table(let table): table.featureNames.count
        case .terms(let vectorizer): vectorizer.width
        case .words(let vocabulary): vocabulary.width
        case .identifiers: 2
        }
    }

    /// What was left out or changed, and why: a sentence each.
    public var notes: [String] {
        switch self {
        case .matrix: []
        case .table(let table): table.notes
        case .terms(let vectorizer): ["\(vectorizer.terms.count) terms, at most \(vectorizer.width) in a text"]
        case .words(let vocabulary): ["\(vocabulary.words.count) words, at most \(vocabulary.width) in a text"]
        case .identifiers(let index): ["\(index.users.count) users, \(index.items.count) items"]
        }
    }
}
