import Environments
import Randomness
import Simulation
import Testing

@Suite struct `Probe tasks` {
    /// The mean return of random actions over 4,000 episodes, against what the list says: 5 standard errors at most.
    @Test(arguments: Environments.all.map(\.id).filter { $0.hasPrefix("probe-") || $0 == "t-maze" })
    func `yield at random what the list says`(id: String) throws {
        let specification = try Environments.named(id)
        var batch = specification.make(count: 100, seed: 3)
        var rollout = batch.makeRollout(steps: 1)
        var actions = RandomStream(seed: 1, purpose: "actions")
        batch.observe(into: &rollout)
        var returns: [Double] = []
        var owed = [Int](repeating: 40, count: 100)
        while owed.contains(where: { $0 > 0 }) {
            rollout.drawActions(step: 0, using: &actions)
            batch.step(0, of: &rollout)
            for episode in rollout.endedEpisodes where owed[episode.lane] > 0 {
                returns.append(episode.return)
                owed[episode.lane] -= 1
            }
            rollout.continueFromLastRow()
        }
        let mean = returns.reduce(0, +) / Double(returns.count)
        let variance = returns.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(returns.count)
        #expect(abs(mean - specification.randomReturn!) <= 5 * (variance / Double(returns.count)).squareRoot() + 1e-9)
    }

    @Test func `pay for the right choices among several, and for the right buttons`() {
        var random = RandomStream(seed: 1, purpose: "test")
        var choices = Probes.SeveralChoices()
        choices.state = 1 + 2 * 2 + 6 * 3
        #expect(observation(of: choices) == [0, 1, 0, 0, 1, 0, 0, 0, 1])
        #expect(choices.step([1, 2, 3], using: &random) == Transition(reward: 1, outcome: .terminated))
        #expect(choices.step([1, 2, 0], using: &random).reward == 2.0 / 3)
        var buttons = Probes.Buttons()
        buttons.state = 0b0110
        #expect(buttons.step([0, 1, 1, 0], using: &random).reward == 1)
        #expect(buttons.step([1, 0, 0, 1], using: &random).reward == 0)
    }
}

@Suite struct `The T-maze` {
    @Test func `shows the way at the start only`() {
        var (maze, random) = (TMaze(), RandomStream(seed: 1, purpose: "test"))
        for goalIsUp in [true, false] {
            maze.state = .init(cell: 0, goalIsUp: goalIsUp, length: 3)
            #expect(observation(of: maze) == (goalIsUp ? [1, 0, 0, 0] : [0, 1, 0, 0]))
            for seen in [[0, 0, 1.0, 0], [0, 0, 1, 0], [0, 0, 0, 1]] {
                #expect(maze.step(0, using: &random) == Transition(reward: 0))
                #expect(observation(of: maze) == seen)
            }
            #expect(maze.step(goalIsUp ? 1 : 2, using: &random) == Transition(reward: 4, outcome: .terminated))
        }
    }

    @Test func `can be as long as is asked for`() throws {
        let long = try Environments.named("t-maze:length=50")
        var player = try EpisodePlayer(
            of: #require(long.task as? TMaze), limit: nil, seed: 1, purpose: "test", policy: .heuristic)
        player.begin()
        while player.outcome == .running, let action = try player.chooseAction() { _ = player.step(action) }
        #expect(player.length == 51 && player.return == 4)
    }
}
