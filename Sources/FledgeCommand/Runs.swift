import ArgumentParser
import Experiments
import FileFormats
import Foundation

struct RunsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "runs", abstract: "List the runs of the current folder, the latest last.",
        discussion: """
            `fledge help runs list` tells about the filters, the order and --rebuild, which reads all folders again.

            Examples:
              fledge runs
              fledge runs cart-pole --state finished --sort result --limit 10
              fledge runs --since 7d --where learningRate=3e-4 --json
              fledge runs tag cart-pole-ppo-1 baseline
            """,
        subcommands: [
            RunsList.self, RunsTag.self, RunsNote.self, RunsDelete.self, RunsRestore.self, RunsBinList.self,
            RunsEmptyBin.self,
        ],
        defaultSubcommand: RunsList.self)
}

struct RunsList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the runs that fit all of the filters (default).")

    @Argument(help: "Words that stand in the name, subject, algorithm, headline, tags or note.")
    var words: [String] = []

    @Option(help: "Only runs of this verb: train, cluster, encode, fit.")
    var verb: String?

    @Option(
        name: [.long, .customLong("environment"), .customLong("dataset")],
        help: ArgumentHelp("Only runs on this environment or data set.", valueName: "name"))
    var subject: String?

    @Option(help: "Only runs of this algorithm.")
    var algorithm: String?

    @Option(help: ArgumentHelp("Only runs that stand so: \(Self.states.joined(separator: ", ")).", valueName: "state"))
    var state: String?

    @Option(help: "Only runs with this tag; may be repeated.")
    var tag: [String] = []

    @Option(help: ArgumentHelp("Only runs that began since: 90m, 12h, 7d, 2w or 2026-11-25.", valueName: "time"))
    var since: String?

    @Option(
        name: .customLong("where"),
        help: ArgumentHelp(
            "Only runs with such a setting: learningRate=3e-4, hiddenSizes=64,64, clip>=0.1; may be repeated.",
            valueName: "condition"))
    var conditions: [String] = []

    @Option(help: ArgumentHelp("Sort by began, name, result or seconds, ascending.", valueName: "key"))
    var sort = "began"

    @Flag(help: "The other way round.")
    var reverse = false

    @Option(help: ArgumentHelp("Only the last so many of the list.", valueName: "count"))
    var limit: Int?

    @Flag(help: "First make the index anew from the folders.")
    var rebuild = false

    @OptionGroup var flags: ListingFlags

    private static let states = RunEntry.State.allCases.map(\.rawValue)

    private struct Listing: Encodable {
        let runs: [RunEntry]
        /// Of all, listed or not.
        let count: Int
    }

    func run() throws {
        let listing = try RunIndex().list(query(), isAnew: rebuild)
        for remark in listing.remarks { Terminal.message(Terminal().warning("note:") + " \(remark)\n") }
        if flags.json {
            return Terminal.output(try JSONLines.line(Listing(runs: listing.entries, count: listing.count)))
        }
        if listing.count == 0 {
            return Terminal.message("There are no runs here yet. `fledge train cart-pole` makes one.\n")
        }
        if listing.entries.isEmpty {
            let verbs = RunsCommand.configuration.subcommands.compactMap { $0.configuration.commandName }
            let verb = words.first.flatMap { nearestName(to: $0, among: verbs) }
            return Terminal.message(
                "None of the \(Numbers.grouped(listing.count)) runs fits."
                    + (verb.map { " Did you mean `fledge runs \($0)`?" } ?? "") + "\n")
        }
        Terminal.output(RunsList.table(of: listing.entries).text(width: Terminal.outputWidth))
    }

    private func query() throws -> RunQuery {
        var query = RunQuery()
        (query.words, query.verb, query.subject, query.algorithm) = (words, verb, subject, algorithm)
        (query.tags, query.isReversed, query.limit) = (tag, reverse, limit)
        query.order = try choice("--sort", sort)
        if let limit, limit < 1 { throw ExperimentError(.usage, "--limit \(limit) lists nothing") }
        query.state = try state.map { try choice("--state", $0) }
        if let since {
            guard let time = SinceTime(since) else {
                throw ExperimentError(
                    .usage, "'--since \(since)' is no time", advice: "write 90m, 12h, 7d, 2w or a date: 2026-11-25")
            }
            query.since = time
        }
        query.conditions = try conditions.map { text in
            guard let condition = SettingCondition(text) else {
                throw ExperimentError(
                    .usage, "'--where \(text)' is no condition",
                    advice: "write setting=value, or with != and, for numbers, < <= > >=")
            }
            return condition
        }
        return query
    }

    /// The case of this name.
    private func choice<Choice: CaseIterable & RawRepresentable<String>>(
        _ flag: String, _ name: String
    ) throws -> Choice {
        if let choice = Choice(rawValue: name) { return choice }
        let known = Choice.allCases.map(\.rawValue)
        throw ExperimentError(
            .usage, "\(flag) knows no '\(name)'",
            advice: nearestName(to: name, among: known).map { "did you mean '\($0)'?" }
                ?? "there are \(known.joined(separator: ", "))")
    }

    static func table(of entries: [RunEntry]) -> FittedTable {
        func words(_ entry: RunEntry) -> String {
            [entry.headline, entry.note.map { "“\($0)”" }].compactMap(\.self).joined(separator: " ")
        }
        return FittedTable([
            .init("run", entries.map(\.name), least: 16),
            .init("state", entries.map(\.state.rawValue)),
            .init("began", entries.map { Numbers.localTime($0.began) }, rank: 2),
            .init("took", entries.map { $0.seconds.map(Numbers.duration) ?? "" }, isNumber: true, rank: 4),
            .init("result", entries.map { $0.result.map(Numbers.short) ?? "" }, isNumber: true),
            .init("of", entries.map { $0.resultTitle ?? "" }, rank: 3),
            .init("tags", entries.map { $0.tags.joined(separator: " ") }, least: 8, rank: 5),
            .init("headline", entries.map(words), least: 20, rank: 6),
        ])
    }
}
