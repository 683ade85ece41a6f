/// A number that says how good predictions are, with the name it has in tables, files and options.
public struct Metric: Sendable, Equatable, Codable {
    /// In lower camel case, the same everywhere: `accuracy`, `rootMeanSquaredError`.
    public let name: String
    /// Nil where it is not defined for the rows: the area under a curve of a class without rows.
    public let value: Double?
    public let higherIsBetter: Bool

    public init(name: String, value: Double?, higherIsBetter: Bool) {
        self.name = name
        self.value = value
        self.higherIsBetter = higherIsBetter
    }
}

/// Predictions beside the truth, and what can be measured of them.
public protocol Scores: Sendable {
    /// What is measured, the most telling first. Each is computed when it is asked for.
    static func measures(outputs: Int) -> [Measure<Self>]
    /// How many classes or values are predicted of a row.
    var outputCount: Int { get }
    var rowCount: Int { get }
    /// The same of some rows only, in this order; a row may come more than once, as a bootstrap draws them.
    func rows(_ indices: [Int32]) -> Self
    /// How wrong the prediction of each row is, `[n]`: that by which the worst rows are found.
    var rowLosses: [Double] { get }
}

/// A metric before it is measured.
public struct Measure<Subject>: Sendable {
    public let name: String
    public let higherIsBetter: Bool
    public let value: @Sendable (Subject) -> Double?

    public init(_ name: String, higherIsBetter: Bool, _ value: @escaping @Sendable (Subject) -> Double?) {
        self.name = name
        self.higherIsBetter = higherIsBetter
        self.value = value
    }
}

extension Scores {
    /// All that is measured of these rows. What is not defined has no value; it is never NaN.
    public var metrics: [Metric] {
        Self.measures(outputs: outputCount).map {
            Metric(name: $0.name, value: $0.value(self), higherIsBetter: $0.higherIsBetter)
        }
    }

    /// The metric of this name; nil where it is not defined for these rows, or there is none of the name.
    public func value(of name: String) -> Double? {
        Self.measures(outputs: outputCount).first { $0.name == name }?.value(self)
    }

    /// The rows whose predictions are the most wrong, the worst first; of equals the earlier row.
    public func worstRows(_ count: Int) -> [Int32] {
        let losses = rowLosses
        let order = losses.indices.sorted { (losses[$1], $0) < (losses[$0], $1) }
        return order.prefix(max(count, 0)).map { Int32($0) }
    }
}

extension [Double] {
    /// Nil of no values.
    var mean: Double? { isEmpty ? nil : reduce(0, +) / Double(count) }
}
