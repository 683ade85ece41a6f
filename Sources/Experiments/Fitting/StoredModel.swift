internal import FileFormats
internal import Foundation
public import SupervisedLearning

/// A fitted model as it is found on disk: by the name of the run that made it, or as a file.
public struct StoredModel: Sendable {
    public let network: FittedNetwork
    /// The file that holds it.
    public let path: String
    /// The run that made it; nil for a file from elsewhere.
    public let lineage: Lineage?

    /// - Parameter seed: whose model of a run is meant; nil for the first seed's.
    /// - Throws: `ExperimentError` if there is no such run or file; `FileFormatError` if it holds no model.
    public init(named name: String, seed: UInt64? = nil) throws {
        var isFolder: ObjCBool = false
        let exists = FileManager.default.fileExists(atPath: name, isDirectory: &isFolder)
        if exists, !isFolder.boolValue {
            path = name
            lineage = nil
        } else {
            let folder = try RunFolder(existing: name)
            let record = try folder.record()
            guard record.verb == "fit" else {
                throw ExperimentError(
                    .usage, "the run \(name) is no fit but a \(record.verb)", advice: "name a run of fledge fit")
            }
            path = folder.path("parameters.safetensors", seed: seed ?? record.seeds[0])
            guard FileManager.default.fileExists(atPath: path) else {
                throw ExperimentError(
                    .missingInput, "the run \(name) has no model yet", advice: "finish it with fledge resume \(name)")
            }
            lineage = Lineage(.continuation, of: record)
        }
        network = try FittedNetwork(restoring: Archive(decoding: readFile(path), name: path))
    }
}
