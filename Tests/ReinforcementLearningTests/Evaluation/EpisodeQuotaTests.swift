import ReinforcementLearning
import Testing

@Suite struct `An episode quota` {
    @Test(arguments: [(100, 8), (5, 3), (2, 4), (0, 2), (7, 1)])
    func `shares the episodes among the lanes as evenly as can be`(episodes: Int, lanes: Int) {
        let quota = EpisodeQuota(episodes: episodes, laneCount: lanes)
        #expect(quota.owed.reduce(0, +) == episodes)
        #expect(quota.owed.max()! - quota.owed.min()! <= 1)
    }

    @Test func `counts a lane's first episodes and is met when all lanes have delivered`() {
        var quota = EpisodeQuota(episodes: 3, laneCount: 2)
        #expect(quota.owed == [1, 2])
        let early = [0, 0, 1].map { quota.accept(lane: $0) }
        #expect(early == [true, false, true])
        #expect(!quota.isMet)
        let late = [1, 1].map { quota.accept(lane: $0) }
        #expect(late == [true, false])
        #expect(quota.isMet)
    }

    /// Lane 0 has episodes of length 1 and return 1, lane 1 of length 9 and return 9. The first ten to end have a mean of
    /// 1.8; without bias it is 5.
    @Test func `does not favour short episodes`() {
        var quota = EpisodeQuota(episodes: 10, laneCount: 2)
        var returns: [Double] = []
        for step in 1...100 {
            if quota.accept(lane: 0) { returns.append(1) }
            if step % 9 == 0, quota.accept(lane: 1) { returns.append(9) }
        }
        #expect(quota.isMet)
        #expect(returns.reduce(0, +) / Double(returns.count) == 5)
    }
}
