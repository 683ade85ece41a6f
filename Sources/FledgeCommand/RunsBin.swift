import ArgumentParser
import Experiments
import FileFormats

struct RunsDelete: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete", abstract: "Move runs to the bin, from where they can be restored.",
        discussion: "Example:\n  fledge runs delete cart-pole-ppo-1 cart-pole-ppo-2")

    @Argument(help: "The runs, by name or folder.")
    var runs: [String]

    @OptionGroup var flags: ListingFlags

    func run() throws {
        var folders: [RunFolder] = []
        for run in runs {
            let folder = try RunFolder(existing: run)
            if !folders.contains(where: { $0.path == folder.path }) { folders.append(folder) }
        }
        let entries = try folders.map { try RunBin.discard($0) }
        if flags.json { return Terminal.output(try JSONLines.line(["deleted": entries])) }
        for (entry, folder) in zip(entries, folders) {
            Terminal.output("\(entry.path)\n")
            let name = folder.path == "runs/" + entry.name ? entry.name : folder.path
            Terminal.message("`fledge runs restore \(name)` brings \(entry.name) back\n")
        }
    }
}

struct RunsRestore: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "Bring runs back from the bin.",
        discussion: "Example:\n  fledge runs restore cart-pole-ppo-1")

    @Argument(help: "What the runs were called, or the folders that they had.")
    var names: [String]

    @OptionGroup var flags: ListingFlags

    func run() throws {
        let folders = try names.map { name in
            guard let slash = name.lastIndex(of: "/") else { return try RunBin().restore(name) }
            return try RunBin(of: String(name[..<slash])).restore(String(name[name.index(after: slash)...]))
        }
        if flags.json { return Terminal.output(try JSONLines.line(["runs": folders.map(\.path)])) }
        Terminal.output(folders.map { $0.path + "\n" }.joined())
    }
}

struct RunsBinList: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "bin", abstract: "List the runs in the bin.")

    @OptionGroup var flags: ListingFlags

    func run() throws {
        let entries = RunBin().entries
        if flags.json { return Terminal.output(try JSONLines.line(["bin": entries])) }
        if entries.isEmpty { return Terminal.message("The bin is empty.\n") }
        Terminal.output(RunsBinList.table(of: entries).text(width: Terminal.outputWidth))
    }

    static func table(of entries: [RunBin.Entry]) -> FittedTable {
        FittedTable([
            .init("run", entries.map(\.name), least: 16),
            .init("deleted", entries.map { Numbers.localTime($0.deleted) }),
            .init("size", entries.map { Numbers.bytes($0.bytes) }, isNumber: true),
        ])
    }
}

struct RunsEmptyBin: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "empty-bin", abstract: "Remove the runs in the bin for good.",
        discussion: """
            Without --force it only says what it would remove.

            Example:
              fledge runs empty-bin --older-than 30d --force
            """)

    @Option(help: ArgumentHelp("Only runs that were deleted so long ago: 12h, 30d, 4w.", valueName: "time"))
    var olderThan: String?

    @Flag(help: "Remove them.")
    var force = false

    @OptionGroup var flags: ListingFlags

    private struct Outcome: Encodable {
        let runs: [RunBin.Entry]
        let bytes: Int
        let areRemoved: Bool
    }

    func run() throws {
        let time = try olderThan.map { text in
            guard let time = SinceTime(text) else {
                throw ExperimentError(.usage, "'--older-than \(text)' is no time", advice: "write 12h, 30d or 4w")
            }
            return time
        }
        let bin = RunBin()
        let entries = bin.entries(deletedBefore: time)
        if force { try bin.remove(entries) }
        let bytes = entries.reduce(0) { $0 + $1.bytes }
        if flags.json {
            return Terminal.output(
                try JSONLines.line(Outcome(runs: entries, bytes: bytes, areRemoved: force && !entries.isEmpty)))
        }
        if entries.isEmpty { return Terminal.message("There is nothing to remove.\n") }
        Terminal.output(RunsBinList.table(of: entries).text(width: Terminal.outputWidth))
        let what = "\(entries.count == 1 ? "1 run" : "\(entries.count) runs"), \(Numbers.bytes(bytes))"
        Terminal.message(force ? "Removed \(what).\n" : "Nothing is removed yet: --force removes \(what) for good.\n")
    }
}
