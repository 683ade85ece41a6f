import Foundation
import Testing

struct EventTests {
    private func lines(_ output: String) throws -> [[String: Any]] {
        try output.split(separator: "\n").map {
            try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
        }
    }

    @Test(arguments: [
        ["train", "cart-pole", "--steps", "4000", "--seeds", "2"], ["cluster", "digits"], ["encode", "digits"],
        ["fit", "digits"],
    ])
    func `a run tells how far it is as lines of JSON`(arguments: [String]) throws {
        let command = try Command()
        let outcome = try command.finish(command.start(arguments + ["--events", "--name", "told"]))
        #expect(outcome.code == 0, "\(outcome.messages)")
        let events = try lines(outcome.output)
        #expect(events.compactMap { $0["sequence"] as? Int } == Array(1...events.count))
        let times = events.compactMap { $0["elapsed"] as? Double }
        #expect(times.count == events.count && times == times.sorted())
        let names = events.compactMap { $0["event"] as? String }
        #expect(names.first == "began" && names.last == "finished")
        #expect(names.contains("advanced") && names.contains("measuring") && names.contains("drawing"))
        #expect(events[0]["run"] as? String == "runs/told")
        let report = try #require(events.last?["report"] as? [String: Any])
        #expect(report["run"] as? String == "runs/told" && report["state"] as? String == "finished")
        let last = try #require(events.last { $0["event"] as? String == "advanced" })
        #expect(try #require(last["completed"] as? Int) > 0 && last["total"] as? Int != nil)
    }

    @Test func `what fails is told too`() throws {
        let command = try Command()
        try command.write("", to: "runs")
        let outcome = try command.run("cluster", "digits", "--events")
        #expect(outcome.code == 73)
        let last = try #require(try lines(outcome.output).last)
        #expect(last["event"] as? String == "failed" && last["exitCode"] as? Int == 73)
        #expect(last["error"] as? String != nil)
    }

    @Test func `a reader who leaves ends nothing`() throws {
        let command = try Command()
        let outcome = try command.shell("\"$FLEDGE\" train cart-pole --steps 20000 --events --name on | head -n 1")
        #expect(try lines(outcome.output).count == 1)
        #expect(command.has("runs/on/result.json"))
    }
}
