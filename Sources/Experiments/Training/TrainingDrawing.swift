internal import FileFormats
internal import ReinforcementLearning
internal import Simulation

/// What the figures of a trained seed show beyond its metrics, measured in the episodes of its final evaluation; empty
/// for a training that was interrupted.
///
/// | name in the archive | shape | what it is |
/// |---|---|---|
/// | `evaluationReturns` | `[episodes]` | undiscounted returns |
/// | `evaluationLengths` | `[episodes]` | in steps |
/// | `actionCounts` | `[choices]` | how often each choice was taken; empty for a box |
/// | `actions` | `[samples, size]` | actions in a box at sampled steps; empty for choices |
/// | `values` | `[samples]` | what the critic expected at sampled steps |
/// | `discountedReturns` | `[samples]` | what followed them |
/// | `policyMap` | `[map, map, size]` | probabilities of the choices, or the mean action, over the plane |
/// | `valueMap` | `[map, map]` | V over the plane |
struct TrainingDrawing {
    /// Places along each side of a map.
    static let mapSize = 41

    /// Policy and value over a plane through the observations.
    struct Map {
        /// What the plane is.
        struct Words: Codable, Equatable {
            var x: ObservationPlane.Side
            var y: ObservationPlane.Side
            var held: String?
            /// The bounds of the first element of a box of actions; nil for choices.
            var actionBounds: [Float]?
        }

        var words: Words
        var policy: [Float]
        var values: [Float]

        init(_ probe: AgentProbe, _ plane: ObservationPlane, actionSpace: Space) {
            words = Words(x: plane.x, y: plane.y, held: plane.held)
            if case .box(let low, let high) = actionSpace { words.actionBounds = [low[0], high[0]] }
            policy = probe.policy
            values = probe.values
        }

        init(words: Words, policy: [Float], values: [Float]) {
            self.words = words
            self.policy = policy
            self.values = values
        }
    }

    var evaluationReturns: [Double]
    var evaluationLengths: [Int32]
    var actionNames: [String]
    var actionCounts: [Int64]
    var actions: [Float]
    var values: [Float]
    var discountedReturns: [Float]
    var map: Map?

    init(_ study: AgentStudy?, actionNames: [String]) {
        evaluationReturns = study?.returns ?? []
        evaluationLengths = study?.lengths.map { Int32(clamping: $0) } ?? []
        self.actionNames = actionNames
        actionCounts = study?.actionCounts.map { Int64($0) } ?? []
        actions = study?.actions ?? []
        values = study?.values ?? []
        discountedReturns = study?.discountedReturns ?? []
    }

    func archive() throws -> Archive {
        var archive = Archive()
        archive.set(TrainingFigure.evaluationName, evaluationReturns)
        archive.set("evaluationLengths", evaluationLengths)
        try archive.encode("actionNames", actionNames)
        archive.set("actionCounts", actionCounts)
        archive.set("actions", actions)
        archive.set("values", values)
        archive.set("discountedReturns", discountedReturns)
        if let map {
            try archive.encode("map", map.words)
            archive.set("policyMap", map.policy)
            archive.set("valueMap", map.values)
        }
        return archive
    }

    /// Runs that go on have nothing yet, and those of earlier versions kept the returns only: what is missing is empty.
    ///
    /// - Throws: `FileFormatError` if something does not fit.
    init(_ archive: Archive) throws {
        let isEvaluated = archive.array(TrainingFigure.evaluationName) != nil
        evaluationReturns = isEvaluated ? try archive.doubles(TrainingFigure.evaluationName) : []
        let hasStudy = archive.array("evaluationLengths") != nil
        evaluationLengths = hasStudy ? try archive.int32s("evaluationLengths") : []
        actionNames = hasStudy ? try archive.decode("actionNames") : []
        actionCounts = hasStudy ? try archive.int64s("actionCounts") : []
        actions = hasStudy ? try archive.floats("actions") : []
        values = hasStudy ? try archive.floats("values") : []
        discountedReturns = hasStudy ? try archive.floats("discountedReturns", shape: [values.count]) : []
        if archive.array("valueMap") != nil {
            map = Map(
                words: try archive.decode("map"), policy: try archive.floats("policyMap"),
                values: try archive.floats("valueMap", shape: [Self.mapSize * Self.mapSize]))
        }
    }
}
