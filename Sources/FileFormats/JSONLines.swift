internal import Foundation

/// Values as JSON, one a line (jsonlines.org).
public enum JSONLines {
    /// One value as a line with its line feed; members of objects are sorted by name.
    ///
    /// Infinities and NaN, which JSON has no numbers for, become the strings `Infinity`, `-Infinity` and `NaN`.
    /// - Throws: what the value's `encode(to:)` throws.
    public static func line(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
        return String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
    }
}
