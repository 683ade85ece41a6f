import Autodiff
import FileFormats
import Simulation

/// The agent that a training keeps: the one whose recent episodes went best, since a policy may collapse after it had
/// solved its task. Of equally good ones it is the latest.
struct KeptAgent: Sendable {
    /// How many episodes are averaged; until as many have ended the latest agent is kept.
    static let window = 32

    let parameters: ParameterStore
    private(set) var normalizer: ObservationNormalizer?
    private var returns = [Double](repeating: 0, count: window)
    private var episodeCount = 0
    private var bestMean = -Double.infinity

    init(_ parameters: ParameterStore, normalizer: ObservationNormalizer?) {
        self.parameters = ParameterStore(copying: parameters)
        self.normalizer = normalizer
    }

    /// Keeps the present agent if its recent episodes, to which `episodes` are added, were at least as good as the best.
    mutating func consider(
        _ present: ParameterStore, normalizer presentNormalizer: ObservationNormalizer?, after episodes: [EndedEpisode]
    ) {
        for index in episodes.indices {
            returns[episodeCount % Self.window] = episodes[index].return
            episodeCount += 1
        }
        if episodeCount >= Self.window {
            let mean = returns.reduce(0, +) / Double(Self.window)
            guard mean >= bestMean else { return }
            bestMean = mean
        }
        parameters.values.copy(from: present.values)
        normalizer = presentNormalizer
    }

    /// Writes the agent as it is used: networks and, where there is one, the observation normalizer.
    func saveAgent(into archive: inout Archive) {
        parameters.save(into: &archive)
        guard let normalizer else { return }
        var moments = Archive()
        normalizer.save(into: &moments)
        archive.add("observationNormalizer", moments)
    }

    func save(into archive: inout Archive) throws {
        saveAgent(into: &archive)
        archive.set("returns", returns)
        archive.set("bestMean", [bestMean])
        try archive.encode("episodeCount", episodeCount)
    }

    mutating func restore(from archive: Archive) throws {
        try parameters.restore(from: archive)
        try normalizer?.restore(from: archive.part("observationNormalizer"))
        returns = try archive.doubles("returns", shape: [returns.count])
        bestMean = try archive.doubles("bestMean", shape: [1])[0]
        episodeCount = try archive.decode("episodeCount", as: Int.self)
    }
}
