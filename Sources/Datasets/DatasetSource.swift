internal import FileFormats
internal import Foundation

/// A dataset that can be had by name, with what is known about it before it is read.
public struct DatasetSource: Sendable {
    public let name: String
    /// Where it comes from, in a few words.
    public let origin: String
    /// The number of training samples; nil where only reading the file would tell.
    public let rowCount: Int?
    /// The number of test samples; nil if there is no test part.
    public let testRowCount: Int?
    public let columnCount: Int?
    public let classCount: Int?
    /// Whether its files are on this machine.
    public let isInstalled: Bool

    private let load: @Sendable (TargetColumn) throws -> Dataset

    init(
        name: String, origin: String, rowCount: Int? = nil, testRowCount: Int? = nil, columnCount: Int? = nil,
        classCount: Int? = nil, isInstalled: Bool = true, load: @escaping @Sendable (TargetColumn) throws -> Dataset
    ) {
        self.name = name
        self.origin = origin
        self.rowCount = rowCount
        self.testRowCount = testRowCount
        self.columnCount = columnCount
        self.classCount = classCount
        self.isInstalled = isInstalled
        self.load = load
    }

    /// Reads the dataset.
    ///
    /// - Parameter target: which column of a table is to be learned; the others have no choice.
    /// - Throws: `DatasetError` if its files are missing or do not fit each other, `FileFormatError` if one is
    ///   damaged.
    public func dataset(target: TargetColumn = .automatic) throws -> Dataset {
        try load(target)
    }
}

extension Dataset {
    /// The folder with the user's own datasets: the environment variable `FLEDGE_DATA`.
    public static var userFolder: String? {
        ProcessInfo.processInfo.environment["FLEDGE_DATA"].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// All datasets that have a name: the built-in ones, then the tables in the user's folder.
    ///
    /// - Parameter userFolder: tables in it (`NAME.csv`, `NAME.csv.gz`) have the name `NAME`, and its subfolder
    ///   `fashion-mnist` goes before the system's.
    public static func sources(userFolder: String? = userFolder) -> [DatasetSource] {
        var sources = [digitsSource, fashionMNISTSource(userFolder: userFolder)]
        guard let userFolder else { return sources }
        let files = (try? FileManager.default.contentsOfDirectory(atPath: userFolder)) ?? []
        for file in files.sorted() {
            guard let name = tableName(file), !sources.contains(where: { $0.name == name }) else { continue }
            let path = userFolder + "/" + file
            sources.append(
                DatasetSource(name: name, origin: path) { try Dataset(table: path, name: name, target: $0) })
        }
        return sources
    }

    /// The dataset of this name, or the table at this path.
    ///
    /// - Parameters:
    ///   - name: one of `sources`, or a path that ends in `.csv` or `.tsv` (perhaps compressed, `.gz`).
    ///   - target: which column of a table is to be learned.
    /// - Throws: `DatasetError` if the name is unknown or the files are missing, `FileFormatError` if a file cannot
    ///   be read or is damaged.
    public static func named(
        _ name: String, target: TargetColumn = .automatic, userFolder: String? = userFolder
    ) throws -> Dataset {
        let sources = sources(userFolder: userFolder)
        if let source = sources.first(where: { $0.name == name }) { return try source.dataset(target: target) }
        if tableName(name) != nil || name.contains("/") { return try Dataset(table: name, target: target) }
        let known = sources.map(\.name)
        throw DatasetError.unknown(name: name, nearest: nearestName(to: name, among: known), known: known)
    }

    /// The name of the table in a file: `iris` for `data/iris.csv.gz`; nil if the file is no table.
    static func tableName(_ path: String) -> String? {
        let file = (path as NSString).lastPathComponent
        for ending in [".csv", ".tsv", ".csv.gz", ".tsv.gz"] where file.hasSuffix(ending) && file.count > ending.count {
            return String(file.dropLast(ending.count))
        }
        return nil
    }
}
