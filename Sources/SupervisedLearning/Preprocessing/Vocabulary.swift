/// The words of a learned embedding: a text becomes the places of its words in their order.
public struct Vocabulary: Sendable, Codable, Equatable {
    public struct Options: Sendable, Codable, Equatable {
        public var tokenizer = Tokenizer(keepsMarks: true)
        /// Words of fewer training texts are unknown.
        public var fewestTexts = 2
        /// Of more words, those of the most training texts are kept; nil keeps all.
        public var mostWords: Int? = 20_000
        /// Texts are cut behind so many words.
        public var longestText = 200

        public init() {}
    }

    /// The place of all words that are not in the vocabulary.
    public static let unknownIndex: Int32 = 0

    public let options: Options
    /// In rising order; the first is at the place 1.
    public let words: NameIndex
    /// The words of the longest training text, `longestText` at most.
    public let width: Int

    /// Learns the words of the texts at `rows`.
    ///
    /// - Throws: `InvalidSetting` for options out of range, `PreprocessingError` if no word is in enough texts.
    public init(fitting texts: [String], rows: some Collection<Int>, options: Options = Options()) throws {
        try InvalidSetting.check("fewestTexts", options.fewestTexts, "at least 1", options.fewestTexts >= 1)
        try InvalidSetting.check("mostWords", options.mostWords ?? 1, "at least 1", options.mostWords ?? 1 >= 1)
        try InvalidSetting.check(
            "longestText", options.longestText, "1…100,000", (1...100_000).contains(options.longestText))
        var textCounts: [String: Int] = [:]
        var longest = 1
        for row in rows {
            let words = options.tokenizer(texts[row])
            longest = max(longest, words.count)
            for word in Set(words) { textCounts[word, default: 0] += 1 }
        }
        var kept = textCounts.filter { $0.value >= options.fewestTexts }.keys.sorted()
        if let most = options.mostWords, kept.count > most {
            let ranked = kept.indices.sorted { (-(textCounts[kept[$0]] ?? 0), $0) < (-(textCounts[kept[$1]] ?? 0), $1) }
            kept = ranked.prefix(most).map { kept[$0] }.sorted()
        }
        guard !kept.isEmpty else {
            throw PreprocessingError(
                "no word is in \(options.fewestTexts) of the \(rows.count) texts for training",
                advice: "set fewestTexts lower, or give more texts")
        }
        self.options = options
        words = NameIndex(kept)
        width = min(longest, options.longestText)
    }

    /// The number of places, the one of unknown words included.
    public var tokenCount: Int { words.count + 1 }

    /// The places of each text's words, in their order: rows of `width`, the end filled with −1.
    public func callAsFunction(_ texts: [String]) -> TokenRows {
        var indices = [Int32](repeating: -1, count: texts.count * width)
        for (row, text) in texts.enumerated() {
            for (place, word) in options.tokenizer(text).prefix(width).enumerated() {
                indices[row * width + place] = words[word].map { $0 + 1 } ?? Self.unknownIndex
            }
        }
        return TokenRows(tokenCount: tokenCount, width: width, indices: indices)
    }
}
