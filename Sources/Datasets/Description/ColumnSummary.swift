/// What the numbers of a column are like.
public struct NumberSummary: Sendable, Codable, Equatable {
    public let minimum: Double
    /// A quarter of the numbers lies below, between neighbours linearly interpolated, as are the next two.
    public let lowerQuartile: Double
    public let median: Double
    public let upperQuartile: Double
    public let maximum: Double
    public let mean: Double
    /// With the divisor n − 1; 0 for one number.
    public let standardDeviation: Double

    /// nil for no numbers.
    public init?(_ numbers: [Double]) {
        guard !numbers.isEmpty else { return nil }
        let sorted = numbers.sorted()
        func quantile(_ share: Double) -> Double {
            let place = share * Double(sorted.count - 1)
            let below = Int(place)
            let above = min(below + 1, sorted.count - 1)
            return sorted[below] + (place - Double(below)) * (sorted[above] - sorted[below])
        }
        let mean = sorted.reduce(0, +) / Double(sorted.count)
        let squares = sorted.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        minimum = sorted[0]
        lowerQuartile = quantile(0.25)
        median = quantile(0.5)
        upperQuartile = quantile(0.75)
        maximum = sorted[sorted.count - 1]
        self.mean = mean
        standardDeviation = sorted.count > 1 ? (squares / Double(sorted.count - 1)).squareRoot() : 0
    }
}

/// A value and how often it occurs.
public struct ValueCount: Sendable, Codable, Equatable {
    public let value: String
    public let count: Int

    public init(value: String, count: Int) {
        self.value = value
        self.count = count
    }

    /// The `most` most frequent values; equally frequent ones in rising order.
    static func mostFrequent(_ values: some Sequence<String>, most: Int) -> [ValueCount] {
        var counts: [String: Int] = [:]
        for value in values { counts[value, default: 0] += 1 }
        return counts.sorted { (-$0.value, $0.key) < (-$1.value, $1.key) }.prefix(most)
            .map { ValueCount(value: $0.key, count: $0.value) }
    }
}

/// What a column of a table holds.
public struct ColumnSummary: Sendable, Codable, Equatable {
    /// How many of the most frequent categories are told.
    static let mostValues = 10

    public let name: String
    public let type: ColumnType
    /// The type and why it is that.
    public let reason: String
    /// The number of values that are there.
    public let count: Int
    public let missingCount: Int
    public let distinctCount: Int
    /// For numbers.
    public let numbers: NumberSummary?
    /// For categories, the most frequent first; ten at most.
    public let frequent: [ValueCount]
    /// The first and the last date.
    public let dates: [String]

    public init(_ column: Column) {
        name = column.name
        type = column.type
        reason = column.inference.reason
        missingCount = column.inference.missingCount
        count = column.rowCount - missingCount
        distinctCount = column.inference.distinctCount
        var (numbers, frequent, dates): (NumberSummary?, [ValueCount], [String]) = (nil, [], [])
        switch column.values {
        case .numbers(let values): numbers = NumberSummary(values.compactMap(\.self))
        case .categories(let codes, let names):
            frequent = ValueCount.mostFrequent(
                codes.compactMap { $0.map { names[Int($0)] } }, most: Self.mostValues)
        case .texts: break
        case .dates(let values):
            let sorted = values.compactMap(\.self).sorted()
            dates = [sorted.first, sorted.last].compactMap { $0?.description }
        }
        (self.numbers, self.frequent, self.dates) = (numbers, frequent, dates)
    }
}
