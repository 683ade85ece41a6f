/// Finds the type of a column from its texts.
///
/// In this order: dates if all values are; numbers if all are; an error if nearly all are numbers, for the rest are
/// slips then; two words such as yes and no are categories; many texts of several words are free text; texts that are
/// all different are identifiers; other texts are categories. Numbers are identifiers if they are all different, whole,
/// and the column is called id or the like.
struct TypeInference {
    /// A column with this share of numbers among its values is meant to be one of numbers.
    private static let nearlyAll = 0.9
    /// So many values have to be there before all of them being different, or nearly all of them being numbers, means
    /// something.
    private static let fewestRows = 10
    /// Texts of this many words on average are free text, unless they repeat.
    private static let wordsOfFreeText = 3.0
    /// A column of at most this many different texts is a choice among them, however long they are.
    private static let mostChoices = 20
    /// Pairs of words that say yes and no, small letters and large ones alike.
    static let booleans: [[String]] = [["false", "true"], ["no", "yes"], ["f", "t"], ["n", "y"]]

    let texts: [String?]
    /// The numbers that the texts spell; nil where one spells none.
    let numbers: [Double?]
    let name: String

    enum Outcome: Equatable {
        case type(ColumnType, detail: String?)
        /// The column is one of numbers but for the value in this row.
        case slip(row: Int, numberCount: Int, valueCount: Int)
    }

    func callAsFunction() -> Outcome {
        let present = texts.indices.filter { texts[$0] != nil }
        guard !present.isEmpty else { return .type(.text, detail: nil) }
        let values = present.compactMap { texts[$0] }
        if values.allSatisfy({ CalendarTime($0) != nil }) { return .type(.date, detail: nil) }

        let numberCount = present.count { numbers[$0] != nil }
        if numberCount == present.count {
            return isNumberedRow(present, distinctCount: Set(present.compactMap { numbers[$0] }).count)
                ? .type(.identifier, detail: "all \(present.count) whole numbers differ") : .type(.number, detail: nil)
        }
        if present.count >= Self.fewestRows, Double(numberCount) >= Self.nearlyAll * Double(present.count),
            let row = present.first(where: { numbers[$0] == nil })
        {
            return .slip(row: row, numberCount: numberCount, valueCount: present.count)
        }
        let distinct = Set(values)
        if let pair = Self.booleanPair(distinct) {
            return .type(.category, detail: pair.joined(separator: " or "))
        }
        let words = values.reduce(0) { $0 + $1.split(separator: " ").count }
        let wordMean = Double(words) / Double(values.count)
        if wordMean >= Self.wordsOfFreeText, distinct.count > min(Self.mostChoices, values.count / 2) {
            let rounded = (wordMean * 10).rounded() / 10
            return .type(.text, detail: "\(distinct.count) different texts of \(rounded) words on average")
        }
        if distinct.count == values.count, values.count >= Self.fewestRows {
            return .type(.identifier, detail: "all \(values.count) texts differ")
        }
        return .type(.category, detail: nil)
    }

    /// The words of the pair if all values are spellings of one.
    static func booleanPair(_ values: Set<String>) -> [String]? {
        guard values.count >= 2, values.count <= 6 else { return nil }
        let folded = Set(values.map { $0.lowercased() })
        return booleans.first { Set($0) == folded }
    }

    private func isNumberedRow(_ present: [Int], distinctCount: Int) -> Bool {
        let called = name.lowercased()
        let saysSo =
            ["id", "index", "row", "key", "uuid", "nr", "no"].contains(called) || called.hasSuffix("_id")
            || called.hasSuffix(" id") || name.hasSuffix("Id") || name.hasSuffix("ID")
        guard saysSo, present.count >= Self.fewestRows, distinctCount == present.count else { return false }
        return present.allSatisfy { row in numbers[row].map { $0 == $0.rounded() } ?? false }
    }
}
