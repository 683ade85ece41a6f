internal import Glibc
public import Randomness

/// The settings to choose among, and what each may be.
public struct SearchSpace: Sendable, Equatable, Codable {
    /// What one setting may be.
    public enum Domain: Sendable, Equatable, Codable {
        /// Any number between two; evenly spread by its logarithm or by itself.
        case real(lower: Double, upper: Double, isLogarithmic: Bool)
        /// A whole number between two, both included.
        case whole(lower: Int, upper: Int, isLogarithmic: Bool)
        /// One of these, as they are written.
        case choices([String])
    }

    public struct Dimension: Sendable, Equatable, Codable {
        /// The setting's name, as recipes spell it.
        public let name: String
        public let domain: Domain

        public init(name: String, domain: Domain) {
            self.name = name
            self.domain = domain
        }
    }

    public let dimensions: [Dimension]

    /// - Throws: `SearchSpaceError` if a setting comes twice.
    public init(_ dimensions: [Dimension]) throws(SearchSpaceError) {
        for (place, dimension) in dimensions.enumerated()
        where dimensions[..<place].contains(where: { $0.name == dimension.name }) {
            throw SearchSpaceError(text: dimension.name, problem: "is given twice: give each setting once")
        }
        self.dimensions = dimensions
    }

    /// Reads lines such as `learningRate=1e-4..1e-2`, `hiddenSizes=64|128,64|256,128` and `epochs=5..20`.
    ///
    /// A range is spread by its logarithm if its upper end is at least ten times the lower one and both are above 0. It
    /// is one of whole numbers if both ends are written so and the setting's default is, where that is known.
    ///
    /// - Parameter defaults: the default of each setting, as it is written.
    /// - Throws: `SearchSpaceError` if a line cannot be understood, or a setting comes twice.
    public init(lines: [String], defaults: [String: String] = [:]) throws(SearchSpaceError) {
        var dimensions: [Dimension] = []
        for line in lines { dimensions.append(try Dimension(line, defaults: defaults)) }
        try self.init(dimensions)
    }

    /// One value for each setting, drawn independently.
    public func sample(using random: inout RandomStream) -> [String: String] {
        var settings: [String: String] = [:]
        for dimension in dimensions { settings[dimension.name] = dimension.domain.sample(using: &random) }
        return settings
    }
}

/// A search space that makes no sense.
public struct SearchSpaceError: Error, Equatable, CustomStringConvertible {
    /// The part of the text that is wrong.
    public let text: String
    /// What is wrong with it and what to do, as the rest of a sentence.
    public let problem: String

    public init(text: String, problem: String) {
        self.text = text
        self.problem = problem
    }

    public var description: String { "'\(text)' \(problem)" }
}

extension SearchSpace.Dimension {
    /// Reads `name=values`.
    init(_ line: String, defaults: [String: String]) throws(SearchSpaceError) {
        guard let sign = line.firstIndex(of: "="), sign > line.startIndex else {
            throw SearchSpaceError(
                text: line, problem: "names no setting: write learningRate=1e-4..1e-2 or batchSize=32|64")
        }
        let name = Self.trimmed(line[..<sign])
        let text = Self.trimmed(line[line.index(after: sign)...])
        guard !name.isEmpty, !text.isEmpty else {
            throw SearchSpaceError(
                text: line, problem: "has no \(name.isEmpty ? "name" : "values"): write batchSize=32|64")
        }
        self.name = name
        if !text.contains("|"), let dots = Self.dots(in: text) {
            domain = try Self.range(text[..<dots.lowerBound], text[dots.upperBound...], line, default: defaults[name])
        } else {
            domain = try Self.choices(text, line)
        }
    }

    private static func trimmed(_ text: Substring) -> String {
        var text = text
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }

    private static func dots(in text: String) -> Range<String.Index>? {
        for index in text.indices where text[index...].hasPrefix("..") {
            return index..<text.index(index, offsetBy: 2)
        }
        return nil
    }

