/// Different names and the place of each among them.
public struct NameIndex: Sendable, Equatable {
    public let names: [String]
    private let places: [String: Int32]

    /// - Precondition: no name occurs twice.
    public init(_ names: [String]) {
        self.names = names
        places = Self.places(names)
        precondition(places.count == names.count, "\(names.count) names, of which \(places.count) differ")
    }

    private static func places(_ names: [String]) -> [String: Int32] {
        Dictionary(names.enumerated().map { ($1, Int32($0)) }) { first, _ in first }
    }

    public var count: Int { names.count }

    /// The place of a name, from 0; nil if it is none of the names.
    public subscript(name: String) -> Int32? { places[name] }
}

extension NameIndex: Codable {
    public init(from decoder: any Decoder) throws {
        let names = try decoder.singleValueContainer().decode([String].self)
        guard Self.places(names).count == names.count else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "a name occurs twice"))
        }
        self.init(names)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(names)
    }
}
