internal import FileFormats
public import Simulation

/// Tuned settings: a recipe that comes with an environment, the user's own settings file, or the environment's entry in
/// a file of rl-baselines3-zoo.
public struct Recipe: Sendable {
    /// The algorithm that the recipe is for, if it says so.
    public let algorithm: String?
    /// In the file's order, each with its source: "recipe zoo", or "recipe my.yml line 3".
    let settings: [GivenSetting]

    /// A recipe of the environment by name ("zoo", "cleanrl"), or a file by its path.
    ///
    /// - Throws: `ExperimentError` if there is neither, or the file does not hold settings.
    public init(named name: String, for environment: EnvironmentSpecification) throws {
        if let bytes = environment.recipes.first(where: { $0.key == name })?.value {
            let file = try SettingsFile(bytes, path: "\(environment.id).\(name).json")
            self.init(
                algorithm: file.algorithm,
                settings: file.settings().map {
                    GivenSetting($0.name, $0.value, source: "recipe \(name)", place: $0.place)
                })
            return
        }
        let known = environment.recipes.map(\.key)
        guard name.contains("/") || name.contains(".") else {
            throw ExperimentError.unknown(
                "recipe", name, known: known + ["any YAML or JSON file by its path"],
                nearest: nearestName(to: name, among: known))
        }
        try self.init(try SettingsFile(reading: name), for: environment)
    }

    init(_ file: SettingsFile, for environment: EnvironmentSpecification) throws {
        if ZooRecipe.isZoo(file) {
            self.init(algorithm: "ppo", settings: try ZooRecipe.settings(of: environment, in: file))
        } else {
            self.init(algorithm: file.algorithm, settings: file.settings("recipe"))
        }
    }

    private init(algorithm: String?, settings: [GivenSetting]) {
        self.algorithm = algorithm
        self.settings = settings
    }
}
