import ArgumentParser
import Environments
import Experiments
import FileFormats
import Foundation
import Simulation

struct EnvironmentsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "environments", abstract: "List the environments to train in.",
        discussion: """
            With a name, all about one of them: its spaces, its actions, and the constants that may follow its name, \
            such as cart-pole:poleMass=0.2,force=5..15 (a range is drawn from for each episode).

            Examples:
              fledge environments
              fledge environments lunar-lander
              fledge environments --json
            """)

    @Argument(
        help: "One environment, by any of its names (default: all).", completion: CompletionNames.environment)
    var environment: String?

    @OptionGroup var flags: ListingFlags

    func run() throws {
        if let environment {
            let specification = try Environments.named(environment)
            return Terminal.output(
                flags.json ? try JSONLines.line(EnvironmentEntry(specification)) : description(of: specification))
        }
        let entries = Environments.all.map { EnvironmentEntry($0) }
        if flags.json { return Terminal.output(try JSONLines.line(["environments": entries])) }
        let all = Environments.all
        func number(_ value: Double?) -> String { value.map { Numbers.short($0) } ?? "" }
        Terminal.output(
            FittedTable([
                // A terminal as narrow as a pocket calculator's has no room for the longest names.
                .init("environment", all.map(\.id), least: (Terminal.outputWidth ?? 80) < 30 ? 18 : nil),
                .init("also", all.map { $0.gymnasiumID ?? $0.aliases.first ?? "" }, rank: 2),
                .init("sees", all.map { "\($0.observationSpace)" }, rank: 4),
                .init("does", all.map { "\($0.actionSpace)" }, rank: 3),
                .init("limit", all.map { $0.stepLimit.map { Numbers.grouped($0) } ?? "" }, isNumber: true, rank: 5),
                .init("solved", all.map { number($0.solvedReturn) }, isNumber: true, rank: 6),
                .init("random", all.map { number($0.randomReturn) }, isNumber: true, rank: 7),
                .init("best", all.map { number($0.bestReturn) }, isNumber: true, rank: 8),
                .init("what it is", all.map(\.summary), least: 10, rank: 1),
            ]).text(width: Terminal.outputWidth))
    }

    private func description(of specification: EnvironmentSpecification) -> String {
        var lines: [(String, String)] = [("names", specification.names.joined(separator: ", "))]
        lines.append(("sees", EnvironmentEntry.Space(specification.observationSpace).text))
        lines.append(("does", EnvironmentEntry.Space(specification.actionSpace).text))
        if !specification.actionNames.isEmpty {
            lines.append(("actions", specification.actionNames.joined(separator: ", ")))
        }
        if specification.hasActionMask { lines.append(("mask", "says which actions are allowed")) }
        if specification.playerCount > 1 { lines.append(("players", "\(specification.playerCount), by turns")) }
        lines.append(("limit", specification.stepLimit.map { "\(Numbers.grouped($0)) steps" } ?? "none"))
        let returns = [
            ("solved at", specification.solvedReturn), ("random actions", specification.randomReturn),
            ("best known", specification.bestReturn),
        ].compactMap { name, value in value.map { "\(name) \(Numbers.short($0))" } }
        if !returns.isEmpty { lines.append(("returns", returns.joined(separator: ", "))) }
        if !specification.recipes.isEmpty {
            lines.append(("recipes", specification.recipes.map(\.key).joined(separator: ", ")))
        }
        for (index, parameter) in specification.parameters.enumerated() {
            let unit = parameter.unit.isEmpty ? "" : " \(parameter.unit)"
            let range = "\(Numbers.short(parameter.low)) to \(Numbers.short(parameter.high))"
            lines.append(
                (
                    index == 0 ? "constants" : "",
                    "\(parameter.name) = \(Numbers.short(parameter.value))\(unit) (\(range))"
                ))
        }
        return "\(specification.id): \(specification.summary)\n"
            + lines.map { "  \($0.0.padded(to: 11))\($0.1)\n" }.joined()
    }
}

/// An environment as `--json` shows it.
struct EnvironmentEntry: Encodable {
    /// A space with what belongs to its kind.
    struct Space: Encodable {
        let kind: String
        let size: Int
        let shape: [Int]
        var counts: [Int]?
        var low: [String]?
        var high: [String]?

        init(_ space: Simulation.Space) {
            (size, shape) = (space.size, space.shape)
            switch space {
            case .discrete(let count): (kind, counts) = ("discrete", [count])
            case .multiDiscrete(let all): (kind, counts) = ("multi-discrete", all)
            case .binary: kind = "binary"
            case .box(let lows, let highs):
                kind = "box"
                // JSON has no infinities.
                (low, high) = (lows.map { "\($0)" }, highs.map { "\($0)" })
            }
        }

        var text: String {
            switch kind {
            case "box":
                let bounds = zip(low ?? [], high ?? []).map { "\($0) … \($1)" }
                return "\(size) numbers: \(bounds.joined(separator: ", "))"
            case "binary": return shape.map(String.init).joined(separator: " × ") + " bits"
            default: return (counts ?? []).map(String.init).joined(separator: " × ") + " choices"
            }
        }
    }

    let id: String
    let name: String
    let gymnasiumID: String?
    let aliases: [String]
    let summary: String
    let observationSpace: Space
    let actionSpace: Space
    let actionNames: [String]
    let limit: Int?
    let stepLimit: Int?
    let threshold: Double?
    let solvedReturn: Double?
    let randomReturn: Double?
    let bestReturn: Double?
    let players: Int
    let hasActionMask: Bool
    let hasHeuristic: Bool
    let parameters: [ParameterDescription]
    let recipes: [String]

    init(_ specification: EnvironmentSpecification) {
        id = specification.id
        name = specification.id
        gymnasiumID = specification.gymnasiumID
        aliases = specification.aliases
        summary = specification.summary
        observationSpace = Space(specification.observationSpace)
        actionSpace = Space(specification.actionSpace)
        actionNames = specification.actionNames
        limit = specification.stepLimit
        stepLimit = specification.stepLimit
        threshold = specification.solvedReturn
        solvedReturn = specification.solvedReturn
        randomReturn = specification.randomReturn
        bestReturn = specification.bestReturn
        players = specification.playerCount
        hasActionMask = specification.hasActionMask
        hasHeuristic = specification.task is any HeuristicEnvironment
        parameters = specification.parameters
        recipes = specification.recipes.map(\.key)
    }
}
