import Environments
import Foundation
import Randomness
import Simulation
import Testing

private struct Table: Decodable {
    var environment: String
    var start: [[Double]]
    /// By state and action, [probability, next state, reward, terminated].
    var outcomes: [[[[Double]]]]

    static func all() throws -> [Table] {
        struct Fixture: Decodable { var tables: [Table] }
        return try JSONDecoder().decode(Fixture.self, from: Data(PackageResources.tables_json)).tables
    }
}

private func process(of environment: String) throws -> FiniteDecisionProcess {
    func open(_ task: some TabularEnvironment) -> FiniteDecisionProcess { task.process }
    let task = try #require(Environments.named(environment).task as? any TabularEnvironment)
    return open(task)
}

@Suite struct `Tabular tasks` {
    @Test func `have Gymnasium's transition tables, number for number`() throws {
        let tables = try Table.all()
        #expect(tables.count == 6)
        for table in tables {
            let process = try process(of: table.environment)
            #expect(process.stateCount == table.outcomes.count)
            for state in 0..<process.stateCount {
                #expect(table.outcomes[state].count == process.actionCount)
                for action in 0..<process.actionCount {
                    let ours = process.outcomes(state, action).map {
                        [$0.probability, Double($0.state), $0.reward, $0.isTerminal ? 1 : 0]
                    }
                    #expect(ours == table.outcomes[state][action], "\(table.environment) \(state) \(action)")
                }
            }
            let start = process.start.enumerated().filter { $0.element > 0 }.map { [Double($0.offset), $0.element] }
            #expect(start.count == table.start.count)
            #expect(zip(start, table.start).allSatisfy { $0[0] == $1[0] && abs($0[1] - $1[1]) < 1e-15 })
        }
    }

    /// The optima were also computed from Gymnasium's tables by another program.
    @Test(arguments: [
        ("frozen-lake", 0.823_529_411_76, 0.744_190_287_83, 0.013_939_795_96),
        ("frozen-lake-8x8", 1, 0.913_220_150_20, 0.001_901_395_49),
        ("frozen-lake-calm", 1, 1, 0.013_939_795_96), ("cliff-walking", -13, -13, -9512.058_954_95),
        ("cliff-walking-slippery", -64.709_175_909_97, -64.709_175_909_97, -9512.058_954_95),
        ("taxi", 7.93, 7.93, -771.090_999_45),
    ])
    func `have their known optima`(name: String, unlimited: Double, limited: Double, random: Double) throws {
        let specification = try Environments.named(name)
        let process = try process(of: name)
        let iteration = ValueIteration(discount: 1, tolerance: 1e-13)
        #expect(abs(process.meanAtStart(iteration.solve(process).values) - unlimited) < 1e-8)
        let limit = try #require(specification.stepLimit)
        let best = process.meanAtStart(iteration.values(of: process, within: limit))
        #expect(abs(best - limited) < 1e-9)
        #expect(abs(try #require(specification.bestReturn) - best) < 0.01 * max(1, abs(best)) / 2)
        let uniform = PolicyEvaluation(discount: 1).values(of: process, within: limit) { _, _ in
            1 / Double(process.actionCount)
        }
        #expect(abs(process.meanAtStart(uniform) - random) < 1e-6)
        #expect(abs(try #require(specification.randomReturn) - random) < max(0.001, 0.001 * abs(random)))
    }

    @Test(arguments: ["frozen-lake", "cliff-walking-slippery", "taxi"])
    func `are solved by policy iteration as by value iteration`(name: String) throws {
        let process = try process(of: name)
        let a = ValueIteration(discount: 0.95).solve(process)
        let b = PolicyIteration(discount: 0.95).solve(process)
        #expect(a.actions == b.actions)
        #expect(zip(a.values, b.values).allSatisfy { abs($0 - $1) < 1e-9 })
    }

    /// 2,000 episodes of the optimal policy of the lake reach the goal as often as computed: 5 standard deviations.
    @Test func `reach by simulation what was computed`() throws {
        var wins = 0.0
        for seed in 0..<2000 { wins += try heuristicReturn(of: FrozenLake(), limit: 100, seed: UInt64(seed)) }
        let policy = ValueIteration(discount: 1).solve(FrozenLake().process).actions
        let process = FrozenLake().process
        let expected = process.meanAtStart(
            PolicyEvaluation(discount: 1).values(of: process, within: 100) { $1 == policy[$0] ? 1 : 0 })
        #expect(abs(wins / 2000 - expected) < 5 * (expected * (1 - expected) / 2000).squareRoot())
    }

    @Test(arguments: [
        (["SF", "FFG"], "a lake's rows have"), (["SX", "FG"], "a lake has the cell 'X'"),
        (["FF", "FG"], "a lake needs"),
        ([], "a lake's rows have"),
    ])
    func `refuse a map that is none`(rows: [String], words: String) {
        let error = #expect(throws: EnvironmentError.self) { _ = try FrozenLake.Map(rows) }
        #expect(error?.description.hasPrefix(words) == true)
    }

    @Test func `of taxis let a passenger off at another landmark, where it waits`() {
        var (taxi, random) = (Taxi(), RandomStream(seed: 0, purpose: "test"))
        // In the taxi at R, wanting to go to G.
        taxi.state = TabularState(0 * 100 + 0 * 20 + 4 * 4 + 1)
        #expect(taxi.usefulActions == [true, false, true, false, false, true])
        #expect(taxi.step(5, using: &random) == Transition(reward: -1))
        #expect(Taxi.Situation(state: taxi.state.index).passenger == 0)
        #expect(taxi.step(5, using: &random) == Transition(reward: -10))
    }

    @Test func `survive a state that they do not have`() throws {
        var (lake, random) = (FrozenLake(), RandomStream(seed: 0, purpose: "test"))
        lake.state = try TabularState(vector: [1e9])
        #expect(lake.step(0, using: &random).outcome == .terminated)
        #expect(throws: EnvironmentError.self) { _ = try TabularState(vector: [-1]) }
        #expect(throws: (any Error).self) { _ = try JSONDecoder().decode(TabularState.self, from: Data("-3".utf8)) }
    }
}
