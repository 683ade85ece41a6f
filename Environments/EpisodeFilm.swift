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

    /// Plays an episode and films it: the first one of lane 0 of a batch of this seed and purpose.
    ///
    /// - Parameters:
    ///   - limit: the step at which the episode is truncated; nil for a task that ends by itself.
    ///   - longest: the step at which one that does not end is broken off.
    ///   - moments: how many frames, evenly spaced; nil for every step.
    /// - Throws: `EnvironmentError` if the task has no heuristic, or a script does not fit.
    public init<Task: DrawableEnvironment>(
        of task: Task, limit: Int?, longest: Int = 10_000, moments: Int? = nil, seed: UInt64, purpose: String,
        policy: EpisodePolicy
    ) throws(EnvironmentError) {
        let fresh = try EpisodePlayer(of: task, limit: limit, seed: seed, purpose: purpose, policy: policy)
        var steps: Set<Int>?
        if let moments {
            // Which moments they are is known when the episode has been played once.
            var rehearsal = fresh
            rehearsal.begin()
            while rehearsal.outcome == .running, rehearsal.length < longest,
                let action = try rehearsal.chooseAction()
            {
                _ = rehearsal.step(action)
            }
            steps = Set(Self.steps(of: rehearsal.length, moments: moments))
        }
        var player = fresh
        player.begin()
        var frames: [Frame] = []
        while true {
            let goesOn = player.outcome == .running && player.length < longest
            let action = goesOn ? try player.chooseAction() : nil
            if steps?.contains(player.length) ?? true {
                frames.append(
                    Frame(
                        step: player.length, return: player.return, sketch: player.task.sketch(taking: action)))
            }
            guard let action else { break }
            _ = player.step(action)
        }
        self.frames = frames
        legend = player.task.legend
        length = player.length
        `return` = player.return
    }

    /// So many of the moments 0 … length, evenly spaced, the first and the last among them.
    package static func steps(of length: Int, moments: Int) -> [Int] {
        let count = min(max(moments, 2), length + 1)
        guard count > 1 else { return [0] }
        return (0..<count).map { Int((Double($0) * Double(length) / Double(count - 1)).rounded()) }
    }
}

extension EnvironmentSpecification {
    /// Films the first episode that `policy` plays in lane 0 of a batch of this seed and purpose; nil if the task does not
    /// draw itself.
    ///
    /// - Parameter moments: how many frames, evenly spaced; nil for every step.
    /// - Throws: `EnvironmentError` if the task has no heuristic, or a script does not fit.
    public func film(
        moments: Int? = nil, seed: UInt64, purpose: String = "evaluation", policy: EpisodePolicy
    ) throws(EnvironmentError) -> EpisodeFilm? {
        func film(_ task: some DrawableEnvironment) throws(EnvironmentError) -> EpisodeFilm {
            try EpisodeFilm(
                of: task, limit: stepLimit, moments: moments, seed: seed, purpose: purpose, policy: policy)
        }
        guard let task = task as? any DrawableEnvironment else { return nil }
        return try film(task)
    }
}
