import Foundation
import Testing

struct InterruptionTests {
    private func wait(for file: String, of command: Command, bytes: Int = 0) throws {
        for _ in 0..<600 {
            if let size = try? command.bytes(file).count, size >= bytes { return }
            Thread.sleep(forTimeInterval: 0.05)
        }
        Issue.record("\(file) did not appear")
    }

    @Test(arguments: [
        ["train", "cart-pole", "--steps", "1000000000"],
        ["fit", "digits", "--epochs", "1000000"],
        ["cluster", "digits", "--clusters", "50", "--restarts", "10000"],
    ])
    func `Ctrl-C keeps what is done and exits 130`(arguments: [String]) throws {
        let command = try Command()
        let started = try command.start(arguments + ["--name", "long", "--json"])
        try wait(for: "runs/long/seeds/1/metrics.csv", of: command, bytes: 400)
        started.process.interrupt()
        let outcome = try command.finish(started)
        #expect(outcome.code == 130)
        #expect(try outcome.json["state"] as? String == "interrupted")
        for file in ["result.json", "seeds/1/parameters.safetensors", "seeds/1/timing.csv"] {
            #expect(command.has("runs/long/" + file), "\(file)")
        }
        let figures = try #require(try outcome.json["figures"] as? [String])
        #expect(!figures.isEmpty && figures.allSatisfy { command.has($0) })
        // The last row is whole.
        let metrics = String(decoding: try command.bytes("runs/long/seeds/1/metrics.csv"), as: UTF8.self)
        let rows = metrics.split(separator: "\n")
        #expect(metrics.hasSuffix("\n"))
        #expect(Set(rows.map { $0.split(separator: ",", omittingEmptySubsequences: false).count }).count == 1)
    }

    @Test func `two processes at once never take one name`() throws {
        let command = try Command()
        let started = try (0..<4).map { _ in try command.start(["cluster", "digits", "--clusters", "2", "--json"]) }
        let runs = try started.map { try #require(try command.finish($0).json["run"] as? String) }
        #expect(Set(runs).count == 4)
        let named = try (0..<3).map { _ in
            try command.start(["cluster", "digits", "--clusters", "2", "--name", "mine"])
        }
        let codes = try named.map { try command.finish($0).code }.sorted()
        #expect(codes == [0, 73, 73])
    }
}
