import Environments
import Foundation
import Randomness
import Simulation
import Testing

/// Rollouts of Gymnasium, read from `Fixtures/gymnasium.json`.
struct GymnasiumTrajectory: Decodable {
    /// The state that was set before step `row`.
    struct Start: Decodable {
        var row: Int
        var state: [Double]
    }

    var environment: String
    var starts: [Start]
    /// Action, state after the step, observation, reward, terminated, truncated.
    var rows: [[Double]]

    static func all(of environment: String) throws -> [GymnasiumTrajectory] {
        struct Fixture: Decodable { var trajectories: [GymnasiumTrajectory] }
        let fixture = try JSONDecoder().decode(Fixture.self, from: Data(PackageResources.gymnasium_json))
        return fixture.trajectories.filter { $0.environment == environment }
    }
}

/// The largest absolute difference of two vectors of the same length.
func largestDifference(_ a: some Collection<Double>, _ b: some Collection<Double>) -> Double {
    precondition(a.count == b.count, "vectors of \(a.count) and \(b.count) elements")
    return zip(a, b).map { abs($0 - $1) }.max() ?? 0
}

/// What a task shows, as doubles.
func observation(of task: some Environment) -> [Double] {
    var row = [Float](repeating: .nan, count: task.observationSpace.size)
    var span = row.mutableSpan
    task.observe(into: &span)
    return row.map(Double.init)
}

extension GymnasiumTrajectory {
    /// One step of a trajectory.
    struct Row {
        var action: [Double]
        var state, observation: [Double]
        var reward: Double
        var isTerminated, isTruncated: Bool

        init(_ numbers: [Double], of task: some Environment, stateSize: Int) {
            let actionSize = task.actionSpace.componentCount
            let observationSize = task.observationSpace.size
            action = Array(numbers[..<actionSize])
            state = Array(numbers[actionSize..<actionSize + stateSize])
            observation = Array(numbers[(actionSize + stateSize)...].prefix(observationSize))
            let rest = numbers.suffix(3).map { $0 }
            (reward, isTerminated, isTruncated) = (rest[0], rest[1] == 1, rest[2] == 1)
        }
    }

    static func all<Task: Environment>(of task: Task) throws -> [GymnasiumTrajectory] {
        let name = Environments.all.first { type(of: $0.task) == Task.self }.map(\.id)
        return try all(of: #require(name))
    }
}

private func act<Task: Environment>(_ task: inout Task, _ numbers: [Double]) -> Transition {
    var random = RandomStream(seed: 0, purpose: "test")
    let discrete = numbers.map { Int32($0) }
    let continuous = numbers.map { Float($0) }
    return task.step(
        Task.Action(row: 0, discrete: discrete.span, continuous: continuous.span), using: &random)
}

/// Steps from each state of Gymnasium's trajectories and compares what comes of it.
func compareSteps<Task: Environment>(of task: Task, within tolerance: Double) throws
where Task.State: VectorState {
    let trajectories = try GymnasiumTrajectory.all(of: task)
    #expect(trajectories.count == 2)
    for trajectory in trajectories {
        var previous: [Double] = []
        for (index, numbers) in trajectory.rows.enumerated() {
            let row = GymnasiumTrajectory.Row(numbers, of: task, stateSize: Task.State.names.count)
            if let start = trajectory.starts.first(where: { $0.row == index }) { previous = start.state }
            var task = task
            task.state = try Task.State(vector: previous)
            let transition = act(&task, row.action)
            #expect(largestDifference(task.state.vector, row.state) <= tolerance)
            #expect(largestDifference(observation(of: task), row.observation) <= 1e-6)
            #expect(abs(transition.reward - row.reward) <= 1e-6)
            #expect((transition.outcome == .terminated) == row.isTerminated)
            previous = row.state
        }
    }
}

/// Follows Gymnasium's trajectories from their starts and compares each state.
func compareTrajectories<Task: Environment>(of task: Task, limit: Int, within tolerance: Double) throws
where Task.State: VectorState {
    for trajectory in try GymnasiumTrajectory.all(of: task) {
        var task = TimeLimit(task, limit: limit)
        for (index, numbers) in trajectory.rows.enumerated() {
            let row = GymnasiumTrajectory.Row(numbers, of: task.task, stateSize: Task.State.names.count)
            if let start = trajectory.starts.first(where: { $0.row == index }) {
                task.state = .init(task: try Task.State(vector: start.state), elapsed: 0)
            }
            let outcome = act(&task, row.action).outcome
            #expect(largestDifference(task.state.task.vector, row.state) <= tolerance)
            #expect(outcome == (row.isTerminated ? .terminated : row.isTruncated ? .truncated : .running))
        }
    }
}

/// The return of the first episode that the task's own policy plays.
func heuristicReturn<Task: HeuristicEnvironment>(of task: Task, limit: Int?, seed: UInt64) throws -> Double {
    var player = try EpisodePlayer(of: task, limit: limit, seed: seed, purpose: "test", policy: .heuristic)
    player.begin()
    while player.outcome == .running, let action = try player.chooseAction() { _ = player.step(action) }
    return player.return
}
