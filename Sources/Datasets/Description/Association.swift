/// How much one column tells about another, 0…1 (−1…1 between numbers), over the rows where both have a value: Pearson's
/// correlation of numbers, the correlation ratio of a category and a number (K. Pearson 1905), Cramér's V of two categories
/// (H. Cramér 1946).
public enum Association {
    /// Codes of categories with their number; dates count as numbers of days.
    private enum Series {
        case numbers([Double?])
        case codes([Int32?], count: Int)

        init?(_ column: Column) {
            switch column.values {
            case .numbers(let values): self = .numbers(values)
            case .categories(let codes, let names): self = .codes(codes, count: names.count)
            case .dates(let dates):
                self = .numbers(dates.map { $0.map { Double($0.dayNumber) + Double($0.second) / 86_400 } })
            case .texts: return nil
            }
        }
    }

    /// nil if one is a column of texts, or one is the same in all rows where both have a value.
    ///
    /// - Precondition: both have the same number of rows.
    public static func between(_ a: Column, _ b: Column) -> Double? {
        precondition(a.rowCount == b.rowCount, "columns of \(a.rowCount) and \(b.rowCount) rows")
        guard let first = Series(a), let second = Series(b) else { return nil }
        switch (first, second) {
        case (.numbers(let x), .numbers(let y)): return correlation(both(x, y))
        case (.codes(let codes, let count), .numbers(let y)), (.numbers(let y), .codes(let codes, let count)):
            return correlationRatio(both(codes, y), groupCount: count)
        case (.codes(let x, let rows), .codes(let y, let columns)):
            return cramersV(both(x, y), rows: rows, columns: columns)
        }
    }

    /// Of each column with each other; 1 of a column with itself.
    ///
    /// - Precondition: all have the same number of rows.
    static func matrix(_ columns: [Column]) -> [[Double?]] {
        // Numbers of which none is missing are standardized once, and not again for each pair.
        let complete = columns.map { column -> [Double]? in
            guard case .numbers(let numbers)? = Series(column) else { return nil }
            let present = numbers.compactMap(\.self)
            return present.count == numbers.count ? standardized(present) : nil
        }
        var values = [[Double?]](repeating: [Double?](repeating: nil, count: columns.count), count: columns.count)
        for row in columns.indices {
            values[row][row] = 1
            for column in columns.indices where column > row {
                if let x = complete[row], let y = complete[column] {
                    values[row][column] = product(x, y)
                } else {
                    values[row][column] = between(columns[row], columns[column])
                }
                values[column][row] = values[row][column]
            }
        }
        return values
    }

    private static func both<A, B>(_ a: [A?], _ b: [B?]) -> [(A, B)] {
        zip(a, b).compactMap { first, second in first.flatMap { first in second.map { (first, $0) } } }
    }

    private static func correlation(_ pairs: [(Double, Double)]) -> Double? {
        guard let x = standardized(pairs.map(\.0)), let y = standardized(pairs.map(\.1)) else { return nil }
        return product(x, y)
    }

    /// The correlation of standardized numbers.
    private static func product(_ x: [Double], _ y: [Double]) -> Double {
        max(-1, min(1, zip(x, y).reduce(0) { $0 + $1.0 * $1.1 }))
    }

    /// Differences from the mean, of length 1 together; nil if there are none.
    private static func standardized(_ values: [Double]) -> [Double]? {
        guard let first = values.first, values.contains(where: { $0 != first }) else { return nil }
        let mean = values.reduce(0, +) / Double(values.count)
        let largest = values.reduce(0) { max($0, abs($1 - mean)) }
        guard largest > 0 else { return nil }
        // In units of the largest, so that squares neither vanish nor overflow.
        let differences = values.map { ($0 - mean) / largest }
        let length = differences.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return differences.map { $0 / length }
    }

    /// The root of the share of the variance that lies between the groups.
    private static func correlationRatio(_ pairs: [(Int32, Double)], groupCount: Int) -> Double? {
        guard let values = standardized(pairs.map(\.1)) else { return nil }
        var sums = [Double](repeating: 0, count: groupCount)
        var counts = [Double](repeating: 0, count: groupCount)
        for (pair, value) in zip(pairs, values) {
            sums[Int(pair.0)] += value
            counts[Int(pair.0)] += 1
        }
        guard counts.count(where: { $0 > 0 }) > 1 else { return nil }
        // The mean of all is 0 and their squares sum to 1.
        let between = zip(sums, counts).reduce(0) { $1.1 > 0 ? $0 + $1.0 * $1.0 / $1.1 : $0 }
        return min(1, max(0, between)).squareRoot()
    }

    private struct Cell: Hashable {
        let x: Int32
        let y: Int32
    }

    private static func cramersV(_ pairs: [(Int32, Int32)], rows: Int, columns: Int) -> Double? {
        var counts: [Cell: Double] = [:]
        var rowCounts = [Double](repeating: 0, count: rows)
        var columnCounts = [Double](repeating: 0, count: columns)
        for (row, column) in pairs {
            counts[Cell(x: row, y: column), default: 0] += 1
            rowCounts[Int(row)] += 1
            columnCounts[Int(column)] += 1
        }
        let least = min(rowCounts.count { $0 > 0 }, columnCounts.count { $0 > 0 })
        guard least > 1 else { return nil }
        // χ²/n = Σ observed² / (row · column) − 1, in a fixed order so that the last digit is always the same.
        let cells = counts.sorted { ($0.key.x, $0.key.y) < ($1.key.x, $1.key.y) }
        let share = cells.reduce(0.0) {
            $0 + $1.value * $1.value / (rowCounts[Int($1.key.x)] * columnCounts[Int($1.key.y)])
        }
        return min(1, max(0, (share - 1) / Double(least - 1)).squareRoot())
    }
}
