internal import SupervisedLearning
internal import UnsupervisedLearning

/// What the settings of a run are where nothing else was said.
enum DefaultSettings {
    /// nil where it is not known: for an algorithm that this program does not have.
    static func of(_ record: RunRecord) -> [String: SettingValue]? {
        switch record.verb {
        case "train": TrainingAlgorithm.all.first { $0.id == record.algorithm }?.defaults
        case "cluster": values(of: KMeansSettings())
        case "encode": values(of: AutoencoderSettings())
        // They depend on the data: what was not given is what was chosen.
        case "fit": record.settings.mapValues { $0.source == "default" ? $0.value : SettingValue.none }
        default: nil
        }
    }

    /// The names of the settings whose values are others, sorted; where defaults are not known, of those that were given.
    static func changed(in record: RunRecord) -> [String] {
        let defaults = of(record)
        return record.settings.keys.sorted().filter { name in
            defaults.map { $0[name] != record.settings[name]?.value } ?? (record.settings[name]?.source != "default")
        }
    }

    static func values(of settings: some Codable & Sendable) -> [String: SettingValue]? {
        try? SettingsLayers(defaults: settings).resolve { _ in }.values.mapValues(\.value)
    }
}
