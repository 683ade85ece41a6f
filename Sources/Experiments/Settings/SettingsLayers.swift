internal import FileFormats
internal import Foundation

/// Settings put together from layers: the defaults, a recipe, single flags. Each layer overrides those before it, and
/// every value remembers which layer it came from.
public struct SettingsLayers<Settings: Codable & Sendable>: Sendable {
    private var given: [String: SettingsDecoder.Given] = [:]
    private var sources: [String: String] = [:]
    /// The settings' names in the order of their declaration.
    public let names: [String]

    /// - Throws: what the defaults' `encode(to:)` throws.
    public init(defaults: Settings) throws {
        for (name, value) in try SettingsLayers.values(of: defaults) {
            given[name] = .json(try SettingsLayers.json(value))
        }
        let decoder = SettingsDecoder(given)
        _ = try Settings(from: decoder)
        names = decoder.names
    }

    /// Lays the recipe's values over what was there.
    ///
    /// - Throws: `ExperimentError` naming the recipe's file and line, if a name is unknown or a value of the wrong type.
    public mutating func apply(_ recipe: Recipe) throws {
        for member in recipe.members where member.name != Recipe.algorithmName {
            let place = recipe.place(of: member)
            try override(member.name, .json(member.json), source: recipe.source, kind: .configuration, place: place)
        }
    }

    /// Lays one value over what was there, as it was typed: `learningRate`, `3e-4`.
    ///
    /// - Parameter source: the flag that it came with: "flag --set".
    /// - Throws: `ExperimentError` if the name is unknown (it suggests the nearest) or the value of the wrong type.
    public mutating func set(_ name: String, _ words: String, source: String = "flag --set") throws {
        try override(name, .words(words), source: source, kind: .usage, place: "")
    }

    private mutating func override(
        _ name: String, _ value: SettingsDecoder.Given, source: String, kind: ExperimentError.Kind, place: String
    ) throws {
        guard names.contains(name) else {
            let nearest = nearestName(to: name, among: names)
            var error = ExperimentError.unknown("setting", name, known: names, nearest: nearest, kind: kind)
            if !place.isEmpty { error = ExperimentError(kind, place + error.problem, advice: error.advice) }
            throw error
        }
        given[name] = value
        sources[name] = source
        do {
            _ = try Settings(from: SettingsDecoder(given))
        } catch let mismatch as SettingsDecoder.Mismatch {
            let text =
                switch value {
                case .json(let text), .words(let text): text
                }
            throw ExperimentError(
                kind, "\(place)the setting '\(name)' takes \(mismatch.expected), not '\(text)'",
                advice: nearestName(to: text, among: mismatch.choices).map { "did you mean '\($0)'?" })
        }
    }

    /// The settings that the layers make, checked by `validate`, and each value with its source.
    ///
    /// - Throws: `ExperimentError` with what `validate` found.
    public func resolve(
        _ validate: (Settings) throws -> Void
    ) throws -> (settings: Settings, values: [String: ResolvedSetting]) {
        let settings = try Settings(from: SettingsDecoder(given))
        do {
            try validate(settings)
        } catch {
            let isFlag = sources.values.contains { $0.hasPrefix("flag") }
            throw ExperimentError(isFlag ? .usage : .configuration, "\(error)")
        }
        let values = try SettingsLayers.values(of: settings)
        return (
            settings,
            Dictionary(
                uniqueKeysWithValues: values.map { name, value in
                    (name, ResolvedSetting(value: value, source: sources[name] ?? "default"))
                })
        )
    }

    private static func values(of settings: Settings) throws -> [String: SettingValue] {
        try JSONDecoder().decode([String: SettingValue].self, from: JSONEncoder().encode(settings))
    }

    private static func json(_ value: SettingValue) throws -> String {
        String(decoding: try JSONEncoder().encode(value), as: UTF8.self)
    }
}
