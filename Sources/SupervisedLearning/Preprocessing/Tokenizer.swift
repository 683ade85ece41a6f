/// Cuts a text into words: runs of letters, digits and the marks on them, in small letters. An apostrophe within a word
/// belongs to it (`don't`); one around it does not.
public struct Tokenizer: Sendable, Codable, Equatable {
    /// Whether exclamation and question marks are words of their own; a run of one mark is one word.
    public var keepsMarks: Bool

    public init(keepsMarks: Bool = false) { self.keepsMarks = keepsMarks }

    public func callAsFunction(_ text: String) -> [String] {
        var words: [String] = []
        var word = String.UnicodeScalarView()
        // An apostrophe that belongs to the word if a letter follows.
        var hasApostrophe = false
        func isMark(_ scalar: Unicode.Scalar) -> Bool { scalar == "!" || scalar == "?" }
        func finishWord() {
            if !word.isEmpty { words.append(String(word)) }
            word.removeAll(keepingCapacity: true)
            hasApostrophe = false
        }
        var last: Unicode.Scalar?
        for scalar in text.lowercased().unicodeScalars {
            if Self.isPartOfWord(scalar) {
                if hasApostrophe { word.append("'") }
                hasApostrophe = false
                word.append(scalar)
            } else if scalar == "'" || scalar == "\u{2019}", !word.isEmpty, !hasApostrophe {
                hasApostrophe = true
            } else {
                finishWord()
                if keepsMarks, isMark(scalar), last != scalar { words.append(String(scalar)) }
            }
            last = scalar
        }
        finishWord()
        return words
    }

    private static func isPartOfWord(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII {
            return scalar >= "a" && scalar <= "z" || scalar >= "0" && scalar <= "9" || scalar >= "A" && scalar <= "Z"
        }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
            .letterNumber, .otherNumber, .nonspacingMark, .spacingMark:
            return true
        default: return false
        }
    }
}
