internal import Foundation

/// Values as JSON texts with sorted names, so that equal values have equal bytes. Infinities and NaN, which JSON has
/// no numbers for, become strings.
enum JSONText {
    /// For files that people read.
    static func pretty(_ value: some Encodable) throws -> [UInt8] {
        try [UInt8](encoder([.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]).encode(value)) + [0x0A]
    }

    /// On one line.
    static func line(_ value: some Encodable) throws -> String {
        String(decoding: try encoder([.sortedKeys, .withoutEscapingSlashes]).encode(value), as: UTF8.self)
    }

    static func decode<Value: Decodable>(_ type: Value.Type, from bytes: [UInt8]) throws -> Value {
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
        return try decoder.decode(type, from: Data(bytes))
    }

    private static func encoder(_ formatting: JSONEncoder.OutputFormatting) -> JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = formatting
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
        return encoder
    }
}
