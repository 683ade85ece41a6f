import Environments
import Randomness
import Simulation
import Testing

extension CartPole.State {
    init(_ values: some Collection<Double>) {
        let values = Array(values)
        self.init(position: values[0], velocity: values[1], angle: values[2], angularVelocity: values[3])
    }

    var values: [Double] { [position, velocity, angle, angularVelocity] }
}

@Suite struct `Cart-pole` {
    func observation(of task: some Environment) -> [Double] {
        var row = [Float](repeating: .nan, count: 4)
        var span = row.mutableSpan
        task.observe(into: &span)
        return row.map(Double.init)
    }

    @Test func `steps from each of Gymnasium's states to Gymnasium's next one`() throws {
        var random = RandomStream(seed: 0, purpose: "test")
        for trajectory in try GymnasiumTrajectory.all(of: "cart-pole") {
            var previous: [Double] = []
            for (index, row) in trajectory.rows.enumerated() {
                if let start = trajectory.starts.first(where: { $0.row == index }) { previous = start.state }
                var task = CartPole()
                task.state = CartPole.State(previous)
                let transition = task.step(Int(row[0]), using: &random)
                #expect(largestDifference(task.state.values, row[1...4]) <= 1e-12)
                #expect(largestDifference(observation(of: task), row[5...8]) <= 1e-6)
                #expect(transition.reward == row[9])
                #expect((transition.outcome == .terminated) == (row[10] == 1))
                previous = Array(row[1...4])
            }
        }
    }

    @Test func `follows Gymnasium's whole trajectories`() throws {
        var random = RandomStream(seed: 0, purpose: "test")
        var terminations = 0
        for trajectory in try GymnasiumTrajectory.all(of: "cart-pole") {
            var task = TimeLimit(CartPole(), limit: 500)
            for (index, row) in trajectory.rows.enumerated() {
                if let start = trajectory.starts.first(where: { $0.row == index }) {
                    task.state = .init(task: CartPole.State(start.state), elapsed: 0)
                }
                let outcome = task.step(Int(row[0]), using: &random).outcome
                #expect(largestDifference(task.state.task.values, row[1...4]) <= 1e-8)
                #expect(outcome == (row[10] == 1 ? .terminated : row[11] == 1 ? .truncated : .running))
                terminations += outcome == .terminated ? 1 : 0
            }
        }
        #expect(terminations == 12)
    }

    @Test func `starts with all four numbers within 0.05`() {
        var random = RandomStream(seed: 1, purpose: "environment")
        var same = random
        var task = CartPole()
        task.reset(using: &random)
        #expect(task.state.values == (0..<4).map { _ in same.uniform(in: -0.05...0.05) })
    }

    /// At rest at the edge the cart stays there for one step, whatever the force: explicit Euler moves it with its old
    /// velocity.
    @Test func `ends beyond 2.4 metres or 12 degrees, and not at them`() {
        let twelveDegrees = Double.pi / 15
        let cases: [(position: Double, angle: Double, outcome: Outcome)] = [
            (2.4, 0, .running), (2.4.nextUp, 0, .terminated), (-2.4, 0, .running), ((-2.4).nextDown, 0, .terminated),
            (0, twelveDegrees.nextDown, .running), (0, twelveDegrees + 1e-12, .terminated),
            (0, -twelveDegrees - 1e-12, .terminated),
        ]
        for (position, angle, outcome) in cases {
            var random = RandomStream(seed: 0, purpose: "test")
            var task = CartPole()
            task.state = CartPole.State(position: position, velocity: 0, angle: angle, angularVelocity: 0)
            #expect(task.step(0, using: &random) == Transition(reward: 1, outcome: outcome))
        }
    }
}
