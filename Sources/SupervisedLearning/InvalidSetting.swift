/// A setting with a value that makes no sense.
public struct InvalidSetting: Error, Equatable, CustomStringConvertible {
    /// The setting's name, as recipes spell it.
    public let name: String
    public let value: String
    /// What the value must be, as the rest of a sentence: "must be at least 1".
    public let requirement: String

    public init(_ name: String, _ value: some Any, _ requirement: String) {
        self.name = name
        self.value = String(describing: value)
        self.requirement = requirement
    }

    public var description: String { "\(name) is \(value); it \(requirement)" }

    /// - Throws: `InvalidSetting` unless `isValid`; `range` goes on "must be": "at least 1".
    package static func check(_ name: String, _ value: some Any, _ range: String, _ isValid: Bool) throws {
        if !isValid { throw InvalidSetting(name, value, "must be \(range)") }
    }
}
