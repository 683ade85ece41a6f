public import Plotting

/// The figures of a run, drawn from what it left.
public enum RunFigures {
    /// The figures of each kind of run under their files' names; the first one's title is the run's headline.
    public static func figures(of run: StoredRun) throws -> [(name: String, figure: Figure)] {
        switch run.record.verb {
        case "train": [("training", try TrainingFigure(run).figure)]
        default:
            throw ExperimentError(.badData, "the run \(run.record.name) is of an unknown kind: \(run.record.verb)")
        }
    }
}
