public import Plotting
public import Simulation

/// An episode in pictures: all of its frames, or a few moments of it.
public struct EpisodeFilm: Sendable, Equatable, Codable {
    /// What was to be seen after so many steps.
    public struct Frame: Sendable, Equatable, Codable {
        public let step: Int
        /// The sum of the rewards so far.
        public let `return`: Double
        public let sketch: Sketch
    }

    /// In the order of their steps; the first is the start and the last the end.
    public let frames: [Frame]
    /// What is to be seen, with units.
    public let legend: String
    /// The number of steps of the whole episode.
    public let length: Int
    /// The undiscounted sum of the whole episode's rewards.
    public let `return`: Double

    /// - Parameter moments: how many frames, evenly spaced; nil for every step.
    public init<Task: DrawableEnvironment>(_ episode: EpisodeRecording<Task>, moments: Int? = nil) {
        var returns = [0.0]
        for reward in episode.rewards { returns.append(returns[returns.count - 1] + reward) }
        length = episode.length
        `return` = returns[episode.length]
        legend = Task.legend
        let steps = Self.steps(of: episode.length, moments: moments ?? episode.length + 1)
        frames = steps.map { step in
            Frame(
                step: step, return: returns[step],
                sketch: Task.sketch(
                    of: episode.states[step], taking: step < episode.length ? episode.actions[step] : nil))
        }
    }

    /// So many of the moments 0 … length, evenly spaced, the first and the last among them.
    package static func steps(of length: Int, moments: Int) -> [Int] {
        let count = min(max(moments, 2), length + 1)
        guard count > 1 else { return [0] }
        return (0..<count).map { Int((Double($0) * Double(length) / Double(count - 1)).rounded()) }
    }
}

extension EnvironmentSpecification {
    /// Films the first episode that `act` plays in lane 0 of a batch of this seed and purpose; nil if the task does not
    /// draw itself.
    ///
    /// - Parameters:
    ///   - moments: how many frames, evenly spaced; nil for every step.
    ///   - act: writes the action for row 0 of a rollout of one lane, whose row 0 of observations is what is to be seen.
    public func film(
        moments: Int? = nil, seed: UInt64, purpose: String = "evaluation", act: (inout Rollout) -> Void
    ) -> EpisodeFilm? {
        func film<Task: DrawableEnvironment>(_ task: Task) -> EpisodeFilm {
            EpisodeFilm(
                EpisodeRecording(of: task, limit: stepLimit, seed: seed, purpose: purpose, act: act), moments: moments)
        }
        return (task as? any DrawableEnvironment).map { film($0) }
    }
}
