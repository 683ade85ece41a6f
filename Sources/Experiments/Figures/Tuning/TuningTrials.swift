/// What a search over settings tried and reached, column by column.
public struct TuningTrials: Sendable, Equatable {
    public enum State: String, CaseIterable, Sendable { case complete, pruned, failed, running }

    /// What is to be improved.
    public struct Objective: Sendable, Equatable {
        public let name: String
        public let isHighBest: Bool
        /// `[n]`; not a number for trials that did not get so far.
        public let values: [Double]

        public init(_ name: String, isHighBest: Bool, _ values: [Double]) {
            self.name = name
            self.isHighBest = isHighBest
            self.values = values
        }
    }

    /// What was varied.
    public struct Parameter: Sendable, Equatable {
        public let name: String
        /// Whether it was searched on a logarithmic scale.
        public let isLogarithmic: Bool
        /// `[n]`, not a number where the trial does not have it; for names their place in `categories`.
        public let values: [Double]
        /// The names that were tried, where they are no numbers.
        public let categories: [String]

        public init(_ name: String, isLogarithmic: Bool = false, _ values: [Double], categories: [String] = []) {
            self.name = name
            self.isLogarithmic = isLogarithmic
            self.values = values
            self.categories = categories
        }
    }

    /// A measurement of the first objective on the way.
    public struct Measurement: Sendable, Equatable {
        public let step: Double
        public let value: Double

        public init(step: Double, _ value: Double) {
            self.step = step
            self.value = value
        }
    }

    /// `[n]` each, in the order in which the trials were begun.
    public let numbers: [Int]
    public let states: [State]
    /// Seconds since the search began; not a number where unknown.
    public let starts: [Double]
    public let ends: [Double]
    public let measurements: [[Measurement]]
    public let objectives: [Objective]
    public let parameters: [Parameter]

    public var count: Int { numbers.count }

    /// - Parameters:
    ///   - starts: Seconds since the search began, or none.
    ///   - measurements: Of the first objective on the way, or none.
    public init(
        numbers: [Int], states: [State], objectives: [Objective], parameters: [Parameter], starts: [Double] = [],
        ends: [Double] = [], measurements: [[Measurement]] = []
    ) {
        let count = numbers.count
        precondition(!objectives.isEmpty, "a search has at least one objective")
        let columns =
            [states.count] + objectives.map(\.values.count) + parameters.map(\.values.count)
            + [starts.count, ends.count, measurements.count].filter { $0 > 0 }
        precondition(
            columns.allSatisfy { $0 == count }, "all columns have \(count) rows, one for each trial: \(columns)")
        self.numbers = numbers
        self.states = states
        self.objectives = objectives
        self.parameters = parameters
        self.starts = starts.isEmpty ? Array(repeating: .nan, count: count) : starts
        self.ends = ends.isEmpty ? Array(repeating: .nan, count: count) : ends
        self.measurements = measurements.isEmpty ? Array(repeating: [], count: count) : measurements
    }

    /// The trials that were completed and have a value of each objective.
    public var completed: [Int] {
        (0..<count).filter { trial in
            states[trial] == .complete && objectives.allSatisfy { $0.values[trial].isFinite }
        }
    }

    /// The trials that figures show: those that were completed; or, where a search by halving completes hardly any, all
    /// that have a value.
    public var shown: [Int] {
        let measured = (0..<count).filter { trial in
            [.complete, .pruned].contains(states[trial]) && objectives.allSatisfy { $0.values[trial].isFinite }
        }
        return completed.count < 3 ? measured : completed
    }

    /// The best value of an objective after each of the trials shown, in the order of `shown`.
    func bestSoFar(_ objective: Objective) -> [Double] {
        var best = objective.isHighBest ? -Double.infinity : .infinity
        return shown.map { trial in
            best = objective.isHighBest ? max(best, objective.values[trial]) : min(best, objective.values[trial])
            return best
        }
    }

    /// The completed trial that is best in the first objective; the earliest of equals.
    var best: Int? {
        let objective = objectives[0]
        return completed.min { a, b in
            let (first, second) = (objective.values[a], objective.values[b])
            return first == second ? a < b : (first < second) != objective.isHighBest
        }
    }
}
