internal import FileFormats

/// The numbers of a run's result, seed by seed, under the names by which `result.json` nests them: "inertia",
/// "test.accuracy", "evaluationReturn.mean".
public struct RunNumbers: Sendable, Equatable {
    public struct Seed: Sendable, Equatable {
        public let seed: UInt64
        public let values: [String: Double]
    }

    public let seeds: [Seed]
    /// The names in the order of the file.
    public let names: [String]

    /// - Parameters:
    ///   - result: what `result.json` holds: numbers of a run as a whole, or a list `seeds` of each seed's.
    ///   - seeds: those of the run, the first of which the numbers of the whole belong to.
    init(_ result: JSONValue, seeds runSeeds: [UInt64]) {
        let parts: [(seed: UInt64?, part: JSONValue)] =
            if let elements = result["seeds"]?.elements {
                elements.map { ($0["seed"]?.integer.flatMap(UInt64.init(exactly:)), $0) }
            } else {
                [(runSeeds.first, result)]
            }
        var names: [String] = []
        seeds = parts.compactMap { seed, part in
            guard let seed else { return nil }
            var values: [String: Double] = [:]
            for (name, value) in RunNumbers.flattened(part) where name != "seed" {
                values[name] = value
                if !names.contains(name) { names.append(name) }
            }
            return Seed(seed: seed, values: values)
        }
        self.names = names
    }

    private static func flattened(_ value: JSONValue, prefix: String = "") -> [(name: String, value: Double)] {
        value.members.flatMap { member -> [(name: String, value: Double)] in
            let name = prefix + member.name
            if let number = member.value.real { return [(name, number)] }
            // What was set, and what other methods reach, is no result of the run.
            if prefix.isEmpty, ["settings", "chosenSettings", "baselines"].contains(name) { return [] }
            return flattened(member.value, prefix: name + ".")
        }
    }

    /// The number that the run is judged by; nil if it came to none.
    public var mainMetric: RunMetric? {
        RunMetric.main.first { metric in names.contains(metric.name) }
    }

    /// The seeds' values of one metric; those that did not come to one are left out, and numbers so large that their
    /// sums might have no finite value.
    public func values(_ name: String) -> [(seed: UInt64, value: Double)] {
        seeds.compactMap { seed in
            seed.values[name].flatMap { $0.magnitude < Self.bound ? (seed.seed, $0) : nil }
        }
    }

    private static let bound = 1e150
}

extension JSONValue {
    var members: [Member] { if case .object(let members) = self { members } else { [] } }
    var elements: [JSONValue]? { if case .array(let elements) = self { elements } else { nil } }
    var string: String? { if case .string(let string) = self { string } else { nil } }
    var integer: Int64? { if case .number(let text) = self { Int64(text) } else { nil } }

    /// A number, or one of the words that stand for the numbers that JSON lacks.
    var real: Double? {
        switch self {
        case .number(let text): Double(text)
        case .string("NaN"): .nan
        case .string("Infinity"): .infinity
        case .string("-Infinity"): -.infinity
        default: nil
        }
    }

    /// The member of this name of an object.
    subscript(name: String) -> JSONValue? { members.first { $0.name == name }?.value }

    /// - Throws: `FileFormatError` if the file cannot be read or is not one JSON value.
    init(file path: String) throws {
        var reader = ByteReader(try readFile(path, limit: 64 << 20), file: path)
        self = try JSONValue(from: &reader)
        guard reader.isAtEnd else { throw reader.error("something follows the JSON value") }
    }
}
