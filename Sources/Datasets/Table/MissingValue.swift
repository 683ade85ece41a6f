/// The spellings of a missing value in tables.
enum MissingValue {
    /// In small letters; case does not count.
    private static let spellings: Set<String> = ["", "na", "n/a", "nan", "null", "?", "-"]

    /// Whether `text`, spaces around it aside, says that there is no value.
    static func isSpelled(by text: Substring) -> Bool {
        text.utf8.count <= 4 && spellings.contains(text.lowercased())
    }
}

extension String {
    /// The text without spaces and tabs around it.
    var trimmed: Substring {
        var text = self[...]
        while let first = text.first, first == " " || first == "\t" { text.removeFirst() }
        while let last = text.last, last == " " || last == "\t" { text.removeLast() }
        return text
    }
}
