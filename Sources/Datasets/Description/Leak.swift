/// A column that seems to know the target already, so that a model would look better than it is.
public struct Leak: Sendable, Codable, Equatable {
    /// From this association on a column is suspected.
    static let suspicious = 0.99
    /// A column of so many categories that each has fewer rows than this fits any target.
    private static let fewestRowsPerCategory = 5
    /// So many rows have to be there for a perfect separation to mean something.
    private static let fewestRows = 30

    /// What makes a column suspicious.
    public enum Kind: String, Sendable, Codable {
        /// It names the rows; it is left out anyhow.
        case identifier
        /// It is all but the same as the target.
        case association
        /// Its ranges are the classes.
        case separation
        /// Whether it is there tells the target.
        case missingness
    }

    public let column: String
    public let kind: Kind
    /// What was seen, as a sentence that says what to do.
    public let sentence: String

    /// The leaks of a table's columns about `target`.
    static func find(in table: Table, target: Column) -> [Leak] {
        table.columns.flatMap { column -> [Leak] in
            if column.type == .identifier {
                return [
                    Leak(
                        column: column.name, kind: .identifier,
                        sentence: "\"\(column.name)\" names the rows and is left out.")
                ]
            }
            let found =
                association(column, target) ?? separation(column, target) ?? missingness(column, target)
            return found.map { [$0] } ?? []
        }
    }

    private static func association(_ column: Column, _ target: Column) -> Leak? {
        for side in [column, target] {
            if case .categories(_, let names) = side.values, names.count * fewestRowsPerCategory > column.rowCount {
                return nil
            }
        }
        guard let value = Association.between(column, target), abs(value) >= suspicious else { return nil }
        let rounded = (abs(value) * 1000).rounded() / 1000
        return Leak(
            column: column.name, kind: .association,
            sentence:
                "\"\(column.name)\" all but tells \"\(target.name)\" (association \(rounded)): leave it out unless it "
                + "is known before the target is.")
    }

    /// Whether the classes lie in separate ranges of a number: one threshold for each border tells them apart.
    private static func separation(_ column: Column, _ target: Column) -> Leak? {
        guard case .numbers(let values) = column.values, case .categories(let codes, let names) = target.values else {
            return nil
        }
        guard values.count >= fewestRows else { return nil }
        var ranges = [(low: Double, high: Double)](repeating: (.infinity, -.infinity), count: names.count)
        for (value, code) in zip(values, codes) {
            guard let value, let code else { return nil }
            let range = ranges[Int(code)]
            ranges[Int(code)] = (min(range.low, value), max(range.high, value))
        }
        let rising = ranges.filter { $0.low <= $0.high }.sorted { $0.low < $1.low }
        // Classes that share a number are not separate.
        guard rising.count > 1, zip(rising, rising.dropFirst()).allSatisfy({ $0.high < $1.low }) else { return nil }
        return Leak(
            column: column.name, kind: .separation,
            sentence:
                "\"\(column.name)\" alone tells the classes of \"\(target.name)\" apart without an error: leave it "
                + "out unless it is known before the target is.")
    }

    private static func missingness(_ column: Column, _ target: Column) -> Leak? {
        let missing = column.missing
        guard missing.contains(true), missing.contains(false), missing.count >= fewestRows else { return nil }
        let indicator = Column(
            name: column.name, values: .categories(codes: missing.map { $0 ? 1 : 0 }, names: ["present", "missing"]))
        guard let value = Association.between(indicator, target), value >= suspicious else { return nil }
        return Leak(
            column: column.name, kind: .missingness,
            sentence:
                "whether \"\(column.name)\" is missing all but tells \"\(target.name)\": leave it out unless that is "
                + "known before the target is.")
    }
}
