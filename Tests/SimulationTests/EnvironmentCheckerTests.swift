import Environments
import Foundation
import Randomness
import Simulation
import Testing

@Suite struct `The environment checker` {
    @Test(arguments: SeededBug.catalogue.filter { $0.rule != nil })
    func `finds a task with`(bug: SeededBug) throws {
        let rule = try #require(bug.rule)
        #expect(bug.report.finding(rule) != nil, "\(bug.report.findings.map(\.description))")
    }

    /// Nobody can tell them from tasks that are meant to be so: a rule that finds one finds correct tasks, too.
    @Test(arguments: SeededBug.catalogue.filter { $0.rule == nil })
    func `leaves alone a task with`(bug: SeededBug) {
        #expect(bug.report.findings == [])
    }

    @Test func `finds nearly all of the mistakes of the catalogue`() {
        let found = SeededBug.catalogue.filter { bug in bug.rule.map { bug.report.finding($0) != nil } ?? false }
        #expect(SeededBug.catalogue.count == 92)
        #expect(found.count == 88)
    }

    @Test(arguments: CorrectTask.all)
    func `has nothing to say about`(task: CorrectTask) {
        #expect(task.check(7).findings == [])
    }

    @Test(arguments: Environments.all.map(\.id))
    func `passes`(id: String) throws {
        let report = try Environments.named(id).report(seed: 3)
        #expect(report.errors == [])
    }

    @Test func `says nothing twice, and what to do`() throws {
        let report = EnvironmentChecker(CorrectTask.Broken()).run()
        #expect(report.findings.map(\.rule) == [.observationIsComplete, .rewardIsFinite])
        let finding = try #require(report.finding(.rewardIsFinite))
        #expect(
            finding.description
                == "rewardIsFinite: after step 1 of episode 1 the reward is inf (action [0.0]); look for overflow, "
                + "division by zero and logarithms of zero in the reward")
        let error = #expect(throws: EnvironmentError.self) { try report.validate() }
        #expect(error?.description.split(separator: "\n").count == 2)
        #expect(throws: EnvironmentError.self) { try checkEnvironment(CorrectTask.Broken()) }
    }

    @Test func `names the rules it could check`() {
        let rules = Set(EnvironmentChecker(BallRolling()).run().rules)
        #expect(rules.isSuperset(of: [.stateIsComplete, .batchIsRestored, .seedsMatter, .observationVaries]))
        #expect(rules.isDisjoint(with: [.maskIsComplete, .parametersMatter, .turnsChange, .nothingTraps]))
        #expect(EnvironmentChecker(Walk()).run().rules.contains(.maskIsComplete))
        #expect(EnvironmentChecker(StonesTaken()).run().rules.contains(.turnsChange))
        #expect(EnvironmentChecker(HeavyBall<SoundConstants>()).run().rules.contains(.parametersMatter))
    }

    @Test func `says the same for the same seed`() {
        let reports = (0..<2).map { _ in EnvironmentChecker(HeavyBall<SoundConstants>(), seed: 5).run() }
        #expect(reports[0] == reports[1])
    }

    @Test func `finds a step cost that is far off, with a stopwatch`() {
        // A stopwatch that goes on by 16 · 3 µs whenever it is read.
        var time = 0.0
        let specification = EnvironmentSpecification(
            id: "ball", summary: "a ball", stepLimit: 200, task: BallRolling())
        let report = specification.report(stopwatch: {
            time += 16 * 3e-6
            return time
        })
        #expect(report.finding(.stepCostIsTold)?.seen == "a step takes about 3000 ns, and stepCost is 50")
    }
}
