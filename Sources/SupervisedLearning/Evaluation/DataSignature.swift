internal import Glibc

/// What the rows that a model learned from looked like, feature by feature: kept beside the model, so that rows which
/// look otherwise are noticed when it is used.
public struct DataSignature: Sendable, Equatable, Codable {
    /// A feature of some rows.
    public struct Column: Sendable {
        public enum Values: Sendable {
            /// NaN where it is missing; finite in training rows, which have a mean.
            case numbers([Double])
            /// Nil where it is missing.
            case categories([String?])
        }
        public let name: String
        public let values: Values

        public init(name: String, values: Values) {
            self.name = name
            self.values = values
        }
    }

    /// One feature of the training rows.
    public struct Feature: Sendable, Equatable, Codable {
        public enum Kind: Sendable, Equatable, Codable {
            /// The bins end at `edges`, ascending, each with its edge; there is one more above the last. They hold
            /// about a tenth of the rows each, fewer bins where a value is frequent. The deviation has the divisor n.
            case number(mean: Double, deviation: Double, edges: [Double])
            /// Those that there were, sorted.
            case category(names: [String])
        }
        public let name: String
        public let kind: Kind
        /// Which part of the rows is in each bin or category; then, of categories, in any other; at last, missing. They
        /// sum to one.
        public let shares: [Double]
    }

    public let rowCount: Int
    public let features: [Feature]

    /// - Parameters:
    ///   - columns: features of the training rows, each with as many values.
    ///   - binCount: how many bins a number has at most.
    /// - Throws: `SamplesError` if there are no rows, or the columns differ in length.
    public init(of columns: [Column], binCount: Int = 10) throws {
        precondition(binCount >= 2, "\(binCount) bins tell nothing")
        rowCount = try Self.rowCount(of: columns)
        features = columns.map { column in
            let kind: Feature.Kind
            switch column.values {
            case .numbers(let values):
                let sorted = values.filter { !$0.isNaN }.sorted()
                let mean = sorted.mean ?? 0
                let deviation = (sorted.map { ($0 - mean) * ($0 - mean) }.mean ?? 0).squareRoot()
                var edges: [Double] = []
                for bin in 1..<binCount where !sorted.isEmpty {
                    let edge = sorted[(sorted.count * bin - 1) / binCount]
                    if edges.last != edge { edges.append(edge) }
                }
                kind = .number(mean: mean, deviation: deviation, edges: edges)
            case .categories(let values):
                kind = .category(names: Set(values.compactMap(\.self)).sorted())
            }
            return Feature(name: column.name, kind: kind, shares: kind.shares(of: column.values) ?? [])
        }
    }

    private static func rowCount(of columns: [Column]) throws -> Int {
        let count = columns.first?.values.count ?? 0
        if let other = columns.first(where: { $0.values.count != count }) {
            throw SamplesError(
                problem: "column \(columns[0].name) has \(count) rows, but \(other.name) has \(other.values.count)")
        }
        guard count > 0 else { throw SamplesError(problem: "there are no rows to take a signature of") }
        return count
    }
}

extension DataSignature {
    /// How far the rows at hand have moved from those learned from, in one feature.
    public struct Drift: Sendable, Equatable {
        /// The usual reading of the index (Siddiqi, 2006).
        public enum Reading: String, Sendable, Codable {
            /// Below 0.1.
            case stable
            /// 0.1 … 0.25: look at it.
            case moderate
            /// Above 0.25: the model may no longer hold.
            case large
            /// So few rows that chance alone would come to 0.1 on average, and not far more than chance.
            case tooFewRows
        }
        public let name: String
        /// Σ (new − old) ln(new / old) over the shares of the bins, none taken to be smaller than 0.0001: the
        /// population stability index.
        public let stabilityIndex: Double
        /// What it comes to on average where nothing has moved: about (bins − 1) (1/n + 1/m) (Yurdakul, 2018).
        public let expectedByChance: Double

        public var reading: Reading {
            // Chance alone does not come to eight times its average.
            if expectedByChance > 0.1 { return stabilityIndex > 8 * expectedByChance ? .large : .tooFewRows }
            return stabilityIndex < 0.1 ? .stable : stabilityIndex <= 0.25 ? .moderate : .large
        }
    }

    /// The drift of each feature, in the order of the signature. Columns that it does not know are passed over.
    ///
    /// - Throws: `SamplesError` if a feature is missing, or is of the other kind; or if there are no rows.
    public func drift(of columns: [Column]) throws -> [Drift] {
        let newCount = try Self.rowCount(of: columns)
        return try features.map { feature in
            guard let column = columns.first(where: { $0.name == feature.name }) else {
                throw SamplesError(problem: "there is no column \(feature.name), which the model learned from")
            }
            guard let shares = feature.kind.shares(of: column.values) else {
                throw SamplesError(
                    problem: "column \(feature.name) has \(column.values.kindName); the model learned from "
                        + "\(feature.kind.kindName)")
            }
            var index = 0.0
            for (old, new) in zip(feature.shares, shares) {
                let (old, new) = (max(old, 1e-4), max(new, 1e-4))
                index += (new - old) * log(new / old)
            }
            let filled = zip(feature.shares, shares).count { $0 > 0 || $1 > 0 }
            let chance = Double(max(filled - 1, 0)) * (1 / Double(rowCount) + 1 / Double(newCount))
            return Drift(name: feature.name, stabilityIndex: index, expectedByChance: chance)
        }
    }
}

extension DataSignature.Column.Values {
    var count: Int {
        switch self {
        case .numbers(let values): values.count
        case .categories(let values): values.count
        }
    }

    var kindName: String {
        switch self {
        case .numbers: "numbers"
        case .categories: "categories"
        }
    }
}

extension DataSignature.Feature.Kind {
    var kindName: String {
        switch self {
        case .number: "numbers"
        case .category: "categories"
        }
    }

    /// Which part of the values is in each bin, any other category, and missing; nil if they are of the other kind.
    func shares(of values: DataSignature.Column.Values) -> [Double]? {
        var counts: [Int]
        switch (self, values) {
        case (.number(_, _, let edges), .numbers(let values)):
            counts = [Int](repeating: 0, count: edges.count + 2)
            for value in values {
                let bin = value.isNaN ? edges.count + 1 : edges.firstIndex { value <= $0 } ?? edges.count
                counts[bin] += 1
            }
        case (.category(let names), .categories(let values)):
            counts = [Int](repeating: 0, count: names.count + 2)
            var places: [String: Int] = [:]
            for (place, name) in names.enumerated() { places[name] = place }
            for value in values { counts[value.map { places[$0] ?? names.count } ?? names.count + 1] += 1 }
        default: return nil
        }
        return counts.map { Double($0) / Double(values.count) }
    }
}
