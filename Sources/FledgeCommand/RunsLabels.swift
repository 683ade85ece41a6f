import ArgumentParser
import Experiments
import FileFormats

struct RunsTag: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tag", abstract: "Add tags to runs, and remove them.",
        discussion: "Example:\n  fledge runs tag cart-pole-ppo-1 cart-pole-ppo-2 +good -draft")

    @Argument(
        parsing: .allUnrecognized,
        help: ArgumentHelp("The runs, and what to add (+good) and to remove (-draft).", valueName: "runs and tags"))
    var words: [String] = []

    @OptionGroup var flags: ListingFlags

    func run() throws {
        if let flag = words.first(where: { $0.hasPrefix("--") }) {
            throw ExperimentError(.usage, "there is no flag '\(flag)'", advice: "`fledge runs tag --help` tells more")
        }
        let added = words.filter { $0.hasPrefix("+") }.map { String($0.dropFirst()) }
        let removed = words.filter { $0.hasPrefix("-") }.map { String($0.dropFirst()) }
        let names = words.filter { !$0.hasPrefix("+") && !$0.hasPrefix("-") }
        guard !names.isEmpty else {
            throw ExperimentError(.usage, "no run is named", advice: "write fledge runs tag RUN +good")
        }
        let folders = try names.map { try RunFolder(existing: $0) }
        let labeled = try folders.map { folder in
            let labels =
                try added.isEmpty && removed.isEmpty
                ? RunLabels(of: folder)
                : RunLabels.update(of: folder) { try $0.change(adding: added, removing: removed) }
            return LabeledRun(run: folder.path, labels)
        }
        try LabeledRun.show(labeled, flags)
    }
}

struct RunsNote: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "note", abstract: "Write a note on a run; an empty one removes it.",
        discussion: "Example:\n  fledge runs note cart-pole-ppo-1 \"with the new reward\"")

    @Argument(help: ArgumentHelp("The run, by name or folder.", valueName: "run"))
    var name: String

    @Argument(help: "The text (default: show the note).")
    var text: String?

    @OptionGroup var flags: ListingFlags

    func run() throws {
        let folder = try RunFolder(existing: name)
        let labels = try text.map { text in
            try RunLabels.update(of: folder) { $0.note = text.isEmpty ? nil : text }
        }
        try LabeledRun.show([LabeledRun(run: folder.path, labels ?? RunLabels(of: folder))], flags)
    }
}

/// A run with what is said of it.
private struct LabeledRun: Encodable {
    let run: String
    let tags: [String]
    let note: String?

    init(run: String, _ labels: RunLabels) {
        self.run = run
        (tags, note) = (labels.tags, labels.note)
    }

    static func show(_ runs: [LabeledRun], _ flags: ListingFlags) throws {
        if flags.json { return Terminal.output(try JSONLines.line(["runs": runs])) }
        for run in runs {
            let note = run.note.map { "  “\($0)”" } ?? ""
            Terminal.output(Escaping.printable(([run.run] + run.tags).joined(separator: " ") + note) + "\n")
        }
    }
}
