public import Datasets
internal import FileFormats
internal import Foundation

/// A data set as the subject of a run.
public struct DataSubject: Sendable {
    public let dataset: Dataset
    let subject: RunRecord.Subject
    let source: DataSource

    /// Reads the data set of this name, or the table at this path.
    ///
    /// - Throws: `DatasetError`, `FileFormatError` or `ExperimentError` if it cannot be had.
    public init(named name: String, target: TargetColumn) throws {
        try Self.requireFile(name)
        self.init(try Dataset.named(name, target: target), name: name, target: target)
    }

    /// The data that a run was begun with.
    ///
    /// - Throws: `ExperimentError` if it has changed since; what `init(named:target:)` throws.
    init(of record: RunRecord) throws {
        guard let source = record.data else {
            throw ExperimentError(.badData, "the run \(record.name) does not say which data it works on")
        }
        try self.init(named: source.name, target: source.target)
        guard self.source.checksum == source.checksum else {
            throw ExperimentError(
                .badData, "\(source.name) is not as it was when the run \(record.name) began",
                advice: "put the old data back, or begin another run with the new")
        }
    }

    private init(_ dataset: Dataset, name: String, target: TargetColumn) {
        self.dataset = dataset
        source = DataSource(dataset, name: name, target: target)
        let (rows, columns) = (dataset.training.features.rowCount, dataset.training.features.columnCount)
        let test = dataset.test.map { " and \($0.features.rowCount) test rows" } ?? ""
        subject = .init(
            id: dataset.name, title: dataset.name, origin: "\(name), \(rows) rows\(test) × \(columns) columns")
    }

    private static let endings = [".csv", ".tsv", ".gz", ".npy", ".npz", ".idx"]

    /// - Throws: `ExperimentError` if the name is that of a file and the file is not there.
    static func requireFile(_ name: String) throws {
        guard name.contains("/") || endings.contains(where: name.hasSuffix),
            !FileManager.default.fileExists(atPath: name)
        else { return }
        throw ExperimentError(.missingInput, "there is no file \(name)", advice: nearestFile(to: name))
    }

    static func nearestFile(to path: String) -> String? {
        let folder = (path as NSString).deletingLastPathComponent
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.isEmpty ? "." : folder)) ?? []
        let name = (path as NSString).lastPathComponent
        return nearestName(to: name, among: files.sorted()).map { "did you mean '\($0)'?" }
    }
}
