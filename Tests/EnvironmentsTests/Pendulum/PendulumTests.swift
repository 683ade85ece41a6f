import Environments
import Randomness
import Simulation
import Testing

@Suite struct `The pendulum` {
    func observation(of task: some Environment) -> [Double] {
        var row = [Float](repeating: .nan, count: 3)
        var span = row.mutableSpan
        task.observe(into: &span)
        return row.map(Double.init)
    }

    @Test func `steps from each of Gymnasium's states to Gymnasium's next one`() throws {
        for trajectory in try GymnasiumTrajectory.all(of: "pendulum") {
            var previous = trajectory.starts[0].state
            for row in trajectory.rows {
                var task = Pendulum()
                task.state = .init(angle: previous[0], angularVelocity: previous[1])
                let transition = task.step(torque: row[0])
                previous = Array(row[1...2])
                #expect(largestDifference([task.state.angle, task.state.angularVelocity], previous) <= 1e-12)
                #expect(largestDifference(observation(of: task), row[3...5]) <= 1e-6)
                #expect(abs(transition.reward - row[6]) <= 1e-12)
            }
        }
    }

    @Test func `follows Gymnasium's whole trajectories`() throws {
        for trajectory in try GymnasiumTrajectory.all(of: "pendulum") {
            var task = Pendulum()
            task.state = .init(angle: trajectory.starts[0].state[0], angularVelocity: trajectory.starts[0].state[1])
            for row in trajectory.rows {
                let transition = task.step(torque: row[0])
                #expect(largestDifference([task.state.angle, task.state.angularVelocity], row[1...2]) <= 1e-8)
                #expect(abs(transition.reward - row[6]) <= 1e-8)
            }
        }
    }

    @Test func `is truncated at step 200, as Gymnasium's is, and never terminates`() throws {
        var batch = try Environments.named("pendulum").make(count: 1, seed: 3)
        var rollout = batch.makeRollout(steps: 200)
        for step in 0..<200 { batch.step(step, of: &rollout) }
        for trajectory in try GymnasiumTrajectory.all(of: "pendulum") {
            #expect(rollout.outcomes == trajectory.rows.map { $0[8] == 1 ? .truncated : .running })
        }
    }

    @Test func `clips the torque to 2, in the motion and in the cost`() {
        var random = RandomStream(seed: 0, purpose: "test")
        for (given, applied) in [(Float(5), 2.0), (-5, -2), (1.5, 1.5)] {
            var task = Pendulum()
            let transition = task.step([given], using: &random)
            // Upright and at rest gravity has no moment: θ̇ = 3 u dt, cost 0.001 u².
            #expect(abs(task.state.angularVelocity - 3 * applied * 0.05) < 1e-15)
            #expect(abs(transition.reward + 0.001 * applied * applied) < 1e-15)
        }
    }

    @Test func `costs the same a full turn further, in both directions`() {
        for turns in -3...3 {
            for angle in [-3.0, -1, 0, 2, 3.1] {
                var task = Pendulum()
                task.state = .init(angle: angle + Double(turns) * 2 * .pi, angularVelocity: 0)
                #expect(abs(task.step(torque: 0).reward + angle * angle) < 1e-12)
            }
        }
    }

    @Test func `starts at any angle with a speed of at most 1`() {
        var random = RandomStream(seed: 1, purpose: "environment")
        var same = random
        var task = Pendulum()
        task.reset(using: &random)
        #expect(task.state.angle == same.uniform(in: -Double.pi...Double.pi))
        #expect(task.state.angularVelocity == same.uniform(in: -1...1))
    }
}
