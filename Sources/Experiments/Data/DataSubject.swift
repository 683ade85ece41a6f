public import Datasets
internal import FileFormats
internal import Foundation

/// A data set as the subject of a run.
public struct DataSubject: Sendable {
    public let dataset: Dataset
    let subject: RunRecord.Subject

    /// Reads the data set of this name, or the table at this path.
    ///
    /// - Throws: `DatasetError`, `FileFormatError` or `ExperimentError` if it cannot be had.
    public init(named name: String, target: TargetColumn) throws {
        if name.contains("/") || name.hasSuffix(".csv") || name.hasSuffix(".tsv") || name.hasSuffix(".gz") {
            guard FileManager.default.fileExists(atPath: name) else {
                throw ExperimentError(.missingInput, "there is no file \(name)", advice: Self.nearestFile(to: name))
            }
        }
        self.init(try Dataset.named(name, target: target), name: name)
    }

    init(_ dataset: Dataset, name: String) {
        self.dataset = dataset
        let (rows, columns) = (dataset.training.features.rowCount, dataset.training.features.columnCount)
        let test = dataset.test.map { " and \($0.features.rowCount) test rows" } ?? ""
        subject = .init(
            id: dataset.name, title: dataset.name, origin: "\(name), \(rows) rows\(test) × \(columns) columns")
    }

    private static func nearestFile(to path: String) -> String? {
        let folder = (path as NSString).deletingLastPathComponent
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.isEmpty ? "." : folder)) ?? []
        let name = (path as NSString).lastPathComponent
        return nearestName(to: name, among: files.sorted()).map { "did you mean '\($0)'?" }
    }
}
