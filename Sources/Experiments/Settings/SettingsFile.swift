internal import FileFormats
internal import Foundation

/// Settings from a file, YAML or JSON:
/// ```yaml
/// algorithm: ppo            # whose settings they are; may be left out
/// learningRate: 1e-3
/// hiddenSizes: [64, 64]
/// ppo:                      # what only this algorithm is to take
///   clipRange: 0.1
/// ```
/// Members of a section are addressed by its name and a dot, here as in `--set`: `ppo.clipRange`. A section is a nested
/// structure of the settings, or the name of an algorithm; those of other algorithms are passed over, so that one file
/// can serve several verbs.
public struct SettingsFile: Sendable {
    /// Where a value stands, both counted from 1.
    struct Place: Sendable, Equatable {
        let file: String
        /// nil where only the file is known.
        let line: Int?
        /// nil in JSON.
        let column: Int?

        /// "my.yml line 3"
        var name: String { file + (line.map { " line \($0)" } ?? "") }

        /// "my.yml, line 3, column 5: "
        var prefix: String {
            file + (line.map { ", line \($0)" } ?? "") + (column.map { ", column \($0)" } ?? "") + ": "
        }
    }

    /// A value as the file writes it.
    indirect enum Value: Sendable, Equatable {
        /// A word or number of YAML, to be read as the type that the setting has.
        case words(String)
        /// A value of JSON, or what stands between quotes in YAML.
        case json(String)
        case list([Value])
        case section([Member])
    }

    struct Member: Sendable, Equatable {
        let name: String
        let place: Place
        let value: Value
    }

    /// The name under which a file says which algorithm it is for.
    static let algorithmName = "algorithm"

    /// The file's path.
    public let path: String
    let members: [Member]

    /// - Throws: `ExperimentError`: of the kind `missingInput` if there is no such file, else `configuration`.
    public init(reading path: String) throws {
        guard access(path, F_OK) == 0 else {
            do {
                _ = try readFile(path, limit: 1)
            } catch {
                throw ExperimentError(.missingInput, "\(error)")
            }
            throw ExperimentError(.missingInput, "\(path): there is no such file")
        }
        do {
            try self.init(try readFile(path, limit: YAMLValue.largestText), path: path)
        } catch let error as FileFormatError {
            throw ExperimentError(.configuration, "\(error)")
        }
    }

    /// - Parameter path: how errors call the file; a name that ends in `.json` means JSON.
    init(_ bytes: [UInt8], path: String) throws {
        self.path = path
        do {
            members =
                path.lowercased().hasSuffix(".json")
                ? try Self.json(bytes, path: path) : try Self.yaml(bytes, path: path)
        } catch let error as FileFormatError {
            throw ExperimentError(.configuration, "\(error)")
        }
    }

    /// The algorithm that the file is for, if it says so.
    public var algorithm: String? {
        switch members.first(where: { $0.name == Self.algorithmName })?.value {
        case .words(let text): text
        case .json(let text): try? JSONDecoder().decode(String.self, from: Data(text.utf8))
        default: nil
        }
    }

    /// Every value, sections unfolded, marked with its line: "settings my.yml line 3".
    ///
    /// - Parameter kind: how the marks begin: "settings" or "recipe".
    public func settings(_ kind: String = "settings") -> [GivenSetting] {
        Self.settings(members.filter { $0.name != Self.algorithmName }, prefix: "") { place in
            "\(kind) \(place.name)"
        }
    }

    static func settings(_ members: [Member], prefix: String, source: (Place) -> String) -> [GivenSetting] {
        members.flatMap { member -> [GivenSetting] in
            let name = prefix + member.name
            if case .section(let inner) = member.value, !inner.isEmpty {
                return settings(inner, prefix: name + ".", source: source)
            }
            return [GivenSetting(name, member.value.given, source: source(member.place), place: member.place)]
        }
    }

    private static func json(_ bytes: [UInt8], path: String) throws -> [Member] {
        var reader = ByteReader(bytes, file: path)
        let value = try JSONValue(from: &reader)
        guard case .object(let members) = value, reader.isAtEnd else {
            throw reader.error("settings are one JSON object")
        }
        let lineStarts = [0] + bytes.indices.filter { bytes[$0] == UInt8(ascii: "\n") }.map { $0 + 1 }
        func settings(_ members: [JSONValue.Member]) -> [Member] {
            members.map { member in
                let line = lineStarts.lastIndex { $0 <= member.offset } ?? 0
                let value: Value =
                    if case .object(let inner) = member.value { .section(settings(inner)) } else {
                        .json(member.value.text)
                    }
                return Member(
                    name: member.name, place: Place(file: path, line: line + 1, column: nil), value: value)
            }
        }
        return settings(members)
    }

    private static func yaml(_ bytes: [UInt8], path: String) throws -> [Member] {
        switch try YAMLValue(bytes, file: path) {
        case .mapping(let members): return members.map { Member($0, file: path) }
        case .scalar("", isQuoted: false):
            throw FileFormatError(
                file: path, problem: "there are no settings in the file",
                advice: "write one a line, such as learningRate: 1e-3")
        default:
            throw FileFormatError(
                file: path, problem: "settings are names with values", advice: "write learningRate: 1e-3")
        }
    }
}

extension SettingsFile.Member {
    fileprivate init(_ member: YAMLValue.Member, file: String) {
        self.init(
            name: member.name, place: .init(file: file, line: member.line, column: member.column),
            value: .init(member.value, file: file))
    }
}

extension SettingsFile.Value {
    fileprivate init(_ value: YAMLValue, file: String) {
        switch value {
        case .scalar(let text, isQuoted: true): self = .json(JSONValue.quoted(text))
        case .scalar("", isQuoted: _), .scalar("~", isQuoted: _), .scalar("null", isQuoted: _): self = .json("null")
        // Python writes these with a capital.
        case .scalar("True", isQuoted: _): self = .words("true")
        case .scalar("False", isQuoted: _): self = .words("false")
        case .scalar(let text, isQuoted: _): self = .words(text)
        case .sequence(let values): self = .list(values.map { .init($0, file: file) })
        case .mapping(let members): self = .section(members.map { .init($0, file: file) })
        }
    }

    /// What a setting is decoded from.
    var given: SettingsDecoder.Given {
        if case .words(let text) = self { .words(text) } else { .json(json) }
    }

    /// As JSON: a word stands as it is where it is a JSON text, and as a string elsewhere.
    private var json: String {
        switch self {
        case .words(let text):
            if (try? JSONDecoder().decode(SettingValue.self, from: Data(text.utf8))) != nil {
                text
            } else {
                JSONValue.quoted(text)
            }
        case .json(let text): text
        case .list(let values): "[" + values.map(\.json).joined(separator: ",") + "]"
        case .section(let members):
            "{" + members.map { JSONValue.quoted($0.name) + ":" + $0.value.json }.joined(separator: ",") + "}"
        }
    }
}

extension JSONValue {
    /// The value as JSON.
    fileprivate var text: String {
        switch self {
        case .null: "null"
        case .boolean(let value): "\(value)"
        case .number(let text): text
        case .string(let string): JSONValue.quoted(string)
        case .array(let elements): "[" + elements.map(\.text).joined(separator: ",") + "]"
        case .object(let members):
            "{" + members.map { JSONValue.quoted($0.name) + ":" + $0.value.text }.joined(separator: ",") + "}"
        }
    }
}
