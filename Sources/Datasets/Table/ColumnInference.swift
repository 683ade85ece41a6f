/// What the values of a column are.
public enum ColumnType: String, Sendable, Codable, CaseIterable {
    case number
    /// One of some texts.
    case category
    /// Free text.
    case text
    case date
    /// A name of the row: it says which sample this is and nothing about it, and is no feature.
    case identifier
}

/// Which type a column was given, and why.
public struct ColumnInference: Sendable, Equatable, Codable {
    public let type: ColumnType
    /// The type and what spoke for it: `category: 3 different texts`, `number: 2 of 150 missing`.
    public let reason: String
    public let missingCount: Int
    /// How many different values there are, missing ones aside.
    public let distinctCount: Int

    public init(type: ColumnType, reason: String, missingCount: Int, distinctCount: Int) {
        self.type = type
        self.reason = reason
        self.missingCount = missingCount
        self.distinctCount = distinctCount
    }

    /// Whether all values are the same, so that nothing can be learned from them; also if all are missing.
    public var isConstant: Bool { distinctCount == 0 || (distinctCount == 1 && missingCount == 0) }

    /// Whether the column is a feature unless somebody says otherwise: it is no identifier and not constant.
    public var isFeature: Bool { type != .identifier && !isConstant }

    /// The inference for values whose type is known.
    ///
    /// - Parameter detail: what speaks for the type; by default the number of different values.
    init(of values: Column.Values, as type: ColumnType? = nil, detail: String? = nil) {
        let (own, rows, present, distinct): (ColumnType, Int, Int, Int)
        switch values {
        case .numbers(let values):
            (own, rows, present, distinct) = (
                .number, values.count, Self.present(values), Set(values.compactMap(\.self)).count
            )
        case .categories(let codes, _):
            (own, rows, present, distinct) = (
                .category, codes.count, Self.present(codes), Set(codes.compactMap(\.self)).count
            )
        case .texts(let values):
            (own, rows, present, distinct) = (
                .text, values.count, Self.present(values), Set(values.compactMap(\.self)).count
            )
        case .dates(let values):
            (own, rows, present, distinct) = (
                .date, values.count, Self.present(values), Set(values.compactMap(\.self)).count
            )
        }
        self.type = type ?? own
        missingCount = rows - present
        distinctCount = distinct
        var parts = [detail ?? "\(distinct) different \(own == .number ? "numbers" : own == .date ? "dates" : "texts")"]
        if missingCount > 0 { parts.append("\(missingCount) of \(rows) missing") }
        if distinct == 0 {
            parts = ["no value at all; left out"]
        } else if distinct == 1, missingCount == 0 {
            parts = ["the same value everywhere; left out"]
        } else if type == .identifier {
            parts.append("left out")
        }
        reason = "\((type ?? own).rawValue): " + parts.joined(separator: ", ")
    }

    private static func present<Value>(_ values: [Value?]) -> Int { values.count { $0 != nil } }
}
