/// A value as Python source writes it, as far as files of rl-baselines3-zoo hold such: `dict(net_arch=[64, 64],
/// activation_fn=nn.Tanh)`, `{'norm_obs': False}`. It is read, never run: a call of anything but `dict` is an error.
indirect enum PythonLiteral: Equatable {
    case none
    case boolean(Bool)
    /// As it is written.
    case number(String)
    case text(String)
    /// A dotted name: `nn.Tanh`.
    case name(String)
    /// A list or tuple.
    case list([PythonLiteral])
    case dictionary([Member])

    struct Member: Equatable {
        let name: String
        let value: PythonLiteral
    }

    /// What is wrong, and at which character of the text, counted from 1.
    struct Problem: Error, CustomStringConvertible {
        let text: String
        let character: Int

        var description: String { "\(text) at character \(character)" }
    }

    init(_ text: String) throws(Problem) {
        var reader = Reader(text)
        self = try reader.value(depth: 0)
        guard reader.next == nil else { throw reader.problem("one value was expected, but more follows") }
    }

    private static let deepest = 16

    private struct Reader {
        private let characters: [Character]
        private var position = 0

        init(_ text: String) {
            characters = Array(text)
            skipWhiteSpace()
        }

        var next: Character? { position < characters.count ? characters[position] : nil }

        func problem(_ text: String) -> Problem { Problem(text: text, character: position + 1) }

        mutating func value(depth: Int) throws(Problem) -> PythonLiteral {
            guard depth <= PythonLiteral.deepest else { throw problem("the value nests too deeply") }
            switch next {
            case "[":
                return .list(try elements(until: "]", depth))
            case "(":
                return .list(try elements(until: ")", depth))
            case "{":
                return .dictionary(
                    try members(until: "}", depth) { (reader) throws(Problem) in
                        let name = try reader.string()
                        try reader.expect(":")
                        return name
                    })
            case "'", "\"":
                return .text(try string())
            case .some(let character) where character.isNumber || "+-.".contains(character):
                return try number()
            case .some(let character) where character.isLetter || character == "_":
                return try word(depth)
            default:
                throw problem("a value was expected")
            }
        }

        private mutating func word(_ depth: Int) throws(Problem) -> PythonLiteral {
            let word = take { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." }
            switch word {
            case "None": return .none
            case "True": return .boolean(true)
            case "False": return .boolean(false)
            case "dict" where next == "(":
                return .dictionary(
                    try members(until: ")", depth) { (reader) throws(Problem) in
                        let name = reader.take { $0.isLetter || $0.isNumber || $0 == "_" }
                        guard !name.isEmpty else { throw reader.problem("a name was expected") }
                        try reader.expect("=")
                        return name
                    })
            default:
                guard next != "(" else { throw problem("\(word)(…) would have to be run, which Fledge does not do") }
                return .name(word)
            }
        }

        private mutating func number() throws(Problem) -> PythonLiteral {
            let text = take { $0.isNumber || "+-.eE_".contains($0) }.filter { $0 != "_" }
            guard Double(text) != nil else { throw problem("'\(text)' is not a number") }
            return .number(text)
        }

        private mutating func string() throws(Problem) -> String {
            guard let quote = next, quote == "'" || quote == "\"" else { throw problem("a quoted name was expected") }
            position += 1
            var text = ""
            while let character = next, character != quote {
                guard character != "\\" else { throw problem("escapes are not read") }
                text.append(character)
                position += 1
            }
            guard next == quote else { throw problem("a quote is not closed") }
            position += 1
            skipWhiteSpace()
            return text
        }

        private mutating func elements(until end: Character, _ depth: Int) throws(Problem) -> [PythonLiteral] {
            position += 1
            skipWhiteSpace()
            var elements: [PythonLiteral] = []
            while next != end {
                elements.append(try value(depth: depth + 1))
                if next != end { try expect(",") }
            }
            try expect(end)
            return elements
        }

        private mutating func members(
            until end: Character, _ depth: Int, name: (inout Reader) throws(Problem) -> String
        ) throws(Problem) -> [Member] {
            position += 1
            skipWhiteSpace()
            var members: [Member] = []
            while next != end {
                let key = try name(&self)
                guard !members.contains(where: { $0.name == key }) else {
                    throw problem("'\(key)' is given twice")
                }
                members.append(Member(name: key, value: try value(depth: depth + 1)))
                if next != end { try expect(",") }
            }
            try expect(end)
            return members
        }

        private mutating func take(while isTaken: (Character) -> Bool) -> String {
            let start = position
            while let character = next, isTaken(character) { position += 1 }
            defer { skipWhiteSpace() }
            return String(characters[start..<position])
        }

        private mutating func expect(_ character: Character) throws(Problem) {
            guard next == character else { throw problem("'\(character)' was expected") }
            position += 1
            skipWhiteSpace()
        }

        private mutating func skipWhiteSpace() {
            while let character = next, character.isWhitespace { position += 1 }
        }
    }
}
