import ArgumentParser
import Datasets
import Experiments
import FileFormats
import Foundation

/// `--json` of the verbs that only read.
struct ListingFlags: ParsableArguments {
    @Flag(help: "Print one JSON object on standard output.")
    var json = false
}

struct DatasetsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "datasets", abstract: "List the data sets that have a name.",
        discussion: """
            Any table is a data set too, by its path.

            Examples:
              fledge datasets
              fledge fit measurements.csv --target price
            """)

    @OptionGroup var flags: ListingFlags

    private struct Entry: Encodable {
        let name: String
        let rows: Int?
        let testRows: Int?
        let columns: Int?
        let classes: Int?
        let isInstalled: Bool
        let origin: String
    }

    func run() throws {
        let entries = Dataset.sources().map {
            Entry(
                name: $0.name, rows: $0.rowCount, testRows: $0.testRowCount, columns: $0.columnCount,
                classes: $0.classCount, isInstalled: $0.isInstalled, origin: $0.origin)
        }
        if flags.json { return Terminal.output(try JSONLines.line(["datasets": entries])) }
        func number(_ count: Int?) -> String { count.map { Numbers.grouped($0) } ?? "" }
        Terminal.output(
            FittedTable([
                .init("dataset", entries.map(\.name)),
                .init(
                    "rows",
                    entries.map { number($0.rows) + ($0.testRows.map { " + \(Numbers.grouped($0)) test" } ?? "") },
                    rank: 2),
                .init("columns", entries.map { number($0.columns) }, isNumber: true, rank: 3),
                .init("classes", entries.map { number($0.classes) }, isNumber: true, rank: 4),
                .init("", entries.map { $0.isInstalled ? "" : "not installed" }, rank: 1),
                .init("origin", entries.map(\.origin), least: 10, rank: 5),
            ]).text(width: Terminal.outputWidth))
    }
}
