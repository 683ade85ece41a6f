internal import FileFormats
internal import Foundation
internal import SupervisedLearning
internal import UnsupervisedLearning

/// Settings put together from layers: the defaults, a recipe, a settings file, `--set`, single flags. Each layer
/// overrides those before it, and every value remembers which layer it came from.
///
/// Members of nested structures are named by their path: `optimizer.learningRate`.
public struct SettingsLayers<Settings: Codable & Sendable>: Sendable {
    private var given: [String: SettingsDecoder.Given] = [:]
    private var sources: [String: GivenSetting] = [:]
    /// The settings' names in the order of their declaration.
    public let names: [String]
    /// Its name may stand before a setting's.
    private let algorithm: String?

    /// - Throws: what the defaults' `encode(to:)` throws.
    public init(defaults: Settings, algorithm: String? = nil) throws {
        for (name, value) in try SettingsLayers.values(of: defaults) {
            given[name] = .json(try SettingsLayers.json(value))
        }
        let decoder = SettingsDecoder(given)
        _ = try Settings(from: decoder)
        names = decoder.names
        self.algorithm = algorithm
    }

    /// Lays the recipe's values over what was there.
    ///
    /// - Throws: `ExperimentError` naming the recipe's file and line, if a name is unknown or a value of the wrong type.
    public mutating func apply(_ recipe: Recipe) throws {
        for setting in recipe.settings { try apply(setting) }
    }

    /// Lays one value over what was there, as it was typed: `learningRate`, `3e-4`.
    ///
    /// - Parameter source: the flag that it came with: "flag --set".
    /// - Throws: `ExperimentError` if the name is unknown (it suggests the nearest) or the value of the wrong type.
    public mutating func set(_ name: String, _ words: String, source: String = "flag --set") throws {
        try apply(GivenSetting(name, words, source: source))
    }

    /// Lays the settings of an earlier run over what was there.
    ///
    /// - Parameter source: what their values are marked with; nil for what they were marked with then.
    /// - Throws: `ExperimentError` if the run has a setting that there is none of any more.
    mutating func apply(_ recorded: [String: ResolvedSetting], from run: String, source: String? = nil) throws {
        let place = SettingsFile.Place(file: run + "/run.json", line: nil, column: nil)
        for (name, setting) in recorded.sorted(by: { $0.key < $1.key }) {
            let value = SettingsDecoder.Given.json(try SettingsLayers.json(setting.value))
            try apply(GivenSetting(name, value, source: source ?? setting.source, place: place))
        }
    }

    /// Lays one value over what was there. A section of a file that is another algorithm's is passed over.
    ///
    /// - Throws: `ExperimentError` with file and line, if the name is unknown or the value of the wrong type.
    public mutating func apply(_ setting: GivenSetting) throws {
        var name = setting.name
        if let dot = name.firstIndex(of: "."), !names.contains(name) {
            let section = String(name[..<dot])
            if section == algorithm {
                name = String(name[name.index(after: dot)...])
            } else if setting.place != nil, AlgorithmNames.all.contains(section) {
                return
            }
        }
        // An algorithm's section with nothing in it.
        if setting.place != nil, AlgorithmNames.all.contains(name),
            ["", "~", "null", "{}"].contains(setting.value.text)
        {
            return
        }
        guard names.contains(name) else { throw unknown(name, setting) }
        given[name] = setting.value
        sources[name] = setting
        do {
            _ = try Settings(from: SettingsDecoder(given))
        } catch let mismatch as SettingsDecoder.Mismatch {
            throw error(
                "the setting '\(name)' takes \(mismatch.expected), not '\(setting.value.text)'", at: setting,
                advice: nearestName(to: setting.value.text, among: mismatch.choices).map { "did you mean '\($0)'?" })
        }
    }

    private func unknown(_ name: String, _ setting: GivenSetting) -> ExperimentError {
        let members = names.filter { $0.hasPrefix(name + ".") }
        if !members.isEmpty {
            return error(
                "'\(name)' is not a setting but a group of them", at: setting,
                advice: "set \(members.joined(separator: ", "))")
        }
        // Whoever left out the path gets it told.
        let complete = names.first { $0.hasSuffix("." + name) }
        let nearest = complete ?? nearestName(to: name, among: names) ?? nearestSection(name, setting)
        return error(
            "there is no setting '\(name)'", at: setting,
            advice: nearest.map { "did you mean '\($0)'?" } ?? "there are " + names.joined(separator: ", "))
    }

    /// The name with the algorithm that its section is nearly called after.
    private func nearestSection(_ name: String, _ setting: GivenSetting) -> String? {
        let parts = name.split(separator: ".", maxSplits: 1).map(String.init)
        guard setting.place != nil, let section = parts.first else { return nil }
        return nearestName(to: section, among: AlgorithmNames.all).map {
            ([$0] + parts.dropFirst()).joined(separator: ".")
        }
    }

    private func error(_ problem: String, at setting: GivenSetting?, advice: String?) -> ExperimentError {
        ExperimentError(
            setting?.place == nil ? .usage : .configuration, (setting?.place?.prefix ?? "") + problem, advice: advice)
    }

    /// The settings that the layers make, checked by `validate`, and each value with its source.
    ///
    /// - Throws: `ExperimentError` with what `validate` found, and the file and line that it came from.
    public func resolve(
        _ validate: (Settings) throws -> Void
    ) throws -> (settings: Settings, values: [String: ResolvedSetting]) {
        let settings = try Settings(from: SettingsDecoder(given))
        do {
            try validate(settings)
        } catch {
            let setting = sources[SettingsLayers.name(in: error) ?? ""]
            let isFromFiles = !sources.isEmpty && sources.values.allSatisfy { $0.place != nil }
            guard setting == nil, isFromFiles else { throw self.error("\(error)", at: setting, advice: nil) }
            throw ExperimentError(.configuration, "\(error)")
        }
        let values = try SettingsLayers.values(of: settings)
        return (
            settings,
            Dictionary(
                uniqueKeysWithValues: values.map { name, value in
                    (name, ResolvedSetting(value: value, source: sources[name]?.source ?? "default"))
                })
        )
    }

    /// The setting that an error of `validate` is about.
    private static func name(in error: any Error) -> String? {
        if case .setting(let name, _, _)? = error as? ClusteringError { return name }
        return (error as? InvalidSetting)?.name
    }

    private static func values(of settings: Settings) throws -> [(name: String, value: SettingValue)] {
        try JSONDecoder().decode(SettingTree.self, from: JSONEncoder().encode(settings)).leaves()
    }

    private static func json(_ value: SettingValue) throws -> String {
        String(decoding: try JSONEncoder().encode(value), as: UTF8.self)
    }
}

/// Settings as they encode themselves: values, and structures of values.
private indirect enum SettingTree: Decodable {
    case value(SettingValue)
    case structure([String: SettingTree])

    init(from decoder: any Decoder) throws {
        if let value = try? SettingValue(from: decoder) {
            self = .value(value)
        } else {
            self = .structure(try decoder.singleValueContainer().decode([String: SettingTree].self))
        }
    }

    /// Each value under its path.
    func leaves(_ path: String = "") -> [(name: String, value: SettingValue)] {
        switch self {
        case .value(let value): [(path, value)]
        case .structure(let members):
            members.sorted { $0.key < $1.key }.flatMap { name, tree in
                tree.leaves(path.isEmpty ? name : path + "." + name)
            }
        }
    }
}
