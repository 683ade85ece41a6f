/// A column that seems to know the target already, so that a model would look better than it is.
public struct Leak: Sendable, Codable, Equatable {
    /// From this association on a column is suspected.
    static let suspicious = 0.99
    /// A column of so many categories that each has fewer rows than this fits any target.
    private static let fewestRowsPerCategory = 5
    /// So many rows have to be there for a perfect separation to mean something.
    private static let fewestRows = 30

    public let column: String
    /// What was seen, as a sentence that says what to do.
    public let sentence: String

    /// The leaks of a table's columns about `target`.
    static func find(in table: Table, target: Column) -> [Leak] {
        table.columns.flatMap { column -> [Leak] in
            if column.type == .identifier {
                return [
                    Leak(column: column.name, sentence: "\"\(column.name)\" names the rows and is left out.")
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
            column: column.name,
            sentence:
                "\"\(column.name)\" all but tells \"\(target.name)\" (association \(rounded)): leave it out unless it "
                + "is known before the target is.")
    }

    /// Whether the classes lie in separate ranges of a number: one threshold for each border tells them apart.
    private static func separation(_ column: Column, _ target: Column) -> Leak? {
        guard case .numbers(let values) = column.values, case .categories(let codes, _) = target.values else {
            return nil
        }
        let pairs = zip(values, codes).compactMap { value, code in value.flatMap { value in code.map { (value, $0) } } }
            .sorted { $0 < $1 }
        guard pairs.count >= fewestRows, pairs.count == values.count else { return nil }
        let classCount = Set(pairs.map(\.1)).count
        let runs = zip(pairs, pairs.dropFirst()).count { $0.1 != $1.1 } + 1
        // Equal numbers of different classes are no separation.
        let hasTies = zip(pairs, pairs.dropFirst()).contains { $0.0 == $1.0 && $0.1 != $1.1 }
        guard classCount > 1, runs == classCount, !hasTies else { return nil }
        return Leak(
            column: column.name,
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
            column: column.name,
            sentence:
                "whether \"\(column.name)\" is missing all but tells \"\(target.name)\": leave it out unless that is "
                + "known before the target is.")
    }
}