    private static func choices(_ text: String, _ line: String) throws(SearchSpaceError) -> SearchSpace.Domain {
        let choices = text.split(separator: "|", omittingEmptySubsequences: false).map { trimmed($0) }
        for (place, choice) in choices.enumerated() {
            guard !choice.isEmpty else {
                throw SearchSpaceError(text: line, problem: "has an empty choice: put a value on each side of |")
            }
            guard !choices[..<place].contains(choice) else {
                throw SearchSpaceError(text: line, problem: "has the choice \(choice) twice: give each once")
            }
        }
        return .choices(choices)
    }

    private static func range(
        _ first: Substring, _ last: Substring, _ line: String, default text: String?
    ) throws(SearchSpaceError) -> SearchSpace.Domain {
        let (first, last) = (trimmed(first), trimmed(last))
        guard let lower = Double(first), let upper = Double(last), lower.isFinite, upper.isFinite else {
            let wrong = Double(first)?.isFinite == true ? last : first
            throw SearchSpaceError(
                text: line, problem: "goes between numbers, and '\(wrong)' is none: write 1e-4..1e-2, or choices with |"
            )
        }
        guard lower < upper, (upper - lower).isFinite else {
            throw SearchSpaceError(
                text: line, problem: "has no room between \(first) and \(last): put the smaller first")
        }
        let isLogarithmic = lower > 0 && upper / lower >= 10
        if let lower = Int(first), let upper = Int(last), text.map({ Int($0) != nil }) ?? true {
            guard abs(Double(lower)) < 1e15, abs(Double(upper)) < 1e15 else {
                throw SearchSpaceError(
                    text: line, problem: "has whole numbers beyond 10^15: write 1e15 for any numbers")
            }
            return .whole(lower: lower, upper: upper, isLogarithmic: isLogarithmic)
        }
        return .real(lower: lower, upper: upper, isLogarithmic: isLogarithmic)
    }
}

extension SearchSpace.Domain {
    /// A value drawn from it, as it is written.
    func sample(using random: inout RandomStream) -> String {
        switch self {
        case .choices(let choices):
            return choices[random.index(below: choices.count)]
        case .whole(let lower, let upper, false):
            return String(lower + random.index(below: upper - lower + 1))
        case .whole(let lower, let upper, true):
            // Every number has the interval up to the next.
            let value = exp(random.uniform(in: log(Double(lower))...log(Double(upper) + 1)))
            return String(min(max(Int(value), lower), upper))
        case .real:
            return value(at: random.uniform())
        }
    }

    /// `count` values at even distances, both ends included; all choices.
    func grid(_ count: Int) -> [String] {
        if case .choices(let choices) = self { return choices }
        var values: [String] = []
        for point in 0..<count {
            let value = value(at: count > 1 ? Double(point) / Double(count - 1) : 0.5)
            // There may be fewer whole numbers than points.
            if values.last != value { values.append(value) }
        }
        return values
    }

    /// The value of a range at a share of the way, to four digits.
    private func value(at share: Double) -> String {
        switch self {
        case .choices: preconditionFailure("choices have no distances")
        case .whole(let lower, let upper, let isLogarithmic):
            let value = Self.between(Double(lower), Double(upper), isLogarithmic, share)
            return String(min(max(Int(value.rounded()), lower), upper))
        case .real(let lower, let upper, let isLogarithmic):
            let value = Self.fourDigits(Self.between(lower, upper, isLogarithmic, share))
            return String(min(max(value, lower), upper))
        }
    }

    private static func between(_ lower: Double, _ upper: Double, _ isLogarithmic: Bool, _ share: Double) -> Double {
        isLogarithmic ? exp(log(lower) + (log(upper) - log(lower)) * share) : lower + (upper - lower) * share
    }

    private static func fourDigits(_ value: Double) -> Double {
        guard value != 0 else { return 0 }
        let exponent = Int(log10(abs(value)).rounded(.down)) - 3
        let digits = (value / pow(10, Double(exponent))).rounded()
        // Through text, since 10⁻⁵ is no binary fraction.
        return digits.isFinite ? Double("\(Int(digits))e\(exponent)") ?? value : value
    }
}
