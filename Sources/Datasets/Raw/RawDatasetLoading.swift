internal import FileFormats
internal import Foundation

extension RawDataset {
    /// The dataset of this name, or what is at this path: a table (`.csv`, `.tsv`, perhaps `.gz`), arrays (`.npy`,
    /// `.npz`), IDX images with their labels beside them, or a folder of images or texts.
    ///
    /// - Throws: `DatasetError` if the name is unknown or the files are not there, `FileFormatError` with the place if a
    ///   file cannot be read, is damaged, or nothing can be learned from it.
    public static func load(
        _ name: String, options: Options = Options(), userFolder: String? = Dataset.userFolder
    ) throws -> RawDataset {
        let sources = Dataset.sources(userFolder: userFolder)
        if let source = sources.first(where: { $0.name == name }) { return try source.rawDataset(options) }
        let file = (name as NSString).lastPathComponent
        if file.hasSuffix(".npz") { return try ArrayReader(file: name, name: stem(file), options: options).npz() }
        if file.hasSuffix(".npy") { return try ArrayReader(file: name, name: stem(file), options: options).npy() }
        if file.contains("idx3-ubyte") || file.hasSuffix(".idx") || file.hasSuffix(".idx.gz") {
            return try ArrayReader(file: name, name: stem(file), options: options).idx()
        }
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: name, isDirectory: &isFolder), isFolder.boolValue {
            let folder = name.count > 1 && name.hasSuffix("/") ? String(name.dropLast()) : name
            let images = folder + "/train-images-idx3-ubyte"
            for path in [images, images + ".gz"] where FileManager.default.fileExists(atPath: path) {
                return try ArrayReader(file: path, name: stem(folder), options: options).idx()
            }
            return try FolderReader(folder: folder, name: stem(folder), options: options)()
        }
        if Dataset.tableName(name) != nil || name.contains("/") {
            return try RawDataset(table: Table.csv(path: name), name: Dataset.tableName(name) ?? file, options: options)
        }
        let known = sources.map(\.name)
        throw DatasetError.unknown(name: name, nearest: nearestName(to: name, among: known), known: known)
    }

    /// The name of a dataset in a file or folder: `garden` for `garden.npz`.
    private static func stem(_ file: String) -> String {
        let name = (file as NSString).lastPathComponent
        return name.split(separator: ".").first.map(String.init) ?? name
    }
}
