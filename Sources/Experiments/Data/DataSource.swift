public import Datasets
internal import FileFormats
internal import Foundation
internal import LinearAlgebra

/// Which data a run works on, so that it can be had again: the same name or path, target and content.
public struct DataSource: Codable, Sendable, Equatable {
    /// How the column to predict was chosen.
    public enum TargetRule: String, Codable, Sendable { case automatic, marked, named, absent }

    /// The name of a data set, or the whole path of a file.
    public var name: String
    public var targetRule: TargetRule
    /// The column, where it was named.
    public var targetName: String?
    /// A hash of all rows: sixteen hexadecimal digits.
    public var checksum: String
    /// Whether classes or values were asked for; nil where the data say so.
    public var task: RawDataset.Options.Task?
    /// What a table was taken for; nil where it says so itself.
    public var layout: RawDataset.Options.Layout?
    /// The classes of an earlier model, in its order.
    public var classNames: [String]?
    /// The types that an earlier model's columns have, by name.
    public var types: [String: ColumnType]?

    init(_ dataset: Dataset, name: String, target: TargetColumn) {
        self.init(name: name, target: target, checksum: DataSource.hash(of: dataset))
    }

    init(name: String, target: TargetColumn, checksum: UInt64) {
        let isFile = FileManager.default.fileExists(atPath: name)
        self.name = isFile ? URL(filePath: name).standardizedFileURL.path : name
        switch target {
        case .automatic: targetRule = .automatic
        case .marked: targetRule = .marked
        case .absent: targetRule = .absent
        case .named(let column):
            targetRule = .named
            targetName = column
        }
        self.checksum = MetricsChain.text(checksum)
    }

    var target: TargetColumn {
        switch targetRule {
        case .automatic: .automatic
        case .marked: .marked
        case .absent: .absent
        case .named: .named(targetName ?? "")
        }
    }

    private static func hash(of dataset: Dataset) -> UInt64 {
        var hash = StateHash()
        for part in [dataset.training, dataset.test].compactMap(\.self) {
            switch part.features {
            case .bytes(let rows): rows.withSpan { hash.combine($0) }
            case .floats(let rows): rows.withSpan { hash.combine($0) }
            }
            hash.combine(part.labels ?? [])
            hash.combine(part.targets ?? [])
        }
        return hash.value
    }
}
