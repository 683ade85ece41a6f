import Simulation
import Testing

/// A task with a mistake that people make, and the rule that has to tell of it.
struct SeededBug: CustomTestStringConvertible, Sendable {
    let name: String
    /// nil for a mistake that cannot be told from a task that is meant to be so.
    let rule: EnvironmentRule?
    let check: @Sendable () -> EnvironmentReport

    init(_ name: String, _ rule: EnvironmentRule?, _ task: some Environment, stepLimit: Int? = 200) {
        self.name = name
        self.rule = rule
        check = { EnvironmentChecker(task, stepLimit: stepLimit, seed: 11).run() }
    }

    var testDescription: String { name }

    static let catalogue = spaces + observations + masks + rewards + episodes + states + parameters + batches

    /// Each checked once, one after the other: some share static variables on purpose.
    static let reports = Dictionary(uniqueKeysWithValues: catalogue.map { ($0.name, $0.check()) })

    var report: EnvironmentReport { Self.reports[name] ?? check() }
}
