public import Datasets
internal import FileFormats
internal import Foundation
public import SupervisedLearning

/// A fitted model as it is found on disk: by the name of the run that made it, or as a file.
public struct StoredModel: Sendable {
    public let network: FittedNetwork
    /// What is known of it besides.
    public let facts: ModelFacts
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
        let archive = try Archive(decoding: readFile(path), name: path)
        network = try FittedNetwork(restoring: archive)
        facts = ModelFacts(in: archive)
    }

    /// How data are read that the model is to be retrained on: its target, its classes, and its columns' types.
    ///
    /// - Parameter options: what was asked for besides.
    public func options(_ options: RawDataset.Options) -> RawDataset.Options {
        var options = options
        if options.target == .automatic, let name = network.target.name, case .table? = network.schema {
            options.target = .named(name)
        }
        if options.task == nil { options.task = network.target.hasClasses ? .classification : .regression }
        if !network.target.classNames.isEmpty { options.classNames = network.target.classNames }
        switch network.schema {
        case .table(let table)?: options.types = table.types
        case .texts?: options.layout = .texts
        case .ratings?: options.layout = .ratings
        case .matrix?, nil: break
        }
        return options
    }
}
