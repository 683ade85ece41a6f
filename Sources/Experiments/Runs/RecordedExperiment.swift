extension RunFolder {
    /// The work of this run, as its `run.json` tells it.
    ///
    /// - Throws: `ExperimentError` if this version cannot do such work any more, or the data has changed.
    public func experiment() throws -> any Experiment {
        var record = try record()
        // Errors name the folder that it has by now.
        record.name = path
        return switch record.verb {
        case "train": try TrainingAlgorithm.named(record.algorithm).experiment(of: record, in: self)
        case "cluster": try ClusterExperiment(of: record)
        case "encode": try EncodeExperiment(of: record)
        case "fit": try FitExperiment(of: record, in: self)
        default: throw ExperimentError(.badData, "the run \(record.name) is of an unknown kind: \(record.verb)")
        }
    }
}
