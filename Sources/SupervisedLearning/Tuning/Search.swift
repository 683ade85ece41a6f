/// Settings to be tried.
public struct Trial: Sendable, Equatable, Codable {
    /// The number of these settings, from 0.
    public let index: Int
    /// The values of the searched settings, as they are written.
    public let settings: [String: String]
    /// How much of the full training it gets, within 0 … 1: of the epochs, rounded, at least one.
    public let share: Double
    /// Which round of successive halving it belongs to, from 0.
    public let rung: Int

    init(index: Int, settings: [String: String], share: Double = 1, rung: Int = 0) {
        self.index = index
        self.settings = settings
        self.share = share
        self.rung = rung
    }
}

/// What came of a trial.
public struct TrialResult: Sendable, Equatable, Codable {
    public let trial: Trial
    /// Nil where it failed: it diverged, or the metric is not defined.
    public let score: Double?
}

/// A search that says what to try next and is told what came of it. It knows neither how trials are run nor how many at
/// a time; saved between any two calls it goes on exactly as it would have.
public protocol Search: Sendable, Codable {
    /// The trials waiting, running and done.
    var queue: TrialQueue { get set }
    /// Whether all has been tried. `next` may be nil before that, while trials of a round are running.
    var isFinished: Bool { get }
    /// The next trial to run; nil if there is none, or none yet.
    mutating func next() -> Trial?
    /// Takes the score of a trial that `next` gave; nil or not finite where it failed, which is worse than any score.
    mutating func tell(_ trial: Trial, score: Double?)
}

extension Search {
    public var isFinished: Bool { queue.waiting.isEmpty && queue.running.isEmpty }

    public mutating func next() -> Trial? { queue.next() }

    public mutating func tell(_ trial: Trial, score: Double?) { queue.tell(trial, score: score) }

    /// What has been told, in the order of rounds and trials.
    public var results: [TrialResult] { queue.results }

    /// The best so far among those that had the largest share of the training; of equals the first. Nil as long as none
    /// has a score.
    public var best: TrialResult? {
        let scored = results.filter { $0.score != nil }
        let rung = scored.map(\.trial.rung).max()
        return queue.ranked(scored.filter { $0.trial.rung == rung }).first
    }

    /// Puts trials that were begun and not told back in front: for a search that was saved while they ran.
    public mutating func restartRunning() { queue.restartRunning() }
}

/// The trials of a search: waiting, running and done.
public struct TrialQueue: Sendable, Equatable, Codable {
    public let higherIsBetter: Bool
    public internal(set) var waiting: [Trial]
    public private(set) var running: [Trial] = []
    public private(set) var results: [TrialResult] = []

    init(_ trials: [Trial], higherIsBetter: Bool) {
        waiting = trials
        self.higherIsBetter = higherIsBetter
    }

    mutating func next() -> Trial? {
        guard !waiting.isEmpty else { return nil }
        let trial = waiting.removeFirst()
        running.append(trial)
        return trial
    }

    mutating func tell(_ trial: Trial, score: Double?) {
        guard let place = running.firstIndex(of: trial) else {
            preconditionFailure("trial \(trial.index) of rung \(trial.rung) is not running")
        }
        running.remove(at: place)
        results.append(TrialResult(trial: trial, score: score.flatMap { $0.isFinite ? $0 : nil }))
        // Whichever of the running trials ended first.
        results.sort { ($0.trial.rung, $0.trial.index) < ($1.trial.rung, $1.trial.index) }
    }

    mutating func restartRunning() {
        waiting = running.sorted { ($0.rung, $0.index) < ($1.rung, $1.index) } + waiting
        running = []
    }

    /// The best first; of equals the earlier trial; failed ones last.
    func ranked(_ results: [TrialResult]) -> [TrialResult] {
        // Scores are finite.
        func cost(_ result: TrialResult) -> Double {
            result.score.map { higherIsBetter ? -$0 : $0 } ?? .infinity
        }
        return results.sorted { (cost($0), $0.trial.index) < (cost($1), $1.trial.index) }
    }
}
