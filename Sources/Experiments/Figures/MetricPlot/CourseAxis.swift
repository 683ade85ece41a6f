internal import FileFormats
internal import Plotting

/// What the course of a run can be measured along.
enum CourseAxis: String, CaseIterable, Sendable {
    case steps, samples, iterations, epochs, updates, episodes, seconds

    /// The axis called `name`.
    ///
    /// - Throws: `ExperimentError` if there is none, suggesting the nearest.
    static func named(_ name: String) throws -> CourseAxis {
        let aliases: [String: CourseAxis] = [
            "time": .seconds, "walltime": .seconds, "step": .steps, "environmentsteps": .steps, "epoch": .epochs,
            "update": .updates, "episode": .episodes, "sample": .samples, "iteration": .iterations,
        ]
        let folded = MetricWords.folded(name)
        if let axis = CourseAxis(rawValue: folded) ?? aliases[folded] { return axis }
        let known = allCases.map(\.rawValue)
        throw ExperimentError.unknown("x-axis", name, known: known, nearest: nearestName(to: name, among: known))
    }

    /// The axis that suits all `runs`: epochs or the unit that they count in, else time.
    static func suited(to runs: [StoredRun]) -> CourseAxis {
        let histories = runs.flatMap(\.seeds).map(\.history)
        for axis in [CourseAxis.epochs, .steps, .iterations, .samples]
        where histories.allSatisfy({ axis.values(of: $0) != nil }) {
            return axis
        }
        return .seconds
    }

    /// Where each update lies on this axis; nil if the run was not measured along it.
    func values(of history: MetricsHistory) -> [Double]? {
        switch self {
        case .steps, .samples, .iterations:
            return history.unit == rawValue ? history.completed.map { Double($0) } : nil
        case .epochs: return history["epoch"]
        case .updates: return history.completed.indices.map { Double($0 + 1) }
        case .seconds: return history.seconds
        case .episodes:
            var total = 0.0
            return history["episodes"]?.map { ended in
                total += ended.isNaN ? 0 : ended
                return total
            }
        }
    }

    var axis: Axis {
        switch self {
        case .steps: .environmentSteps
        case .samples: Axis("samples seen", wordsFrom: 10_000)
        case .episodes: Axis("episodes", wordsFrom: 10_000)
        case .seconds: Axis("time of training, s")
        case .iterations, .epochs, .updates: Axis(rawValue)
        }
    }
}
