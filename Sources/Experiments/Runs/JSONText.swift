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

    /// What a decoder found, in words.
    static func problem(_ error: any Error) -> String {
        func place(_ context: DecodingError.Context, _ last: (any CodingKey)? = nil) -> String {
            let keys = context.codingPath + (last.map { [$0] } ?? [])
            return keys.map { key in key.intValue.map { "[\($0)]" } ?? key.stringValue }.joined(separator: ".")
        }
        switch error {
        case DecodingError.keyNotFound(let key, let context): return "there is no \(place(context, key))"
        case DecodingError.valueNotFound(_, let context): return "\(place(context)) has no value"
        case DecodingError.typeMismatch(_, let context): return "\(place(context)) is of another kind"
        case DecodingError.dataCorrupted(let context):
            return context.codingPath.isEmpty ? "it is not whole JSON" : "\(place(context)) cannot be read"
        default: return "\(error)"
        }
    }

    private static func encoder(_ formatting: JSONEncoder.OutputFormatting) -> JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = formatting
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
        return encoder
    }
}
