import ArgumentParser
import Environments
import Experiments
import FileFormats
import Simulation

struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Hold an environment to the contract that algorithms rely on.",
        discussion: """
            The task is lived through with random, extreme and its own actions; beside copies that are fresh, that have \
            lived before and that were given its state; and in batches. Each rule that it breaks is told once, with where \
            that was seen and what to do. Errors end with the exit code 1, warnings do not. The work is done in a process \
            of its own: a task that traps is told of like any other.

            For a task of your own, `EnvironmentChecker(MyTask()).run()` does the same in a test.

            Examples:
              fledge check cart-pole
              fledge check pendulum:length=0.5..2 --seed 7 --steps 20000
              fledge check cart-pole --json
            """)

    @Argument(
        help: "The environment, by name (`fledge environments` lists them).", completion: CompletionNames.environment)
    var environment: String

    @Option(help: "The seed of starts and actions.")
    var seed: UInt64 = 0

    @Option(help: "How many steps each of some dozen courses takes.")
    var steps = 2000

    @Option(help: "After how many seconds a step that does not come back is given up.")
    var seconds = 120

    @OptionGroup var flags: ListingFlags

    @Option(help: .hidden)
    var stage: CheckProcess.Stage?

    func validate() throws {
        if !(1...1_000_000).contains(steps) { throw ValidationError("--steps takes a number from 1 to 1,000,000.") }
        if !(1...86_400).contains(seconds) { throw ValidationError("--seconds takes a number from 1 to 86,400.") }
    }

    func run() throws {
        let specification = try Environments.named(environment)
        let process = CheckProcess(environment: environment, seed: seed, steps: steps, seconds: seconds)
        if let stage { return try process.work(stage, on: specification) }
        var report = try process.report(on: .rules)
        // A task that traps by itself need not be given damaged states.
        if report.finding(.nothingTraps) == nil { report = report.merging(try process.report(on: .states)) }
        Terminal.output(
            flags.json
                ? try JSONLines.line(Answer(environment: specification.id, seed: seed, report: report))
                : text(report, of: specification.id))
        guard !report.errors.isEmpty else { return }
        throw ExperimentError(
            .failed, "\(specification.id) breaks \(count(report.errors.count, "rule")) of the contract of environments")
    }

    /// What `--json` prints.
    private struct Answer: Encodable {
        let environment: String
        let seed: UInt64
        let report: EnvironmentReport

        private enum Key: String, CodingKey { case environment, seed, isKept }

        func encode(to encoder: any Encoder) throws {
            try report.encode(to: encoder)
            var container = encoder.container(keyedBy: Key.self)
            try container.encode(environment, forKey: .environment)
            try container.encode(seed, forKey: .seed)
            try container.encode(report.errors.isEmpty, forKey: .isKept)
        }
    }

    private func text(_ report: EnvironmentReport, of id: String) -> String {
        let extent = "\(count(report.rules.count, "rule")), \(Numbers.grouped(report.stepCount)) steps"
        let verdict = report.errors.isEmpty ? "keeps" : "breaks"
        let numbers = [(report.errors, "error"), (report.warnings, "warning")].filter { !$0.0.isEmpty }
            .map { count($0.0.count, $0.1) }
        let lines = (report.errors + report.warnings).map { finding in
            let place = finding.place.map { "\($0) " } ?? ""
            return "\n\(finding.severity.rawValue): \(finding.rule.rawValue): a task \(finding.rule.statement)\n"
                + "  seen: \(place)\(Escaping.printable(finding.seen))\n  to do: \(finding.advice)\n"
        }
        return "\(id) \(verdict) the contract: \(([extent] + numbers).joined(separator: "; "))\n"
            + lines.joined()
    }

    private func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
}
