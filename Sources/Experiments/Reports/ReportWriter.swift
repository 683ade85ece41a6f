internal import FileFormats
internal import Foundation
internal import Plotting

/// Writes what a person sends on about runs: a folder with one HTML page that holds everything, the same as Markdown with
/// its figures beside it, and one picture.
public struct ReportWriter: Sendable {
    /// What was written.
    public struct Files: Encodable, Sendable {
        public let folder: String
        /// The page that needs nothing else.
        public let page: String
        public let markdown: String
        public let overview: String

        /// As one line of JSON.
        public func json() throws -> String { try JSONText.line(self) }
    }

    private let runs: [StoredRun]
    private let folders: [RunFolder]
    private let folder: String

    /// - Parameters:
    ///   - folders: the runs, one or more.
    ///   - output: where to write to; nil for `report` in the run's own folder, or for several runs beside them.
    /// - Throws: `ExperimentError` if a run cannot be read.
    public init(_ folders: [RunFolder], to output: String? = nil) throws {
        guard let first = folders.first else {
            throw ExperimentError(.usage, "a report needs a run", advice: "`fledge runs` lists them")
        }
        guard output != "" else {
            throw ExperimentError(.usage, "a report needs a folder", advice: "write --output FOLDER, or leave it out")
        }
        self.folders = folders
        runs = try folders.map { try StoredRun(reading: $0) }
        folder =
            output
            ?? (folders.count == 1
                ? first.path("report") : "report-\(first.name)-and-\(folders.count - 1)-more")
    }

    /// What the page says.
    private func page() throws -> ReportPage {
        if runs.count == 1 {
            let words = RunWords(runs[0])
            return ReportPage(
                title: words.headline, subtitle: subtitle([words.date, "run \(runs[0].record.name)", words.hardware]),
                sections: try RunSections(runs[0], in: folders[0]).all())
        }
        let identifiers = runs.indices.map { "run-\($0 + 1)" }
        var sections = ComparisonSections(runs, in: folders, identifiers: identifiers).all
        for ((run, folder), id) in zip(zip(runs, folders), identifiers) {
            sections.append(
                ReportSection(
                    id, RunWords(run).headline, [.paragraph("Run \(code: run.record.name), \(RunWords(run).date).")]))
            sections += try RunSections(run, in: folder, level: 3, prefix: id + "-").all()
        }
        let subjects = Set(runs.map(\.record.subject.title)).sorted()
        return ReportPage(
            title: "\(runs.count) runs" + (subjects.count < 4 ? " on " + subjects.joined(separator: ", ") : ""),
            subtitle: subtitle([RunWords(runs[runs.count - 1]).date, RunWords(runs[0]).hardware]), sections: sections)
    }

    private func subtitle(_ parts: [String]) -> Prose { Prose(parts.joined(separator: " · ")) }

    /// Writes the folder; files of an earlier report in it are replaced.
    ///
    /// - Throws: `ExperimentError` if a run is damaged or a file cannot be written.
    public func write() throws -> Files {
        let page = try page()
        let figures = page.sections.flatMap(\.blocks).compactMap { block -> ReportFigure? in
            if case .figure(let figure) = block { figure } else { nil }
        }
        do {
            try FileManager.default.createDirectory(
                atPath: folder + "/figures", withIntermediateDirectories: true)
        } catch {
            throw ExperimentError(
                .cannotCreate, "the folder \(folder) cannot be made", advice: "choose another one with --output")
        }
        try write(HTMLPage.write(page), to: "index.html")
        try write(MarkdownPage.write(page), to: "report.md")
        for figure in figures { try write(figure.original.png(), to: "figures/\(figure.name).png") }
        try write(RunFigures.overview(of: runs).png(), to: "overview.png")
        return Files(
            folder: folder, page: folder + "/index.html", markdown: folder + "/report.md",
            overview: folder + "/overview.png")
    }

    private func write(_ bytes: [UInt8], to file: String) throws {
        do {
            try writeFile(bytes, to: folder + "/" + file)
        } catch {
            throw ExperimentError(writing: error)
        }
    }
}
