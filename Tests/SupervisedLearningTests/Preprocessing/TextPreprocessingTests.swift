import Foundation
import SupervisedLearning
import Testing

struct TextPreprocessingTests {
    @Test(arguments: 0..<5)
    func `terms and weights are those of scikit-learn's TfidfVectorizer`(number: Int) throws {
        let values = try ScikitLearnValues.read()
        let golden = values.vectorizers[number]
        var options = TextVectorizer.Options()
        options.words = golden.words
        options.characters = golden.characters
        options.fewestTexts = golden.fewestTexts
        options.mostTerms = golden.mostTerms
        options.dampsCounts = golden.dampsCounts
        options.weighsByRarity = golden.weighsByRarity
        // The texts behind the corpus are not for fitting.
        let texts = values.corpus + values.test
        let vectorizer = try TextVectorizer(fitting: texts, rows: Array(values.corpus.indices), options: options)
        #expect(vectorizer.terms.names == golden.terms)
        let rows = vectorizer(texts)
        #expect(rows.rowCount == texts.count && rows.tokenCount == golden.terms.count)
        for (row, expected) in golden.matrix.enumerated() {
            var dense = [Float](repeating: 0, count: golden.terms.count)
            for place in row * rows.width..<(row + 1) * rows.width where rows.indices[place] >= 0 {
                dense[Int(rows.indices[place])] = rows.weights?[place] ?? 0
            }
            let error = zip(dense, expected).map { abs($0 - $1) }.max() ?? 0
            #expect(error < 1e-6, "text \(row): \(texts[row])")
        }
    }

    @Test func `a text of more terms than any in training keeps its heaviest`() throws {
        var options = TextVectorizer.Options()
        options.words = [1, 1]
        options.fewestTexts = 1
        let texts = ["a b", "a c", "a d", "a b c d d"]
        let vectorizer = try TextVectorizer(fitting: texts, rows: [0, 1, 2], options: options)
        #expect(vectorizer.width == 2)
        let long = vectorizer([texts[3]])
        // b and c weigh the same: the first stays, beside d, which is there twice.
        #expect(long.indices == [1, 3])
        #expect(vectorizer(["nothing"]).indices == [-1, -1] && vectorizer(["nothing"]).weights == [0, 0])
        #expect(vectorizer(texts).rows([1, 0]).indices == [0, 2, 0, 1])
    }

    @Test(arguments: [
        ("Don't stop, it's 'quoted' rock ’n’ roll!!", ["don't", "stop", "it's", "quoted", "rock", "n", "roll", "!"]),
        ("''Conan'' costs 5,000 — Ärger?!", ["conan", "costs", "5", "000", "ärger", "?", "!"]),
        ("l’été naïve co-op", ["l'été", "naïve", "co", "op"]), ("日本語 テスト", ["日本語", "テスト"]), ("", []), ("'''", []),
        ("dogs' 'tis", ["dogs", "tis"]),
    ])
    func `words are letters and digits, with the apostrophes within them`(text: String, words: [String]) {
        #expect(Tokenizer(keepsMarks: true)(text) == words)
        #expect(Tokenizer()(text) == words.filter { !["!", "?"].contains($0) })
    }

    @Test func `a vocabulary gives words their places, unknown ones 0, and fills up with -1`() throws {
        var options = Vocabulary.Options()
        options.fewestTexts = 1
        let texts = ["the film was good", "good!", "the end", "the other film"]
        let vocabulary = try Vocabulary(fitting: texts, rows: [0, 1, 2], options: options)
        #expect(vocabulary.words.names == ["!", "end", "film", "good", "the", "was"])
        #expect(vocabulary.tokenCount == 7 && vocabulary.width == 4)
        #expect(
            vocabulary(["The other film", "", "good film, good end, bad film"]).indices == [
                5, 0, 3, -1, -1, -1, -1, -1, 4, 3, 4, 2,
            ])
        options.mostWords = 2
        options.longestText = 2
        let small = try Vocabulary(fitting: texts, rows: [0, 1, 2], options: options)
        #expect(small.words.names == ["good", "the"] && small.width == 2)
    }

    @Test func `users and items share one table, and unknown ones have no place`() {
        let index = IdentifierIndex(
            fittingUsers: ["u2", "u1", "u2", "u3"], items: ["b", "a", "a", "z"], rows: [0, 1, 2])
        #expect(index.users.names == ["u1", "u2"] && index.items.names == ["a", "b"] && index.tokenCount == 4)
        let rows = index(users: ["u2", "u3", "u1"], items: ["a", "b", "z"])
        #expect(rows.indices == [1, 2, -1, 3, 0, -1] && rows.weights == nil)
        let unknown = index.unknownCount(users: ["u2", "u3", "u1"], items: ["a", "z", "z"])
        #expect(unknown.users == 1 && unknown.items == 2)
    }

    @Test func `texts that share no term, and options out of range, are refused`() {
        #expect(throws: PreprocessingError.self) { try TextVectorizer(fitting: ["a", "b"], rows: [0, 1]) }
        #expect(throws: PreprocessingError.self) { try Vocabulary(fitting: ["a", "b"], rows: [0, 1]) }
        var options = TextVectorizer.Options()
        options.words = [2, 1]
        #expect(throws: InvalidSetting("words", [2, 1], "must be two rising numbers from 0 to 20")) {
            try TextVectorizer(fitting: ["a"], rows: [0], options: options)
        }
    }
}
