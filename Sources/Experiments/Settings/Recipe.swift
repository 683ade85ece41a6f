internal import FileFormats
public import Simulation

/// Tuned settings from a JSON file: one that comes with an environment, or the user's own.
public struct Recipe: Sendable {
    struct Member: Sendable {
        let name: String
        let offset: Int
        let json: String
    }

    /// The name under which a recipe says which algorithm it is for.
    static let algorithmName = "algorithm"

    /// "recipe zoo" or "recipe my-settings.json": what its values are marked with.
    public let source: String
    /// The file's path, or how the embedded one is called.
    let file: String
    let members: [Member]
    private let lineStarts: [Int]

    /// A recipe of the environment by name ("zoo", "cleanrl"), or a JSON file by path.
    ///
    /// - Throws: `ExperimentError` if there is neither, or the file is no JSON object.
    public init(named name: String, for environment: EnvironmentSpecification) throws {
        if let bytes = environment.recipes.first(where: { $0.key == name })?.value {
            try self.init(bytes, file: "\(environment.id).\(name).json", source: "recipe \(name)")
            return
        }
        let known = environment.recipes.map(\.key)
        guard name.contains("/") || name.contains(".") else {
            throw ExperimentError.unknown(
                "recipe", name, known: known + ["any JSON file by its path"],
                nearest: nearestName(to: name, among: known))
        }
        let bytes: [UInt8]
        do {
            bytes = try readFile(name, limit: 1 << 20)
        } catch {
            throw ExperimentError(.missingInput, "\(error)")
        }
        try self.init(bytes, file: name, source: "recipe \(name)")
    }

    init(_ bytes: [UInt8], file: String, source: String) throws {
        self.file = file
        self.source = source
        do {
            var reader = ByteReader(bytes, file: file)
            let value = try JSONValue(from: &reader)
            guard case .object(let members) = value, reader.isAtEnd else {
                throw reader.error("a recipe is one JSON object of settings")
            }
            self.members = members.map { Member(name: $0.name, offset: $0.offset, json: $0.value.text) }
        } catch {
            throw ExperimentError(.configuration, "\(error)")
        }
        lineStarts = [0] + bytes.indices.filter { bytes[$0] == UInt8(ascii: "\n") }.map { $0 + 1 }
    }

    /// The algorithm that the recipe is for, if it says so.
    public var algorithm: String? {
        guard let json = members.first(where: { $0.name == Recipe.algorithmName })?.json else { return nil }
        return String(json.dropFirst().dropLast())
    }

    /// "my-settings.json, line 3: "
    func place(of member: Member) -> String {
        let line = lineStarts.lastIndex { $0 <= member.offset } ?? 0
        return "\(file), line \(line + 1): "
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
