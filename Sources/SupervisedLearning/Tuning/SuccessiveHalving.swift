public import Randomness

/// Tries many random settings on a small share of the training, and the best part of them on `eta` times as much, until
/// the last get all of it (Jamieson and Talwalkar, 2016; with the rounds of a bracket of Hyperband: Li et al., 2018).
public struct SuccessiveHalving: Search {
    /// One round: how many trials, and which share of the training each gets.
    public struct Rung: Sendable, Equatable, Codable {
        public let trials: Int
        public let share: Double
    }

    public var queue: TrialQueue
    public let eta: Int
    public let rungs: [Rung]

    /// The rungs for n trials: n, ⌊n / η⌋, ⌊n / η²⌋ … as long as one is left and the first share is at least
    /// `smallestShare`; each share is η times the one before, and the last is 1.
    public static func rungs(trials: Int, eta: Int = 3, smallestShare: Double) -> [Rung] {
        precondition(trials >= 1 && eta >= 2, "\(trials) trials of which the \(eta)th part goes on")
        var counts = [trials]
        var inverse = 1
        while let last = counts.last, last / eta >= 1, Double(inverse * eta) * smallestShare <= 1 + 1e-9 {
            counts.append(last / eta)
            inverse *= eta
        }
        return counts.map { count in
            defer { inverse /= eta }
            return Rung(trials: count, share: 1 / Double(inverse))
        }
    }

    /// - Parameters:
    ///   - trials: how many settings are tried at first.
    ///   - eta: the part 1/η of each round goes on to the next.
    ///   - smallestShare: the least share of the training that tells something: one epoch of them all, or a twentieth.
    /// - Throws: `InvalidSetting` if one of these makes no sense.
    public init(
        _ space: SearchSpace, trials: Int, eta: Int = 3, smallestShare: Double = 0.05, higherIsBetter: Bool,
        using random: inout RandomStream
    ) throws {
        try InvalidSetting.check("trials", trials, "1 … 100000", (1...100_000).contains(trials))
        try InvalidSetting.check("eta", eta, "2 … 100", (2...100).contains(eta))
        try InvalidSetting.check(
            "smallestShare", smallestShare, "above 0 and at most 1", smallestShare > 0 && smallestShare <= 1)
        self.eta = eta
        rungs = Self.rungs(trials: trials, eta: eta, smallestShare: smallestShare)
        var drawn: [Trial] = []
        for index in 0..<trials {
            drawn.append(Trial(index: index, settings: space.sample(using: &random), share: rungs[0].share))
        }
        queue = TrialQueue(drawn, higherIsBetter: higherIsBetter)
    }

    /// The last trial of a round to be told sends the best on. Failed trials do not go on, even where that leaves
    /// fewer.
    public mutating func tell(_ trial: Trial, score: Double?) {
        queue.tell(trial, score: score)
        guard queue.waiting.isEmpty, queue.running.isEmpty, trial.rung + 1 < rungs.count else { return }
        let rung = trial.rung + 1
        let scored = queue.results.filter { $0.trial.rung == trial.rung && $0.score != nil }
        let promoted = queue.ranked(scored).prefix(rungs[rung].trials).map(\.trial)
        queue.waiting = promoted.map {
            Trial(index: $0.index, settings: $0.settings, share: rungs[rung].share, rung: rung)
        }
    }
}
