/// A setting as it was typed.
public struct GivenSetting: Sendable, Equatable {
    public var name: String
    public var words: String
    /// The flag that it came with: "flag --set".
    public var source: String

    public init(_ name: String, _ words: String, source: String = "flag --set") {
        self.name = name
        self.words = words
        self.source = source
    }
}

extension SettingsLayers {
    /// Defaults, a recipe, and single settings in the order in which they were given.
    ///
    /// - Throws: `ExperimentError` if a name is unknown or a value of the wrong type.
    init(defaults: Settings, recipe: Recipe? = nil, flags: [GivenSetting]) throws {
        try self.init(defaults: defaults)
        if let recipe { try apply(recipe) }
        for flag in flags { try set(flag.name, flag.words, source: flag.source) }
    }
}
