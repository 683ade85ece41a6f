internal import FileFormats

/// Which column of a table is to be learned; the others are features.
public enum TargetColumn: Sendable, Equatable {
    /// The column that `marked` finds; the last one if there is none. For fitting.
    case automatic
    /// A column called label, class, target or species, or a last column of text; none otherwise. For clustering,
    /// where labels serve comparison only and a number more is a feature more.
    case marked
    /// The column of this name.
    case named(String)
    /// No column.
    case absent

    /// Names that say what a column is for, the surest first.
    private static let telling = ["label", "class", "target", "species"]

    /// The index of the column; nil if there is none.
    ///
    /// - Throws: `FileFormatError` if the named column does not exist, or is the only one.
    func index(in table: CSVTable) throws -> Int? {
        let names = table.columnNames
        let index: Int?
        switch self {
        case .absent: index = nil
        case .named(let name):
            index = names.firstIndex(of: name)
            if index == nil {
                throw FileFormatError(
                    file: table.file, problem: "there is no column \"\(name)\"",
                    advice: nearestName(to: name, among: names).map { "is \"\($0)\" meant?" }
                        ?? "the columns are \(names.prefix(20).joined(separator: ", "))")
            }
        case .marked, .automatic:
            let marked = Self.telling.lazy.compactMap { word in names.firstIndex { $0.lowercased() == word } }.first
            let last = names.count - 1
            if let marked {
                index = marked
            } else if names.count > 1 && (self == .automatic || !table.isNumeric(column: last)) {
                index = last
            } else {
                index = nil
            }
        }
        guard index == nil || names.count > 1 else {
            throw FileFormatError(
                file: table.file, problem: "the table has one column, \"\(names[0])\", and nothing to learn it from")
        }
        return index
    }
}
