internal import Foundation

/// Settings in a stored model. One that was stored by a version which did not have some of them yet has their defaults;
/// those that there are no more are passed over.
@propertyWrapper
struct SettingsOfAnyVersion: Codable, Equatable, Sendable {
    var wrappedValue: FittingSettings

    init(wrappedValue: FittingSettings) { self.wrappedValue = wrappedValue }

    init(from decoder: any Decoder) throws {
        let stored = try decoder.singleValueContainer().decode([String: StoredValue].self)
        let defaults = try JSONDecoder().decode(
            [String: StoredValue].self, from: JSONEncoder().encode(FittingSettings()))
        let complete = defaults.merging(stored) { $1 }
        wrappedValue = try JSONDecoder().decode(FittingSettings.self, from: JSONEncoder().encode(complete))
    }

    func encode(to encoder: any Encoder) throws { try wrappedValue.encode(to: encoder) }
}

/// A setting's value, whatever it is.
private enum StoredValue: Codable {
    case truth(Bool)
    case whole(Int64)
    case number(Double)
    case text(String)
    case list([StoredValue])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let value = try? container.decode(Bool.self) {
            self = .truth(value)
        } else if let value = try? container.decode(Int64.self) {
            self = .whole(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .text(value)
        } else {
            self = .list(try container.decode([StoredValue].self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .truth(let value): try container.encode(value)
        case .whole(let value): try container.encode(value)
        case .number(let value): try container.encode(value)
        case .text(let value): try container.encode(value)
        case .list(let values): try container.encode(values)
        }
    }
}
