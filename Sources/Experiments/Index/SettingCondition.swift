internal import Foundation
internal import GRDB

/// A condition on a setting, as `--where` takes it: `learningRate=3e-4`, `hiddenSizes=64,64`, `clip>=0.1`,
/// `activation!=tanh`.
public struct SettingCondition: Sendable, Equatable {
    enum Comparison: String, CaseIterable, Sendable {
        // The longer ones first: "<=" begins like "<".
        case atMost = "<=", atLeast = ">=", different = "!=", equal = "=", below = "<", above = ">"
    }

    let setting: String
    let comparison: Comparison
    let words: String

    /// nil if the text is no comparison.
    public init?(_ text: String) {
        // The comparison that stands first in the text counts.
        let found = Comparison.allCases.compactMap { comparison in
            text.range(of: comparison.rawValue).map { (comparison, $0) }
        }
        guard let (comparison, range) = found.min(by: { $0.1.lowerBound < $1.1.lowerBound }) else { return nil }
        setting = text[..<range.lowerBound].trimmingCharacters(in: .whitespaces)
        words = text[range.upperBound...].trimmingCharacters(in: .whitespaces)
        self.comparison = comparison
        guard !setting.isEmpty, !words.isEmpty, !setting.contains("\"") else { return nil }
        // Only numbers have an order.
        guard [.equal, .different].contains(comparison) || Double(words) != nil else { return nil }
    }

    /// Numbers are compared as numbers, all else as text; a run without the setting meets no condition.
    var sql: (condition: String, values: [(any DatabaseValueConvertible)?]) {
        let path = "$.\"\(setting)\".value"
        // A setting that is null is called none.
        let value = "coalesce(json_extract(settings, ?), 'none')"
        let isThere = "json_type(settings, ?) IS NOT NULL"
        if let number = Double(words) {
            return (
                "(\(isThere) AND typeof(\(value)) != 'text' AND \(value) \(comparison.rawValue) ?)",
                [path, path, path, number]
            )
        }
        let text: String =
            switch words.lowercased() {
            case "true": "1"
            case "false": "0"
            default: words.contains(",") && !words.hasPrefix("[") ? "[\(words)]" : words
            }
        return (
            "(\(isThere) AND replace(CAST(\(value) AS TEXT), ' ', '') \(comparison.rawValue) ? COLLATE NOCASE)",
            [path, path, text.replacingOccurrences(of: " ", with: "")]
        )
    }
}
