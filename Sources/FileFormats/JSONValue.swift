/// A JSON text (RFC 8259) as a tree that keeps the order of members and where in the file they stand.
///
/// Foundation's decoder forgets the order and accepts repeated names; headers of data files need both.
package enum JSONValue: Equatable {
    package struct Member: Equatable {
        package let name: String
        /// Where the name begins in the file.
        package let offset: Int
        package let value: JSONValue
    }

    case null
    case boolean(Bool)
    /// A number as it is written.
    case number(String)
    case string(String)
    case array([JSONValue])
    case object([Member])

    /// The deepest nesting that is read: recursion must not exhaust the stack.
    package static let deepest = 64

    /// Reads one value, with the white space before and after it.
    ///
    /// - Throws: `FileFormatError` with the offset, for a text that is not JSON, nests too deeply, or repeats a name
    ///   in an object.
    package init(from reader: inout ByteReader) throws {
        self = try reader.jsonValue(depth: 0)
    }

    /// The text of `string` as a JSON string, quotes included.
    package static func quoted(_ string: String) -> String {
        var text = "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case "\u{0}"..<"\u{20}":
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text + "\""
    }
}

extension ByteReader {
    /// What one value of the tree takes in memory, roughly.
    private static var jsonValueSize: Int { 64 }

    fileprivate mutating func jsonValue(depth: Int) throws -> JSONValue {
        guard depth <= JSONValue.deepest else { throw error("JSON nests deeper than \(JSONValue.deepest) levels") }
        try reserve(Self.jsonValueSize, for: "a JSON value")
        skipWhiteSpace()
        let value: JSONValue
        switch next {
        case UInt8(ascii: "{"): value = .object(try members(depth: depth))
        case UInt8(ascii: "["): value = .array(try elements(depth: depth))
        case UInt8(ascii: "\""): value = .string(try jsonString())
        case UInt8(ascii: "t"): value = try word("true", .boolean(true))
        case UInt8(ascii: "f"): value = try word("false", .boolean(false))
        case UInt8(ascii: "n"): value = try word("null", .null)
        case UInt8(ascii: "-"), .some(UInt8(ascii: "0")...UInt8(ascii: "9")): value = .number(try jsonNumber())
        default: throw error("expected a JSON value")
        }
        skipWhiteSpace()
        return value
    }

    private mutating func members(depth: Int) throws -> [JSONValue.Member] {
        var members: [JSONValue.Member] = []
        var names: Set<String> = []
        try expect("{")
        skipWhiteSpace()
        if accept("}") { return members }
        repeat {
            skipWhiteSpace()
            let start = offset
            let name = try jsonString()
            guard names.insert(name).inserted else { throw error("the name \"\(name)\" is given twice", at: start) }
            skipWhiteSpace()
            try expect(":")
            members.append(.init(name: name, offset: start, value: try jsonValue(depth: depth + 1)))
        } while accept(",")
        try expect("}")
        return members
    }

    private mutating func elements(depth: Int) throws -> [JSONValue] {
        var elements: [JSONValue] = []
        try expect("[")
        skipWhiteSpace()
        if accept("]") { return elements }
        repeat {
            elements.append(try jsonValue(depth: depth + 1))
        } while accept(",")
        try expect("]")
        return elements
    }

    private mutating func jsonNumber() throws -> String {
        let start = offset
        _ = accept("-")
        if !accept("0") { try digits() }
        if accept(".") { try digits() }
        if accept("e") || accept("E") {
            if !accept("+") { _ = accept("-") }
            try digits()
        }
        let end = offset
        rewind(to: start)
        return String(decoding: try slice(end - start, "a number"), as: UTF8.self)
    }

    private mutating func digits() throws {
        guard let first = next, isDigit(first) else { throw error("expected a digit") }
        while let byte = next, isDigit(byte) { try skip(1, "a digit") }
    }

    private mutating func jsonString() throws -> String {
        let start = offset
        try expect("\"")
        var text: [UInt8] = []
        while true {
            switch try byte("a JSON string") {
            case UInt8(ascii: "\""):
                guard let string = String(validating: text, as: UTF8.self) else {
                    throw error("the string is not UTF-8", at: start)
                }
                try reserve(text.count, for: "a JSON string")
                return string
            case UInt8(ascii: "\\"): text.append(contentsOf: try escapedCharacter())
            case ..<0x20: throw error("a control character in a JSON string", at: offset - 1)
            case let byte: text.append(byte)
            }
        }
    }

    private mutating func escapedCharacter() throws -> [UInt8] {
        switch try byte("an escape") {
        case UInt8(ascii: "\""): return [UInt8(ascii: "\"")]
        case UInt8(ascii: "\\"): return [UInt8(ascii: "\\")]
        case UInt8(ascii: "/"): return [UInt8(ascii: "/")]
        case UInt8(ascii: "b"): return [8]
        case UInt8(ascii: "f"): return [12]
        case UInt8(ascii: "n"): return [10]
        case UInt8(ascii: "r"): return [13]
        case UInt8(ascii: "t"): return [9]
        case UInt8(ascii: "u"):
            let start = offset - 2
            var code = UInt32(try codeUnit())
            if code & 0xFC00 == 0xD800, next == UInt8(ascii: "\\") {
                try skip(1, "an escape")
                try expect("u")
                let low = UInt32(try codeUnit())
                guard low & 0xFC00 == 0xDC00 else { throw error("half of a surrogate pair", at: start) }
                code = 0x10000 + (code & 0x3FF) << 10 + (low & 0x3FF)
            }
            guard let scalar = Unicode.Scalar(code) else { throw error("half of a surrogate pair", at: start) }
            return Array(String(Character(scalar)).utf8)
        default: throw error("an unknown escape in a JSON string", at: offset - 1)
        }
    }

    /// The four hexadecimal digits after `\u`.
    private mutating func codeUnit() throws -> UInt16 {
        var unit: UInt16 = 0
        for _ in 0..<4 {
            let byte = try byte("an escape")
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw error("expected a hexadecimal digit", at: offset - 1)
            }
            unit = unit << 4 | UInt16(digit)
        }
        return unit
    }

    private mutating func word<Value>(_ word: String, _ value: Value) throws -> Value {
        let start = offset
        guard remaining >= word.utf8.count, try slice(word.utf8.count, "a word").elementsEqual(word.utf8) else {
            throw error("expected a JSON value", at: start)
        }
        return value
    }

    private mutating func skipWhiteSpace() {
        while accept(" ") || accept("\n") || accept("\t") || accept("\r") {}
    }

    private mutating func accept(_ character: Unicode.Scalar) -> Bool {
        guard next == UInt8(ascii: character) else { return false }
        return (try? byte("a character")) != nil
    }

    private mutating func expect(_ character: Unicode.Scalar) throws {
        guard accept(character) else { throw error("expected \"\(character)\"") }
    }

    private func isDigit(_ byte: UInt8) -> Bool {
        byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
    }
}
