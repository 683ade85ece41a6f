import ArgumentParser
import Experiments

/// What every verb that makes a run understands.
struct RunFlags: ParsableArguments {
    @Option(help: "The run's folder in runs/, an error if it exists (default: a readable unique name).")
    var name: String?

    @Option(
        name: .customLong("settings"),
        help: ArgumentHelp("Settings from a YAML or JSON file; --set and flags override them.", valueName: "file"),
        completion: CompletionNames.settingsFile)
    var settingsFile: String?

    @Option(
        name: .customLong("set"),
        help: ArgumentHelp(
            "One setting; may be repeated. A nested one is named by its path: a.b=c.", valueName: "key=value"),
        completion: CompletionNames.setting)
    var assignments: [String] = []

    @Flag(
        name: .customLong("dry-run"),
        help: "Print what would run, for how long, and how much memory and disk it takes; write nothing.")
    var isDry = false

    @OptionGroup var driving: DrivingFlags

    /// The settings that came in a file.
    func file() throws -> SettingsFile? { try settingsFile.map { try SettingsFile(reading: $0) } }

    /// The settings that came in a file, with `--set` and with the verb's own flags, of which later ones override
    /// earlier ones: `("clusters", 10)` for `--clusters 10`.
    ///
    /// - Parameter algorithm: whose settings they are.
    func settings(
        of algorithm: String, _ flags: (name: String, value: Int?)..., in file: SettingsFile? = nil
    ) throws -> [GivenSetting] {
        let file = try file ?? self.file()
        if let file, let other = file.algorithm, other != algorithm {
            throw ExperimentError(
                .usage, "the settings in \(file.path) are for \(other), not for \(algorithm)")
        }
        let own = flags.compactMap { flag in
            flag.value.map { GivenSetting(flag.name, "\($0)", source: "flag --\(flag.name)") }
        }
        return (file?.settings() ?? []) + (try assigned) + own
    }

    /// Those that came with `--set`, in order.
    private var assigned: [GivenSetting] {
        get throws {
            try assignments.map { assignment in
                guard let equals = assignment.firstIndex(of: "="), equals != assignment.startIndex else {
                    throw ExperimentError(
                        .usage, "'--set \(assignment)' has no value", advice: "write --set key=value")
                }
                return GivenSetting(
                    String(assignment[..<equals]), String(assignment[assignment.index(after: equals)...]))
            }
        }
    }

    /// Does the work of the experiment that `make` yields and prints what came of it; or, for a dry run, prints what it
    /// would do and take.
    func carryOut(_ make: () throws -> any Experiment) throws {
        guard isDry else {
            _ = try driving.drive(name: name) { try $0.run(make()) }
            return
        }
        let forecast = try RunForecast(make())
        Terminal.output(
            driving.json
                ? try forecast.json() + "\n" : ForecastText(forecast: forecast).text(width: Terminal.outputWidth))
        try forecast.requireDisk()
    }
}
