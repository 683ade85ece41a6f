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
    /// Reads it with the types of its columns, or as what no matrix of numbers can hold; nil if it is one.
    private let loadRaw: (@Sendable (RawDataset.Options) throws -> RawDataset)?

    init(
        name: String, origin: String, rowCount: Int? = nil, testRowCount: Int? = nil, columnCount: Int? = nil,
        classCount: Int? = nil, isInstalled: Bool = true,
        raw loadRaw: (@Sendable (RawDataset.Options) throws -> RawDataset)? = nil,
        load: @escaping @Sendable (TargetColumn) throws -> Dataset
    ) {
        self.name = name
        self.origin = origin
        self.rowCount = rowCount
        self.testRowCount = testRowCount
        self.columnCount = columnCount
        self.classCount = classCount
        self.isInstalled = isInstalled
        self.load = load
        self.loadRaw = loadRaw
    }

    /// A table: a matrix of numbers for those who want one, typed columns for others.
    init(
        table name: String, origin: String, rowCount: Int? = nil, columnCount: Int? = nil, classCount: Int? = nil,
        read: @escaping @Sendable () throws -> CSVTable
    ) {
        self.init(
            name: name, origin: origin, rowCount: rowCount, columnCount: columnCount, classCount: classCount,
            raw: { try RawDataset(table: read(), name: name, options: $0) },
            load: { try Dataset(table: read(), name: name, target: $0) })
    }

    /// Reads the dataset.
    ///
    /// - Parameter target: which column of a table is to be learned; the others have no choice.
    /// - Throws: `DatasetError` if its files are missing or do not fit each other, `FileFormatError` if one is
    ///   damaged.
    public func dataset(target: TargetColumn = .automatic) throws -> Dataset {
        try load(target)
    }

    /// Reads the dataset as it comes: with typed columns, or texts, or ratings.
    ///
    /// - Throws: as `dataset(target:)`.
    public func rawDataset(_ options: RawDataset.Options = RawDataset.Options()) throws -> RawDataset {
        if let loadRaw { return try loadRaw(options) }
        return RawDataset(try load(options.target))
    }
}

extension Dataset {
    /// The folder with the user's own datasets and those that `make datasets` fetches: the environment variable
    /// `FLEDGE_DATA`, or `.local/share/fledge` in the home folder.
    public static var userFolder: String? {
        let environment = ProcessInfo.processInfo.environment
        if let folder = environment["FLEDGE_DATA"], !folder.isEmpty { return folder }
        return environment["HOME"].flatMap { $0.isEmpty ? nil : $0 + "/.local/share/fledge" }
    }

    /// All datasets that have a name: the built-in ones, then the tables in the user's folder.
    ///
    /// - Parameter userFolder: tables in it (`NAME.csv`, `NAME.csv.gz`) have the name `NAME` and go before bundled
    ///   tables of that name, and its subfolder `fashion-mnist` goes before the system's.
    public static func sources(userFolder: String? = userFolder) -> [DatasetSource] {
        var sources = [
            digitsSource, fashionMNISTSource(userFolder: userFolder), filmReviewsSource(userFolder: userFolder),
            movieLensSource(userFolder: userFolder),
        ]
        var bundled = bundledTables
        if let userFolder {
            let files = (try? FileManager.default.contentsOfDirectory(atPath: userFolder)) ?? []
            for file in files.sorted() {
                guard let name = tableName(file), !sources.contains(where: { $0.name == name }) else { continue }
                let path = userFolder + "/" + file
                bundled.removeAll { $0.name == name }
                sources.append(DatasetSource(table: name, origin: path) { try Table.csv(path: path) })
            }
        }
        sources.insert(contentsOf: bundled, at: 1)
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
