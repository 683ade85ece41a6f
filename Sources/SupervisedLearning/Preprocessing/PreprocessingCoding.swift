extension Preprocessing: Codable {
    private enum CodingKeys: String, CodingKey {
        case kind, matrix, table, terms, words, identifiers
    }

    /// - Throws: `DecodingError` too if numbers do not fit each other, as in a file that was changed by hand.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        let kind = try values.decode(String.self, forKey: .kind)
        var isConsistent = true
        switch CodingKeys(rawValue: kind) {
        case .matrix?:
            let matrix = try values.decode(MatrixPreprocessing.self, forKey: .matrix)
            isConsistent = matrix.isConsistent
            self = .matrix(matrix)
        case .table?:
            let table = try values.decode(TablePreprocessing.self, forKey: .table)
            isConsistent = table.isConsistent
            self = .table(table)
        case .terms?:
            let vectorizer = try values.decode(TextVectorizer.self, forKey: .terms)
            isConsistent = vectorizer.isConsistent
            self = .terms(vectorizer)
        case .words?:
            let vocabulary = try values.decode(Vocabulary.self, forKey: .words)
            isConsistent = (1...100_000).contains(vocabulary.width)
            self = .words(vocabulary)
        case .identifiers?: self = .identifiers(try values.decode(IdentifierIndex.self, forKey: .identifiers))
        default:
            throw DecodingError.dataCorruptedError(
                forKey: .kind, in: values, debugDescription: "there is no preprocessing \"\(kind)\"")
        }
        guard isConsistent else {
            throw DecodingError.dataCorruptedError(
                forKey: .kind, in: values, debugDescription: "the numbers of the preprocessing \"\(kind)\" do not fit")
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        func encode(_ key: CodingKeys, _ value: some Encodable) throws {
            try values.encode(key.rawValue, forKey: .kind)
            try values.encode(value, forKey: key)
        }
        switch self {
        case .matrix(let matrix): try encode(.matrix, matrix)
        case .table(let table): try encode(.table, table)
        case .terms(let vectorizer): try encode(.terms, vectorizer)
        case .words(let vocabulary): try encode(.words, vocabulary)
        case .identifiers(let index): try encode(.identifiers, index)
        }
    }
}

extension TablePreprocessing {
    /// Whether the encodings are as wide as there are names of features.
    fileprivate var isConsistent: Bool {
        encodings.allSatisfy { encoding in
            switch encoding.kind {
            case .hashedCategory(let width), .hashedWords(let width): (1...65_536).contains(width)
            case .category(let category): !category.isBinary || category.encoded.count == 2
            case .number(let number): number.isConsistent
            case .date(let date): date.isConsistent
            }
        } && encodings.flatMap(\.featureNames) == featureNames && !featureNames.isEmpty
            && Set(encodings.map(\.column)).count == encodings.count
    }
}

extension TextVectorizer {
    fileprivate var isConsistent: Bool {
        rarities.count == terms.count && (1...max(1, terms.count)).contains(width) && (try? options.check()) != nil
    }
}
