internal import Datasets

/// A column of dates made ready for a network: year, month, day, weekday and hour as numbers, as far as they differ.
public struct DateEncoding: Sendable, Codable, Equatable {
    private static let parts = ["year", "month", "day", "weekday", "hour"]

    /// One for each of year, month, day, weekday and hour; only the first tells what is missing.
    public let numbers: [NumberEncoding]

    init(fitting dates: [CalendarTime?], scale: ColumnScale, indicatesMissing: Bool) {
        numbers = Self.parts.indices.map { part in
            NumberEncoding(
                fitting: dates.map { $0.map { Self.values($0)[part] } }, imputation: .median, scale: scale,
                indicatesMissing: indicatesMissing && part == 0)
        }
    }

    /// In the order of `parts`.
    private static func values(_ date: CalendarTime) -> [Double] {
        [Double(date.year), Double(date.month), Double(date.day), Double(date.weekday), date.hour]
    }

    var isConsistent: Bool { numbers.count == Self.parts.count && numbers.allSatisfy(\.isConsistent) }

    var width: Int { numbers.reduce(0) { $0 + $1.width } }

    func names(_ name: String) -> [String] {
        zip(numbers, Self.parts).flatMap { number, part in
            (number.hasValues ? ["\(name) \(part)"] : []) + (number.hasIndicator ? [name + " missing"] : [])
        }
    }

    func encode(_ date: CalendarTime?, into row: inout MutableSpan<Float>, at start: Int) {
        let values = date.map(Self.values)
        var place = start
        for (part, number) in numbers.enumerated() {
            number.encode(values?[part], into: &row, at: place)
            place += number.width
        }
    }
}
