internal import Foundation

/// Bags of n-grams with term frequencies times inverse document frequencies (K. Sparck Jones 1972; G. Salton and
/// C. Buckley 1988): a text becomes the terms that it holds, each with a weight, of length 1 together.
///
/// The weight of a term is its count in the text, or 1 + ln(count), times ln((1 + n) / (1 + m)) + 1, where m of the n
/// training texts hold it (the smoothed form of scikit-learn's `TfidfVectorizer`). Terms that no training text held are
/// passed over.
public struct TextVectorizer: Sendable, Codable, Equatable {
    public struct Options: Sendable, Codable, Equatable {
        /// The shortest and the longest run of words that is a term.
        public var words = [1, 2]
        /// The shortest and the longest run of characters within a word, spaces around it included, that is a term; nil
        /// for none.
        public var characters: [Int]?
        public var tokenizer = Tokenizer()
        /// Terms of fewer training texts are left out.
        public var fewestTexts = 2
        /// Of more terms, those that occur most often are kept; nil keeps all.
        public var mostTerms: Int?
        /// Whether a count c counts as 1 + ln c.
        public var dampsCounts = true
        /// Whether terms of many texts weigh less.
        public var weighsByRarity = true

        public init() {}
    }

    public let options: Options
    /// In rising order; runs of characters have a `~` in front.
    public let terms: NameIndex
    /// What a term's count is multiplied by: `[terms]`.
    public let rarities: [Float]
    /// The most terms that a training text has.
    public let width: Int

    /// Learns the terms of the texts at `rows`.
    ///
    /// - Throws: `InvalidSetting` for options out of range, `PreprocessingError` if no term is in enough texts.
    public init(fitting texts: [String], rows: some Collection<Int>, options: Options = Options()) throws {
        try options.check()
        // Terms are numbered as they come; what is counted is kept by number.
        var numbers: [String: Int] = [:]
        var (textCounts, counts): ([Int], [Int]) = ([], [])
        let termsOfTexts = rows.map { row in
            let found = Self.terms(of: texts[row], options).map { term in
                if let number = numbers[term] { return number }
                numbers[term] = counts.count
                textCounts.append(0)
                counts.append(0)
                return counts.count - 1
            }
            for number in found { counts[number] += 1 }
            let distinct = Set(found)
            for number in distinct { textCounts[number] += 1 }
            return distinct
        }
        var kept = numbers.filter { textCounts[$0.value] >= options.fewestTexts }.sorted { $0.key < $1.key }
        if let most = options.mostTerms, kept.count > most {
            let ranked = kept.sorted { (-counts[$0.value], $0.key) < (-counts[$1.value], $1.key) }
            kept = ranked.prefix(most).sorted { $0.key < $1.key }
        }
        guard !kept.isEmpty else {
            throw PreprocessingError(
                "no term is in \(options.fewestTexts) of the \(rows.count) texts for training",
                advice: "set fewestTexts lower, or give more texts")
        }
        self.options = options
        terms = NameIndex(kept.map(\.key))
        rarities = kept.map { term in
            guard options.weighsByRarity else { return 1 }
            return Float(log(Double(1 + rows.count) / Double(1 + textCounts[term.value])) + 1)
        }
        var isKept = [Bool](repeating: false, count: counts.count)
        for term in kept { isKept[term.value] = true }
        width = termsOfTexts.reduce(1) { widest, terms in max(widest, terms.count { isKept[$0] }) }
    }

    /// The terms of each text with their weights: rows of `width` at most. Of a text with more terms than any in training
    /// those of the largest weights stay.
    public func callAsFunction(_ texts: [String]) -> TokenRows {
        var indices = [Int32](repeating: -1, count: texts.count * width)
        var weights = [Float](repeating: 0, count: texts.count * width)
        for (row, text) in texts.enumerated() {
            var entries = entries(of: text)
            if entries.count > width {
                entries.sort { ($1.weight, $0.index) < ($0.weight, $1.index) }
                entries = entries.prefix(width).sorted { $0.index < $1.index }
            }
            for (place, entry) in entries.enumerated() {
                indices[row * width + place] = entry.index
                weights[row * width + place] = entry.weight
            }
        }
        return TokenRows(tokenCount: terms.count, width: width, indices: indices, weights: weights)
    }

    /// The known terms of a text in rising order, with weights of length 1.
    func entries(of text: String) -> [(index: Int32, weight: Float)] {
        let known = Self.terms(of: text, options).compactMap { terms[$0] }.sorted()
        var entries: [(index: Int32, weight: Float)] = []
        for index in known {
            if entries.last?.index == index {
                entries[entries.count - 1].weight += 1
            } else {
                entries.append((index, 1))
            }
        }
        var squares: Double = 0
        for place in entries.indices {
            let count = Double(entries[place].weight)
            let weight = (options.dampsCounts ? 1 + log(count) : count) * Double(rarities[Int(entries[place].index)])
            entries[place].weight = Float(weight)
            squares += weight * weight
        }
        let length = Float(squares.squareRoot())
        for place in entries.indices { entries[place].weight /= length }
        return entries
    }

    /// Runs of words, then runs of characters, as often as they occur.
    private static func terms(of text: String, _ options: Options) -> [String] {
        let words = options.tokenizer(text)
        var terms: [String] = []
        for length in options.words[0]...options.words[1] where length > 0 && length <= words.count {
            for start in 0...words.count - length {
                terms.append(length == 1 ? words[start] : words[start..<start + length].joined(separator: " "))
            }
        }
        guard let characters = options.characters else { return terms }
        for word in words {
            let padded = Array(" \(word) ".unicodeScalars)
            for length in characters[0]...characters[1] {
                for start in 0...max(0, padded.count - length) {
                    let run = padded[start..<min(padded.count, start + length)]
                    terms.append("~" + String(String.UnicodeScalarView(run)))
                }
                // A short word is one run, whatever longer ones are asked for.
                if length >= padded.count { break }
            }
        }
        return terms
    }
}

extension TextVectorizer.Options {
    /// - Throws: `InvalidSetting` for a value out of range.
    func check() throws {
        func isRange(_ lengths: [Int], from least: Int) -> Bool {
            lengths.count == 2 && lengths[0] >= least && lengths[1] >= lengths[0] && lengths[1] <= 20
        }
        try InvalidSetting.check("words", words, "two rising numbers from 0 to 20", isRange(words, from: 0))
        if let characters {
            try InvalidSetting.check(
                "characters", characters, "two rising numbers from 1 to 20", isRange(characters, from: 1))
        }
        try InvalidSetting.check("fewestTexts", fewestTexts, "at least 1", fewestTexts >= 1)
        try InvalidSetting.check("mostTerms", mostTerms ?? 1, "at least 1", mostTerms ?? 1 >= 1)
    }
}
