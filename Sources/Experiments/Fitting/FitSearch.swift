internal import FileFormats
internal import SupervisedLearning

/// What a fit's search goes through.
enum FitSearch {
    /// The space that was asked for, or the usual one; nil without a search.
    ///
    /// - Parameter goesOn: whether an earlier model is retrained, whose layers stay.
    /// - Throws: `ExperimentError` if a line cannot be understood, names no setting, or has a value that is none for it.
    static func space(
        _ settings: FitSettings, _ layers: SettingsLayers<FitSettings>, goesOn: Bool
    ) throws -> SearchSpace? {
        guard settings.selection.trials > 0 else { return nil }
        let lines = settings.selection.searchSpace
        guard !lines.isEmpty else {
            let usual = SearchSpace.standard(for: settings.fitting.model)
            return goesOn ? try SearchSpace(usual.dimensions.filter { changesTraining($0.name) }) : usual
        }
        do {
            var defaults: [String: String] = [:]
            for name in layers.names { defaults[name] = isWhole(name, layers) ? "1" : "0.5" }
            let space = try SearchSpace(lines: lines, defaults: defaults)
            for dimension in space.dimensions { try check(dimension, layers) }
            return space
        } catch let error as SearchSpaceError {
            throw ExperimentError(.usage, "\(error)")
        }
    }

    private static func changesTraining(_ name: String) -> Bool {
        ["learningRate", "weightDecay", "l1", "l2"].contains(name)
    }

    /// Whether the setting takes no numbers but whole ones.
    private static func isWhole(_ name: String, _ layers: SettingsLayers<FitSettings>) -> Bool {
        var layers = layers
        do {
            try layers.set(name, "0.5")
            _ = try layers.resolve { _ in }
            return false
        } catch {
            return true
        }
    }

    /// - Throws: `ExperimentError` for the first value at the ends of a range, or choice, that cannot be.
    private static func check(_ dimension: SearchSpace.Dimension, _ layers: SettingsLayers<FitSettings>) throws {
        guard layers.names.contains(dimension.name) else {
            throw ExperimentError(
                .usage, "there is no setting '\(dimension.name)' to search",
                advice: nearestName(to: dimension.name, among: layers.names).map { "did you mean '\($0)'?" })
        }
        let values =
            switch dimension.domain {
            case .real(let lower, let upper, _): ["\(lower)", "\(upper)"]
            case .whole(let lower, let upper, _): ["\(lower)", "\(upper)"]
            case .choices(let choices): choices
            }
        for value in values {
            var own = layers
            try own.set(dimension.name, value, source: "flag --search")
            _ = try own.resolve { try $0.validate() }
        }
    }
}
