/// The value of a setting as `run.json` holds it.
public enum SettingValue: Sendable, Equatable, Codable, CustomStringConvertible {
    case none
    case boolean(Bool)
    case integer(Int64)
    case number(Double)
    case text(String)
    case list([SettingValue])

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .none
        } else if let value = try? container.decode(Bool.self) {
            self = .boolean(value)
        } else if let value = try? container.decode(Int64.self) {
            self = .integer(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .text(value)
        } else {
            self = .list(try container.decode([SettingValue].self))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .none: try container.encodeNil()
        case .boolean(let value): try container.encode(value)
        case .integer(let value): try container.encode(value)
        case .number(let value): try container.encode(value)
        case .text(let value): try container.encode(value)
        case .list(let values): try container.encode(values)
        }
    }

    public var description: String {
        switch self {
        case .none: "none"
        case .boolean(let value): "\(value)"
        case .integer(let value): "\(value)"
        case .number(let value): "\(value)"
        case .text(let value): value
        case .list(let values): "[" + values.map(\.description).joined(separator: ", ") + "]"
        }
    }
}

/// A setting as a run uses it, and where its value came from.
public struct ResolvedSetting: Sendable, Equatable, Codable {
    public var value: SettingValue
    /// "default", "recipe zoo", "flag --steps" or "flag --set".
    public var source: String

    public init(value: SettingValue, source: String) {
        self.value = value
        self.source = source
    }
}
