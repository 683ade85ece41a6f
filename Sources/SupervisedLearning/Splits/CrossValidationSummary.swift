/// Each metric over the folds of a cross-validation: mean and standard error. Coded as
/// `{"accuracy": {"mean": …, "standardError": …, "values": […]}, …}`.
public struct CrossValidationSummary: Sendable, Equatable {
    /// One metric over the folds.
    public struct Entry: Sendable, Equatable {
        public let name: String
        public let mean: Double
        /// The standard deviation (divisor k − 1) over √k; nil of one fold. Folds share most of their training rows, so
        /// that the true error of the mean is rather larger (Bengio and Grandvalet, 2004).
        public let standardError: Double?
        /// One for each fold where the metric is defined.
        public let values: [Double]

        init(_ name: String, _ values: [Double]) {
            let count = Double(values.count)
            let mean = values.reduce(0, +) / count
            self.name = name
            self.mean = mean
            self.values = values
            let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
            standardError = values.count > 1 ? (squares / (count - 1) / count).squareRoot() : nil
        }
    }

    /// In the order of the metrics; after decoding, by name. A metric that no fold defines is missing.
    public let entries: [Entry]

    /// - Parameter folds: the metrics of each fold.
    public init(folds: [[Metric]]) {
        self.init(seeds: [folds])
    }

    /// Several cross-validations of the same folds that differ in their seed only. A fold's value is the mean over the
    /// seeds: another seed tells nothing about other rows, and is not counted as a further fold.
    ///
    /// - Parameter seeds: for each seed, the metrics of each fold.
    public init(seeds: [[[Metric]]]) {
        let foldCount = seeds.first?.count ?? 0
        precondition(
            seeds.allSatisfy { $0.count == foldCount }, "seeds with \(seeds.map(\.count)) folds: all need as many")
        var names: [String] = []
        for metric in seeds.joined().joined() where !names.contains(metric.name) { names.append(metric.name) }
        entries = names.compactMap { name in
            let values = (0..<foldCount).compactMap { fold in
                seeds.compactMap { folds in folds[fold].first { $0.name == name }?.value }.mean
            }
            return values.isEmpty ? nil : Entry(name, values)
        }
    }

    /// The entry of the metric of this name.
    public subscript(name: String) -> Entry? { entries.first { $0.name == name } }
}

extension CrossValidationSummary: Codable {
    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(_ name: String) { stringValue = name }
        init?(stringValue: String) { self.init(stringValue) }
        init?(intValue: Int) { nil }
    }

    private struct Values: Codable {
        let mean: Double
        let standardError: Double?
        let values: [Double]
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        for entry in entries {
            try container.encode(
                Values(mean: entry.mean, standardError: entry.standardError, values: entry.values),
                forKey: Key(entry.name))
        }
    }

    /// Mean and standard error are computed anew from the values.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        entries = try container.allKeys.sorted { $0.stringValue < $1.stringValue }.map { key in
            let values = try container.decode(Values.self, forKey: key).values
            guard !values.isEmpty else {
                throw DecodingError.dataCorruptedError(
                    forKey: key, in: container, debugDescription: "\(key.stringValue) has no values")
            }
            return Entry(key.stringValue, values)
        }
    }
}
