import ArgumentParser
import Datasets
import Environments
import Experiments
import FileFormats
import Foundation
import Simulation

/// `--json` of the verbs that only read.
struct ListingFlags: ParsableArguments {
    @Flag(help: "Print one JSON object on standard output.")
    var json = false
}

struct EnvironmentsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "environments", abstract: "List the environments to train in.")

    @OptionGroup var flags: ListingFlags

    private struct Entry: Encodable {
        let id: String
        let gymnasiumID: String?
        let summary: String
        let stepLimit: Int?
        let solvedReturn: Double?
        let recipes: [String]
    }

    func run() throws {
        let entries = Environments.all.map {
            Entry(
                id: $0.id, gymnasiumID: $0.gymnasiumID, summary: $0.summary, stepLimit: $0.stepLimit,
                solvedReturn: $0.solvedReturn, recipes: $0.recipes.map(\.key))
        }
        if flags.json { return Terminal.output(try JSONLines.line(["environments": entries])) }
        Terminal.output(
            Table(
                ["environment", "also", "recipes", "what it is"],
                entries.map { [$0.id, $0.gymnasiumID ?? "", $0.recipes.joined(separator: ", "), $0.summary] }
            ).text)
    }
}

struct DatasetsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "datasets", abstract: "List the data sets that have a name.",
        discussion: "Any table is a data set too, by its path: fledge fit measurements.csv --target price")

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
            Table(
                ["dataset", "rows", "columns", "classes", "", "origin"],
                entries.map {
                    [
                        $0.name, number($0.rows) + ($0.testRows.map { " + \(Numbers.grouped($0)) test" } ?? ""),
                        number($0.columns), number($0.classes), $0.isInstalled ? "" : "not installed", $0.origin,
                    ]
                }
            ).text)
    }
}

/// Columns of text, aligned at the left.
struct Table {
    let header: [String]
    let rows: [[String]]

    init(_ header: [String], _ rows: [[String]]) {
        self.header = header
        self.rows = rows
    }

    var text: String {
        let all = [header] + rows
        let widths = header.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
        return all.map { row in
            var line = row.indices.map { row[$0].filled(to: widths[$0]) }.joined(separator: "  ")
            while line.last == " " { line.removeLast() }
            return line + "\n"
        }
        .joined()
    }
}
