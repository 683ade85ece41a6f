import ArgumentParser
import Experiments
import NeuralNetworks
import FileFormats
import Foundation

struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Say everything about one run.",
        discussion: "Example:\n  fledge show cart-pole-ppo-1")

    @Argument(help: ArgumentHelp("The run, by name or folder.", valueName: "run"))
    var name: String

    @OptionGroup var flags: ListingFlags

    /// More seeds are summed up instead of listed.
    private static let listedSeeds = 12

    func run() throws {
        let details = try RunDetails(RunFolder(existing: name))
        if flags.json { return Terminal.output(try JSONLines.line(details)) }
        Terminal.output(
            [
                heading(of: details), settings(of: details), result(of: details), layers(of: details),
                files(of: details),
            ]
            .filter { !$0.isEmpty }.joined(separator: "\n"))
        Terminal.message("\nnext: \(details.next)\n")
    }

    private func heading(of details: RunDetails) -> String {
        let run = details.run
        var lines = [
            (run.path, run.headline ?? ""),
            ("state", run.state.rawValue), ("work", "\(run.verb) \(run.title) by \(run.algorithm)"),
            ("began", Numbers.localTime(run.began) + (run.seconds.map { ", took \(Numbers.duration($0))" } ?? "")),
            ("command", details.commandLine),
            (
                "made by",
                "fledge \(details.fledge)" + (details.sourceRevision.map { " (\($0.prefix(10)))" } ?? "")
                    + " on \(details.processor)"
            ),
        ]
        if let origin = details.origin { lines.insert(("data", origin), at: 3) }
        if details.testOpenings > 0 {
            lines.append(("test", "opened \(details.testOpenings == 1 ? "once" : "\(details.testOpenings) times")"))
        }
        if let parent = run.parent { lines.append(("came from", parent)) }
        if !details.children.isEmpty { lines.append(("led to", details.children.joined(separator: " "))) }
        if !run.tags.isEmpty { lines.append(("tags", run.tags.joined(separator: " "))) }
        if let note = run.note { lines.append(("note", note)) }
        lines = lines.map { ($0.0, Escaping.printable($0.1)) }
        let first = lines[0].0 + (lines[0].1.isEmpty ? "" : "  " + lines[0].1) + "\n"
        return first + lines.dropFirst().map { "  " + $0.0.filled(to: 10) + $0.1 + "\n" }.joined()
    }

    private func settings(of details: RunDetails) -> String {
        let defaults =
            "\(details.defaultCount) \(details.defaultCount == 1 ? "setting is" : "settings are") the default"
        if details.settings.isEmpty { return "all \(defaults)\n" }
        let table = FittedTable([
            .init("setting", details.settings.map(\.name)),
            .init("value", details.settings.map(\.value), least: 12),
            .init("from", details.settings.map(\.source), least: 10),
        ])
        return table.text(width: Terminal.outputWidth) + (details.defaultCount > 0 ? defaults + "\n" : "")
    }

    private func result(of details: RunDetails) -> String {
        var text = ""
        if let score = details.score, let title = details.run.resultTitle {
            text += "\(title) \(Numbers.short(score.interquartileMean))"
            if let interval = score.interval {
                text += " (95 % \(Numbers.short(interval.lower)) to \(Numbers.short(interval.upper)))"
                text += ", interquartile mean of \(score.seeds.count) seeds"
            }
            text += "\n"
        }
        for progress in details.progress {
            text += "seed \(progress.seed): \(Numbers.grouped(progress.completed)) \(progress.unit) so far\n"
        }
        let seeds = details.seeds
        guard !details.numbers.isEmpty, seeds.count <= Self.listedSeeds else { return text }
        func column(_ name: String) -> FittedTable.Column {
            .init(name, seeds.map { $0[name].map(Numbers.short) ?? "" }, isNumber: true)
        }
        let ranked = details.numbers.enumerated().map { rank, name in
            FittedTable.Column(
                name, seeds.map { $0[name].map(Numbers.short) ?? "" }, isNumber: true, rank: rank == 0 ? nil : rank)
        }
        return text + FittedTable([column("seed")] + ranked).text(width: Terminal.outputWidth)
    }

    /// The layers of a fitted network.
    private func layers(of details: RunDetails) -> String {
        guard let layers = details.layers else { return "" }
        let total = ("total", layers.reduce(0) { $0 + $1.parameterCount }, layers.reduce(0) { $0 + $1.multiplyAdds })
        let table = FittedTable([
            .init("layer", layers.map { "\($0.name) \($0.title)" } + [total.0]),
            .init("output", layers.map { $0.output.map(String.init).joined(separator: " × ") } + [""], isNumber: true),
            .init(
                "parameters", layers.map { Numbers.grouped($0.parameterCount) } + [Numbers.grouped(total.1)],
                isNumber: true),
            .init(
                "multiply-adds", layers.map { Numbers.grouped($0.multiplyAdds) } + [Numbers.grouped(total.2)],
                isNumber: true),
        ])
        return table.text(width: Terminal.outputWidth)
    }

    /// The figures one by one, and the rest by folder.
    private func files(of details: RunDetails) -> String {
        var groups: [(name: String, count: Int, bytes: Int)] = []
        for file in details.files {
            let parts = file.path.split(separator: "/")
            let name =
                parts.count <= 2 ? file.path : parts.prefix(2).joined(separator: "/") + "/"
            if let last = groups.indices.last, groups[last].name == name {
                groups[last].count += 1
                groups[last].bytes += file.bytes
            } else {
                groups.append((name, 1, file.bytes))
            }
        }
        let bytes = details.files.reduce(0) { $0 + $1.bytes }
        let table = FittedTable([
            .init("file", groups.map(\.name) + ["total"], least: 20),
            .init("size", groups.map { Numbers.bytes($0.bytes) } + [Numbers.bytes(bytes)], isNumber: true),
            .init("", groups.map { $0.name.hasSuffix("/") ? "\($0.count) files" : "" } + [""]),
        ])
        return table.text(width: Terminal.outputWidth)
    }
}
