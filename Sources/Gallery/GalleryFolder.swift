import Fledge
import Foundation

/// The folder with the gallery's pictures and the data that they are drawn from.
struct GalleryFolder {
    let path: String

    func bytes(_ file: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(filePath: path + "/" + file))) }

    /// A table below `Data`.
    func table(_ name: String) throws -> CSVTable {
        try CSV.decode(bytes("Data/" + name), name: "Data/" + name, header: .present)
    }

    /// A run below `Runs`.
    func run(_ name: String) throws -> StoredRun { try StoredRun(reading: RunFolder(existing: path + "/Runs/" + name)) }

    func write(_ bytes: [UInt8], to file: String) throws {
        try Data(bytes).write(to: URL(filePath: path + "/" + file), options: .atomic)
    }
}

/// What is wrong with the gallery's command line or data.
struct GalleryError: Error, CustomStringConvertible {
    let description: String
}

extension CSVTable {
    /// A column by its name.
    func column(_ name: String) throws -> Int {
        guard let column = columnNames.firstIndex(of: name) else {
            throw GalleryError(description: "\(file) has no column \"\(name)\"; it has \(columnNames)")
        }
        return column
    }

    func numbers(_ name: String) throws -> [Double] { try numbers(column: column(name)) }
    func texts(_ name: String) throws -> [String] { try texts(column: column(name)) }
    func integers(_ name: String) throws -> [Int] { try numbers(name).map { Int($0) } }
}
