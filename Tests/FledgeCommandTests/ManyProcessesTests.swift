import Foundation
import GRDB
import Testing

/// Many processes write and list the runs of one folder while some of them are killed.
struct ManyProcessesTests {
    private typealias Started = (process: Process, output: Pipe, messages: Pipe)

    private static let writers = 16
    private static let readers = 2
    private static let seconds = 8.0

    @Test func `nothing is lost and nothing is locked when sixteen processes write runs and are killed`() throws {
        let command = try Command()
        var work: [Started] = try (0..<Self.writers).map { _ in try startWriter(command) }
        var reading: [Started] = try (0..<Self.readers).map { _ in try startReader(command) }
        var (finished, killed, lists) = (0, 0, 0)
        let clock = ContinuousClock()
        let start = clock.now
        var elapsed: Double { (clock.now - start) / .seconds(1) }
        while elapsed < Self.seconds {
            for index in work.indices where !work[index].process.isRunning {
                if work[index].process.terminationReason == .exit { finished += try end(work[index], of: command) }
                work[index] = try startWriter(command)
            }
            for index in reading.indices where !reading[index].process.isRunning {
                lists += try end(reading[index], of: command)
                reading[index] = try startReader(command)
            }
            // One is killed every second, each time another.
            if elapsed > Double(killed + 1) {
                kill(work[killed % Self.writers].process.processIdentifier, SIGKILL)
                killed += 1
            }
            Thread.sleep(forTimeInterval: 0.005)
        }
        for started in work + reading {
            started.process.waitUntilExit()
            if started.process.terminationReason == .exit { finished += try end(started, of: command) }
        }
        #expect(killed >= 6 && finished > Self.writers && lists > 1, "\(finished) runs, \(lists) lists")
        try checkList(of: command)
    }

    private func startWriter(_ command: Command) throws -> Started {
        try command.start(["cluster", "digits", "--clusters", "2", "--quiet"], threads: 1)
    }

    private func startReader(_ command: Command) throws -> Started {
        // Few enough that a pipe holds them.
        try command.start(["runs", "--json", "--limit", "20"])
    }

    private func end(_ started: Started, of command: Command) throws -> Int {
        let outcome = try command.finish(started)
        #expect(outcome.code == 0 && outcome.messages.isEmpty, "\(outcome.messages)")
        return 1
    }

    /// Every folder is in the list, with the state and headline of its result, and the index is sound.
    private func checkList(of command: Command) throws {
        let root = command.folder + "/runs"
        let folders = try FileManager.default.contentsOfDirectory(atPath: root)
            // A folder that never took its name, since its process was killed just before, is no run yet.
            .filter { !$0.hasPrefix(".") && FileManager.default.fileExists(atPath: "\(root)/\($0)/run.json") }
        let outcome = try command.run("runs", "--json")
        #expect(outcome.code == 0 && outcome.messages.isEmpty, "\(outcome.messages)")
        let runs = try #require(try outcome.json["runs"] as? [[String: Any]])
        let difference = Set(runs.compactMap { $0["name"] as? String }).symmetricDifference(folders)
        #expect(difference.isEmpty && runs.count == folders.count, "\(difference.sorted())")
        for run in runs {
            let name = try #require(run["name"] as? String)
            let result = try? JSONSerialization.jsonObject(with: command.bytes("runs/\(name)/result.json"))
            guard let result = result as? [String: Any] else {
                #expect(run["state"] as? String == "killed", "\(name)")
                continue
            }
            #expect(run["state"] as? String == result["state"] as? String, "\(name)")
            #expect(run["headline"] as? String == result["headline"] as? String, "\(name)")
            #expect(run["result"] as? Double == result["inertia"] as? Double, "\(name)")
        }
        let index = try DatabaseQueue(path: root + "/index.sqlite")
        let (verdict, count) = try index.read { database in
            (
                try String.fetchOne(database, sql: "PRAGMA integrity_check"),
                try Int.fetchOne(database, sql: "SELECT count(*) FROM run")
            )
        }
        #expect(verdict == "ok" && count == folders.count)
    }
}
