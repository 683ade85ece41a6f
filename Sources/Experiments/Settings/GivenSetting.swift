/// A setting as it was typed, or as it stands in a file.
public struct GivenSetting: Sendable, Equatable {
    /// Members of a nested structure are named by their path: "optimizer.learningRate".
    public var name: String
    let value: SettingsDecoder.Given
    /// "flag --set", "settings my.yml line 3".
    public var source: String
    /// nil for the command line.
    let place: SettingsFile.Place?

    public init(_ name: String, _ words: String, source: String = "flag --set") {
        self.init(name, .words(words), source: source, place: nil)
    }

    init(_ name: String, _ value: SettingsDecoder.Given, source: String, place: SettingsFile.Place?) {
        self.name = name
        self.value = value
        self.source = source
        self.place = place
    }
}

extension SettingsLayers {
    /// Defaults, a recipe, and single settings of which later ones override earlier ones: those of a file, those of
    /// `--set`, those of flags.
    ///
    /// - Parameter algorithm: whose settings they are: its name may stand before a setting's, as in "ppo.clipRange".
    /// - Throws: `ExperimentError` if a name is unknown or a value of the wrong type.
    init(defaults: Settings, algorithm: String, recipe: Recipe? = nil, given: [GivenSetting]) throws {
        try self.init(defaults: defaults, algorithm: algorithm)
        if let recipe { try apply(recipe) }
        for setting in given { try apply(setting) }
    }
}
