/// What a missing number is taken for.
public enum Imputation: Sendable, Codable, Equatable {
    case mean
    case median
    case constant(Double)
}

/// To which scale a column of numbers is brought.
public enum ColumnScale: String, Sendable, Codable, CaseIterable {
    /// Mean 0 and standard deviation 1 over the training rows.
    case standardized
    /// 0…1 over the training rows; others may lie outside.
    case minMax
    case none
}

/// A column of numbers made ready for a network: missing ones filled in, then shifted and scaled.
public struct NumberEncoding: Sendable, Codable, Equatable {
    /// What a missing number is taken for, in the column's own unit.
    public let fill: Double
    /// The encoded number is (number − shift) / scale.
    public let shift: Double
    public let scale: Double
    /// Whether the numbers are features: not if they are the same in all training rows.
    public let hasValues: Bool
    /// Whether a further column is 1 where a number is missing: if that happened in training.
    public let hasIndicator: Bool

    /// Measures the numbers of the training rows.
    init(fitting values: [Double?], imputation: Imputation, scale: ColumnScale, indicatesMissing: Bool) {
        let present = values.compactMap(\.self)
        let missingCount = values.count - present.count
        let presentMean = Self.mean(present)
        let (low, high) = (present.min() ?? 0, present.max() ?? 0)
        fill =
            switch imputation {
            case .mean: presentMean
            case .median: Self.median(present)
            case .constant(let constant): constant
            }
        let filled = fill
        let all = values.map { $0 ?? filled }
        let (lowest, highest) = (min(low, missingCount > 0 ? filled : low), max(high, missingCount > 0 ? filled : high))
        hasValues = !present.isEmpty && highest > lowest
        hasIndicator = indicatesMissing && missingCount > 0 && !present.isEmpty
        switch scale {
        case _ where !hasValues, .none: (shift, self.scale) = (0, 1)
        case .minMax: (shift, self.scale) = (lowest, highest - lowest)
        case .standardized:
            let mean = Self.mean(all)
            // In units of the largest difference, so that no square is lost below or beyond what a double holds.
            let largest = max(highest - mean, mean - lowest)
            let squares = all.reduce(0.0) { $0 + (($1 - mean) / largest) * (($1 - mean) / largest) }
            let deviation = largest * (squares / Double(all.count)).squareRoot()
            (shift, self.scale) = (mean, max(deviation, .leastNonzeroMagnitude))
        }
    }

    /// Whether numbers stay numbers by it.
    var isConsistent: Bool { scale > 0 && scale.isFinite && shift.isFinite && fill.isFinite }

    var width: Int { (hasValues ? 1 : 0) + (hasIndicator ? 1 : 0) }

    func names(_ name: String) -> [String] {
        (hasValues ? [name] : []) + (hasIndicator ? [name + " missing"] : [])
    }

    /// Writes the features of a number into `row`, from `start` on.
    func encode(_ number: Double?, into row: inout MutableSpan<Float>, at start: Int) {
        if hasValues {
            // Numbers far outside of what was seen stay finite.
            let value = ((number ?? fill) - shift) / scale
            row[start] = Float(max(-1e30, min(1e30, value)))
        }
        if hasIndicator { row[start + (hasValues ? 1 : 0)] = number == nil ? 1 : 0 }
    }

    private static func mean(_ values: [Double]) -> Double {
        values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
    }

    private static func median(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        guard !sorted.isEmpty else { return 0 }
        let middle = sorted.count / 2
        return sorted.count % 2 == 1 ? sorted[middle] : sorted[middle - 1] + (sorted[middle] - sorted[middle - 1]) / 2
    }
}
