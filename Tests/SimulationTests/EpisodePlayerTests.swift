import Environments
import Simulation
import Testing

@Suite struct `An episode player` {
    /// Plays an episode to its end and returns the actions' first numbers.
    private func play<Task: Environment>(_ player: inout EpisodePlayer<Task>) throws -> [Double] {
        player.begin()
        var taken: [Double] = []
        while player.outcome == .running, let action = try player.chooseAction() {
            taken.append(action.numbers[0])
            _ = player.step(action)
        }
        return taken
    }

    @Test func `plays the episodes of a batch's lane 0`() throws {
        var player = try EpisodePlayer(
            of: CartPole(), limit: 500, seed: 3, purpose: "evaluation",
            policy: .agent { rollout in
                // Push towards where the pole leans.
                rollout.discreteActions[0] = rollout.observations[2] > 0 ? 1 : 0
            })
        var batch = try Environments.named("cart-pole").make(count: 2, seed: 3, purpose: "evaluation")
        var rollout = batch.makeRollout(steps: 1)
        batch.observe(into: &rollout)
        var (episodes, isOver) = (0, true)
        while episodes < 4 {
            if isOver { player.begin() }
            for lane in 0..<2 { rollout.discreteActions[lane] = rollout.observations[4 * lane + 2] > 0 ? 1 : 0 }
            #expect(player.observation == Array(rollout.observations[..<4]))
            let action = try #require(try player.chooseAction())
            let outcome = player.step(action).outcome
            batch.step(0, of: &rollout)
            #expect(outcome == rollout.outcomes[0])
            isOver = outcome != .running
            if isOver {
                let ended = try #require(rollout.endedEpisodes.first { $0.lane == 0 })
                #expect(ended.length == player.length && ended.return == player.return)
                #expect(player.length > 10)
                episodes += 1
            }
            rollout.continueFromLastRow()
        }
    }

    @Test func `truncates at the limit`() throws {
        var player = try EpisodePlayer(of: Pendulum(), limit: 7, seed: 1, purpose: "a", policy: .random)
        #expect(try play(&player).count == 7)
        #expect(player.outcome == .truncated)
    }

    @Test func `clamps actions to their box`() throws {
        var player = try EpisodePlayer(
            of: Pendulum(), limit: 3, seed: 1, purpose: "a", policy: .agent { $0.continuousActions[0] = 5 })
        #expect(try play(&player) == [2, 2, 2])
    }

    @Test func `follows a script to its end, from a given state`() throws {
        var player = try EpisodePlayer(
            of: CartPole(), limit: 500, seed: 1, purpose: "a", policy: .script([[1], [0]]))
        player.begin(in: .init(position: 1, velocity: 0, angle: 0, angularVelocity: 0))
        #expect(player.observation == [1, 0, 0, 0])
        #expect(try play(&player) == [1, 0])
        #expect(player.outcome == .running)
    }

    @Test(arguments: [
        ([[2.0]], "action 1: 2.0 is none of the choices 0 to 1"), ([[0.5]], "action 1: 0.5 is none of"),
        ([[1], [0, 1]], "action 2 has 2 numbers; the task takes 1"),
    ])
    func `refuses a script that the task does not understand`(script: [[Double]], words: String) throws {
        var player = try EpisodePlayer(of: CartPole(), limit: 500, seed: 1, purpose: "a", policy: .script(script))
        let error = #expect(throws: EnvironmentError.self) { _ = try play(&player) }
        #expect(error?.description.hasPrefix(words) == true)
    }

    @Test func `has a heuristic only where the task has`() throws {
        #expect(throws: EnvironmentError.self) {
            _ = try EpisodePlayer(of: Countdown(), limit: 5, seed: 1, purpose: "a", policy: .heuristic)
        }
        var player = try EpisodePlayer(of: CartPole(), limit: 500, seed: 1, purpose: "a", policy: .heuristic)
        #expect(try play(&player).count == 500)
    }
}
