internal import Yams

/// A YAML text (libyaml's 1.1 with the plain words of 1.2's core schema) as a tree that keeps the order of members and
/// where they stand. Aliases and merge keys (`<<: *defaults`) are resolved.
///
/// Nothing in a text makes an object or runs code: a tag such as `!!float` is noted as part of nothing, since whoever
/// reads a value knows the type that it wants.
package indirect enum YAMLValue: Equatable, Sendable {
    /// A word or number as it is written. `isQuoted` tells `"3"` from `3`.
    case scalar(String, isQuoted: Bool)
    case sequence([YAMLValue])
    case mapping([Member])

    package struct Member: Equatable, Sendable {
        package let name: String
        /// Where the name begins, both counted from 1.
        package let line: Int
        package let column: Int
        package let value: YAMLValue

        package init(name: String, line: Int, column: Int, value: YAMLValue) {
            self.name = name
            self.line = line
            self.column = column
            self.value = value
        }
    }

    /// The largest text that is read, in bytes.
    package static let largestText = 1 << 20
    /// The most values that a text may unfold to: aliases of aliases grow without bound.
    package static let mostValues = 100_000

    /// Reads one document.
    ///
    /// - Throws: `FileFormatError` with line and column, for a text that is not UTF-8 or not YAML, holds more than one
    ///   document, gives a name twice, or unfolds to more than `mostValues`.
    package init(_ bytes: [UInt8], file: String) throws {
        guard bytes.count <= Self.largestText else {
            throw FileFormatError(file: file, problem: "the text has more than \(Self.largestText) bytes")
        }
        guard var text = String(validating: bytes, as: UTF8.self) else {
            throw FileFormatError(
                file: file, place: .line(Self.firstLineThatIsNotUTF8(bytes), field: nil),
                problem: "the text is not UTF-8", advice: "save it in that encoding")
        }
        if text.unicodeScalars.first == "\u{FEFF}" { text.unicodeScalars.removeFirst() }
        try Self.refuseAliasedNames(text, file: file)
        let root: Node?
        do {
            root = try Yams.compose(yaml: text, .basic, .default, .utf8)
        } catch let error as YamlError {
            throw FileFormatError(error, text: text, file: file)
        }
        guard let root else {
            throw FileFormatError(file: file, place: .line(1, field: nil), problem: "there is nothing in the file")
        }
        var unfolding = Unfolding(file: file)
        self = try unfolding.value(of: root)
    }

    private static func firstLineThatIsNotUTF8(_ bytes: [UInt8]) -> Int {
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        return 1 + (lines.firstIndex { String(validating: $0, as: UTF8.self) == nil } ?? 0)
    }

    /// The parser compares names by all they unfold to, which for a name of nested aliases takes for ever. Nobody names
    /// a setting so: such a text is refused before it is parsed.
    private static func refuseAliasedNames(_ text: String, file: String) throws {
        guard text.contains("*") else { return }
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let isExplicit = line.contains(#/(^|[\s\[{,\-?:])\?\s/#) || line.contains(#/(^|\s)\?$/#)
            if isExplicit || line.contains(#/(\*[^\s,\[\]{}]+|[\]}])\s*:(\s|$)/#) {
                throw FileFormatError(
                    file: file, place: .line(index + 1, field: nil),
                    problem: "an alias, a list or a mapping cannot be a name in a text with aliases")
            }
        }
    }
}

/// Turns the parser's nodes into values, and counts them.
private struct Unfolding {
    let file: String
    private var count = 0

    init(file: String) { self.file = file }

    private func error(_ problem: String, _ mark: Mark?) -> FileFormatError {
        FileFormatError(
            file: file, place: mark.map { .character(line: $0.line, column: $0.column) } ?? .whole, problem: problem)
    }

    mutating func value(of node: Node) throws -> YAMLValue {
        count += 1
        guard count <= YAMLValue.mostValues else {
            throw error("the aliases unfold to more than \(YAMLValue.mostValues) values", node.mark)
        }
        switch node {
        case .scalar(let scalar):
            return .scalar(scalar.string, isQuoted: scalar.style != .plain && scalar.style != .any)
        case .sequence(let sequence): return .sequence(try sequence.map { try value(of: $0) })
        case .mapping(let mapping): return .mapping(try members(of: mapping))
        case .alias: throw error("an alias of nothing", node.mark)
        }
    }

    /// The mapping's own members, after those that it merges and does not give itself.
    private mutating func members(of mapping: Node.Mapping) throws -> [YAMLValue.Member] {
        var own: [YAMLValue.Member] = []
        var merged: [YAMLValue.Member] = []
        for (key, node) in mapping {
            guard case .scalar(let name) = key else { throw error("a name is a word", key.mark) }
            let value = try value(of: node)
            if name.string == "<<", name.style == .plain {
                merged += try mergedMembers(value, key.mark).filter { member in
                    !merged.contains { $0.name == member.name }
                }
            } else {
                own.append(
                    .init(
                        name: name.string, line: key.mark?.line ?? 1, column: key.mark?.column ?? 1, value: value))
            }
        }
        let names = Set(own.map(\.name))
        return merged.filter { !names.contains($0.name) } + own
    }

    /// What `<<` brings: a mapping, or a list of mappings of which earlier ones come first.
    private func mergedMembers(_ value: YAMLValue, _ mark: Mark?) throws -> [YAMLValue.Member] {
        switch value {
        case .mapping(let members): return members
        case .sequence(let values):
            var all: [YAMLValue.Member] = []
            for value in values {
                all += try mergedMembers(value, mark).filter { member in !all.contains { $0.name == member.name } }
            }
            return all
        case .scalar: throw error("<< merges a mapping, such as <<: *defaults", mark)
        }
    }
}

extension FileFormatError {
    fileprivate init(_ error: YamlError, text: String, file: String) {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            let line = mark.line <= lines.count ? lines[mark.line - 1] : ""
            let isTab = line.prefix { $0 == " " || $0 == "\t" }.contains("\t")
            self.init(
                file: file, place: .character(line: mark.line, column: mark.column),
                problem: isTab ? "a tab stands where only blanks may indent" : "this is not YAML: \(problem)",
                advice: isTab ? "replace it by blanks" : nil)
        case .duplicatedKeysInMapping(let names, let context):
            self.init(
                file: file, place: .character(line: context.mark.line, column: context.mark.column),
                problem: "the name '\(names.first ?? "")' is given twice", advice: "keep one of them")
        case .reader(let problem, let offset, _, _):
            let before = text.prefix(offset ?? 0)
            self.init(
                file: file, place: .line(before.count { $0.isNewline } + 1, field: nil),
                problem: "this is not a text: \(problem)")
        default: self.init(file: file, problem: "this cannot be read as YAML")
        }
    }
}
