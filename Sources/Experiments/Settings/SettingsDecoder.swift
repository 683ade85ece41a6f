internal import Foundation

/// Decodes a settings structure from single values, each a JSON text or words from the command line, and keeps account
/// of the names that the structure asks for. A nested structure's values stand under their path:
/// `optimizer.learningRate`.
final class SettingsDecoder: Decoder {
    /// One value as it was given.
    enum Given: Sendable, Equatable {
        case json(String)
        /// Text that is read as the setting's type: `tanh`, `3e-4`, `64,64`.
        case words(String)

        var text: String {
            switch self {
            case .json(let text), .words(let text): text
            }
        }
    }

    /// A value that the setting's type does not accept.
    struct Mismatch: Error {
        let name: String
        /// What the setting takes: "a whole number".
        let expected: String
        /// The right words, where the setting takes one of a few.
        let choices: [String]
    }

    let given: [String: Given]
    /// The names that were asked for, in order.
    private final class Account { var names: [String] = [] }
    private let account: Account
    var names: [String] { account.names }
    /// The path to the structure that is being decoded, with a dot at its end.
    private let path: String
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    convenience init(_ given: [String: Given]) {
        self.init(given, path: "", account: Account())
    }

    private init(_ given: [String: Given], path: String, account: Account) {
        self.given = given
        self.path = path
        self.account = account
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(Fields<Key>(decoder: self))
    }

    /// The decoder of a nested structure; it keeps the same account.
    fileprivate func structure(_ name: String) -> SettingsDecoder {
        SettingsDecoder(given, path: path + name + ".", account: account)
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer { throw notFlat }
    func singleValueContainer() throws -> any SingleValueDecodingContainer { throw notFlat }

    private var notFlat: DecodingError {
        .dataCorrupted(.init(codingPath: [], debugDescription: "settings are a structure of named values"))
    }

    fileprivate func note(_ name: String) {
        if !names.contains(path + name) { account.names.append(path + name) }
    }

    /// The names in this structure, without their path.
    fileprivate var keys: [String] {
        let inner = given.keys.filter { $0.hasPrefix(path) }.map { String($0.dropFirst(path.count)) }
        return Set(inner.map { String($0.prefix { $0 != "." }) }).sorted()
    }

    fileprivate func isStructure(_ name: String) -> Bool {
        given.keys.contains { $0.hasPrefix(path + name + ".") }
    }

    /// What was given for a value of this structure.
    fileprivate func text(_ name: String) -> Given? {
        note(name)
        return given[path + name]
    }

    fileprivate func value<Value: Decodable>(_ name: String, as type: Value.Type) throws -> Value {
        if isStructure(name) {
            return try Value(from: structure(name))
        }
        let texts: [String] =
            switch text(name) {
            case .json(let text): [text]
            case .words(let words): [words, "[\(words)]", quoted(words)]
            case nil: ["null"]
            }
        for text in texts {
            if let value = try? JSONDecoder().decode(type, from: Data(text.utf8)) { return value }
        }
        let choices = choices(of: type)
        throw Mismatch(name: path + name, expected: expectation(of: type, choices: choices), choices: choices)
    }

    private func quoted(_ words: String) -> String {
        // A string always has a JSON text.
        String(decoding: (try? JSONEncoder().encode(words)) ?? Data(), as: UTF8.self)
    }

    /// The words that an enumeration consists of.
    private func choices<Value>(of type: Value.Type) -> [String] {
        func words<Choice: CaseIterable>(_ type: Choice.Type) -> [String] {
            type.allCases.compactMap { ($0 as? any RawRepresentable)?.rawValue as? String }
        }
        return (type as? any CaseIterable.Type).map { words($0) } ?? []
    }

    private func expectation<Value>(of type: Value.Type, choices: [String]) -> String {
        if !choices.isEmpty { return "one of " + choices.joined(separator: ", ") }
        return switch type {
        case is Bool.Type: "true or false"
        case is any BinaryInteger.Type: "a whole number"
        case is any BinaryFloatingPoint.Type: "a number"
        case is String.Type: "a word"
        case is [Int].Type: "a list of whole numbers, such as 64,64"
        case is [Double].Type, is [Float].Type: "a list of numbers, such as 0.5,1"
        default: "a \(type)"
        }
    }
}

/// The named values of the settings.
private struct Fields<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let decoder: SettingsDecoder
    var codingPath: [any CodingKey] { [] }
    var allKeys: [Key] { decoder.keys.compactMap { Key(stringValue: $0) } }

    func contains(_ key: Key) -> Bool {
        decoder.isStructure(key.stringValue) || decoder.text(key.stringValue) != nil
    }

    func decodeNil(forKey key: Key) throws -> Bool {
        if decoder.isStructure(key.stringValue) { return false }
        return switch decoder.text(key.stringValue) {
        case .json("null"), .words("none"), nil: true
        default: false
        }
    }

    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try value(key) }
    func decode(_ type: String.Type, forKey key: Key) throws -> String { try value(key) }
    func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try value(key) }
    func decode(_ type: Float.Type, forKey key: Key) throws -> Float { try value(key) }
    func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try value(key) }
    func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 { try value(key) }
    func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 { try value(key) }
    func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 { try value(key) }
    func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try value(key) }
    func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt { try value(key) }
    func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 { try value(key) }
    func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 { try value(key) }
    func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 { try value(key) }
    func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 { try value(key) }
    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value { try value(key) }

    private func value<Value: Decodable>(_ key: Key) throws -> Value {
        try decoder.value(key.stringValue, as: Value.self)
    }

    func nestedContainer<NestedKey: CodingKey>(
        keyedBy type: NestedKey.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<NestedKey> {
        try decoder.structure(key.stringValue).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try decoder.unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder { decoder }
    func superDecoder(forKey key: Key) throws -> any Decoder { decoder }
}
