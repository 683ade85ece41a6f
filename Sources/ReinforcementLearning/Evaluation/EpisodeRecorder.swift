internal import Simulation

/// Writes down what happens in evaluated episodes: actions of every step, and of some steps the observation with the
/// discounted return that followed.
///
/// What an episode that a time limit cut off would still have yielded is not known. Its steps count only while a share of
/// at most `mostUnknown` of the discounted future lies behind the cut.
struct EpisodeRecorder: Sendable {
    /// Sampled steps of one episode, evenly spread.
    private static let samplesPerEpisode = 20
    /// γ^(steps to the cut) is at most this.
    private static let mostUnknown = 0.05

    private let discount: Double
    private let observationSize: Int
    private let actionSpace: Space
    private var lanes: [Lane]

    private(set) var study = AgentStudy()
    /// The observations of the sampled steps as the networks see them, `[samples, d]`.
    private(set) var observations: [Float] = []

    /// The running episode of a lane.
    private struct Lane: Sendable {
        var observations: [Float] = []
        var actions: [Float] = []
        var rewards: [Float] = []
    }

    init(laneCount: Int, observationSize: Int, actionSpace: Space, discount: Double) {
        self.discount = discount
        self.observationSize = observationSize
        self.actionSpace = actionSpace
        lanes = Array(repeating: Lane(), count: laneCount)
        if case .discrete(let count) = actionSpace { study.actionCounts = Array(repeating: 0, count: count) }
    }

    /// Notes step 0 of `rollout` in the lanes that are in an episode that counts.
    mutating func note(_ rollout: Rollout, isCounted: (Int) -> Bool) {
        let d = observationSize
        for lane in lanes.indices where isCounted(lane) {
            lanes[lane].observations.append(contentsOf: rollout.observations[lane * d..<(lane + 1) * d])
            lanes[lane].rewards.append(rollout.rewards[lane])
            switch actionSpace {
            case .discrete: study.actionCounts[Int(rollout.discreteActions[lane])] += 1
            case .multiDiscrete, .binary: break
            case .box(let low, let high):
                for index in low.indices {
                    // What the environment gets: the policy's action clamped to the box.
                    let action = rollout.continuousActions[lane * low.count + index]
                    lanes[lane].actions.append(min(max(action, low[index]), high[index]))
                }
            }
        }
    }

    /// Notes that the episode of a lane ended.
    mutating func end(_ episode: EndedEpisode) {
        study.returns.append(episode.return)
        study.lengths.append(episode.length)
        let lane = lanes[episode.lane]
        lanes[episode.lane] = Lane()
        let count = lane.rewards.count
        var followed = [Double](repeating: 0, count: count)
        var sum = 0.0
        for step in (0..<count).reversed() {
            sum = Double(lane.rewards[step]) + discount * sum
            followed[step] = sum
        }
        var known = count
        if episode.outcome == .truncated {
            var unknown = 1.0
            while known > 0, unknown > Self.mostUnknown {
                unknown *= discount
                known -= 1
            }
        }
        let actionSize = lane.actions.count / max(count, 1)
        for sample in 0..<min(Self.samplesPerEpisode, count) {
            let step = sample * count / min(Self.samplesPerEpisode, count)
            study.actions += lane.actions[step * actionSize..<(step + 1) * actionSize]
        }
        for sample in 0..<min(Self.samplesPerEpisode, known) {
            let step = sample * known / min(Self.samplesPerEpisode, known)
            observations += lane.observations[step * observationSize..<(step + 1) * observationSize]
            study.discountedReturns.append(Float(followed[step]))
        }
    }
}
