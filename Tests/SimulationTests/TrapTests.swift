import Foundation
import Randomness
import Simulation
import Testing

/// Looks the push up in a table that lacks the last choice.
private struct ShortTable: BallTask {
    var ball = Ball()
    mutating func step(_ action: Int, using random: inout RandomStream) -> Transition {
        ball.velocity += [-0.001, 0][action]
        return roll(1, using: &random)
    }
}

/// One element more than the space says.
private struct LongRow: BallTask {
    var ball = Ball()
    func observe(into row: inout MutableSpan<Float>) {
        for (index, value) in [ball.position, ball.velocity, 0].enumerated() { row[index] = Float(value) }
    }
}

/// Insists in step on what writeActionMask does not forbid.
private struct StrictStep: WalkTask {
    var square = 0
    mutating func step(_ action: Int, using random: inout RandomStream) -> Transition {
        precondition(square != 2 || action != 2, "nobody stays on square 2")
        return walk(action)
    }
}

/// Believes whatever square it is given.
private struct Credulous: WalkTask {
    var square = 0
    mutating func step(_ action: Int, using random: inout RandomStream) -> Transition {
        var visits = [0, 0, 0, 0, 0, 0, 0]
        visits[square] += 1
        return walk(action)
    }
}

/// Makes its wind of a name.
private struct HashedWind: BallTask {
    var ball = Ball()
    mutating func step(_ action: Int, using random: inout RandomStream) -> Transition {
        ball.velocity += Double("a gentle wind".hashValue % 100) * 1e-5
        return roll(action, using: &random)
    }
}

/// A process that ends cannot say why; what it was about to do it has said.
@Suite struct `The environment checker, of a task that traps,` {
    private static func say(_ words: String) { FileHandle.standardError.write(Data((words + "\n").utf8)) }

    /// What was announced last.
    private func last(_ result: ExitTest.Result?) throws -> String {
        let lines = String(decoding: try #require(result).standardErrorContent, as: UTF8.self).split(separator: "\n")
        return lines.filter { $0.hasPrefix("> ") }.last.map(String.init) ?? ""
    }

    @Test func `says in which episode an action was one too many`() async throws {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = EnvironmentChecker(ShortTable()).run { Self.say("> \($0)") }
        }
        #expect(try last(result) == "> episode 1, random actions")
    }

    @Test func `says that it was looked at when a row was too short`() async throws {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = EnvironmentChecker(LongRow()).run { Self.say("> \($0)") }
        }
        #expect(try last(result) == "> episode 1, random actions")
    }

    @Test func `says where a mask allowed what step does not`() async throws {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = EnvironmentChecker(StrictStep()).run { Self.say("> \($0)") }
        }
        #expect(try last(result).hasPrefix("> episode "))
    }

    @Test func `says which decoded state was too much for a step`() async throws {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            let checker = EnvironmentChecker(Credulous())
            precondition(checker.run().findings == [], "but for damaged states nothing is wrong with it")
            _ = checker.runMutatedStates { Self.say("> \($0)") }
        }
        #expect(try last(result) == "> the state -1")
    }

    /// Hash values are others in each process, and the same in one.
    @Test func `compares what happens in two processes`() async throws {
        var fingerprints: [String] = []
        for _ in 0..<4 {
            let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent]) {
                let report = EnvironmentChecker(HashedWind()).run()
                Self.say("> \(report.findings.count) \(report.fingerprint ?? "")")
            }
            fingerprints.append(try last(result))
        }
        #expect(fingerprints.allSatisfy { $0.hasPrefix("> 0 ") && $0.count > 8 })
        #expect(Set(fingerprints).count > 1)

        let reports = fingerprints.map {
            EnvironmentReport(rules: [.isReproducible], findings: [], stepCount: 1, fingerprint: $0)
        }
        let other = try #require(reports.first { $0.fingerprint != reports[0].fingerprint })
        #expect(reports[0].merging(other).errors.map(\.rule) == [.isReproducible])
        #expect(reports[0].merging(reports[0]).findings == [])
    }

    @Test func `lives through the same in another process`() async throws {
        let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent]) {
            Self.say("> \(EnvironmentChecker(BallRolling()).run().fingerprint ?? "")")
        }
        #expect(try last(result) == "> \(EnvironmentChecker(BallRolling()).runMutatedStates().fingerprint ?? "-")")
    }

    @Test func `passes a task that takes any state`() {
        let report = EnvironmentChecker(BallRolling()).runMutatedStates()
        #expect(report.findings == [] && report.rules == [.nothingTraps] && report.stepCount > 100)
    }
}
