/// Which episodes count when n episodes are collected from N lanes that run side by side.
///
/// Were it the first n to end, short episodes would be counted too often: while a long one runs in one lane, others end
/// many short ones. So each lane owes a number of episodes that is fixed beforehand, (n + lane) / N rounded down, and
/// only its first ones count, however long they take.
public struct EpisodeQuota: Sendable, Equatable {
    /// [N], the episodes that each lane still owes.
    public private(set) var owed: [Int]

    private let episodes: Int

    /// Whether every lane has delivered its episodes.
    public var isMet: Bool { owed.allSatisfy { $0 == 0 } }

    public init(episodes: Int, laneCount: Int) {
        precondition(episodes >= 0 && laneCount > 0, "\(episodes) episodes cannot be shared among \(laneCount) lanes")
        self.episodes = episodes
        owed = (0..<laneCount).map { (episodes + $0) / laneCount }
    }

    /// Asks every lane for its episodes once more.
    public mutating func renew() {
        for lane in owed.indices { owed[lane] = (episodes + lane) / owed.count }
    }

    /// Notes that an episode ended in `lane`.
    ///
    /// - Returns: whether it counts.
    public mutating func accept(lane: Int) -> Bool {
        guard owed[lane] > 0 else { return false }
        owed[lane] -= 1
        return true
    }
}
