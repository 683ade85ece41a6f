import Foundation
import Testing

/// What the Command Line Interface Guidelines (clig.dev) ask for.
struct MannersTests {
    @Test func `no arguments: short help with two examples and the way to more`() throws {
        let outcome = try Command().run()
        #expect(outcome.code == 0 && outcome.messages.isEmpty)
        #expect(outcome.output.split(separator: "\n").count < 12)
        for words in ["fledge train cart-pole", "fledge cluster", "fledge --help"] {
            #expect(outcome.output.contains(words))
        }
    }

    @Test func `every verb has help with an example`() throws {
        let command = try Command()
        let help = try command.run("--help").output
        let list = try #require(help.components(separatedBy: "SUBCOMMANDS:\n").last)
        let verbs = list.split(separator: "\n").compactMap { line -> String? in
            guard line.hasPrefix("  "), !line.hasPrefix("   "), !line.contains("See '") else { return nil }
            return line.split(separator: " ").first.map(String.init)
        }
        #expect(verbs.count >= 9 && verbs.contains("train"))
        for verb in verbs {
            let outcome = try command.run(verb, "--help")
            #expect(outcome.code == 0 && outcome.output.contains("fledge \(verb)"), "\(verb)")
            #expect(outcome.output.contains("Example"), "\(verb) --help has no example")
        }
    }

    @Test func `exit codes are a topic of help`() throws {
        let outcome = try Command().run("help", "exit-codes")
        #expect(outcome.code == 0)
        for code in [0, 1, 64, 65, 66, 70, 73, 74, 75, 78, 129, 130, 143] {
            #expect(outcome.output.contains("\n" + String(repeating: " ", count: 5 - "\(code)".count) + "\(code)  "))
        }
        let wrong = try Command().run("help", "trian")
        #expect(wrong.code == 64 && wrong.messages.contains("did you mean 'train'?"))
    }

    @Test(arguments: [SIGTERM, SIGHUP, SIGINT])
    func `a signal ends a run in good order`(signal: Int32) throws {
        let command = try Command()
        let started = try command.start(["train", "cart-pole", "--steps", "1000000000", "--name", "long"])
        for _ in 0..<600 where !command.has("runs/long/seeds/1/metrics.csv") { Thread.sleep(forTimeInterval: 0.05) }
        Thread.sleep(forTimeInterval: 0.2)
        kill(started.process.processIdentifier, signal)
        let outcome = try command.finish(started)
        #expect(outcome.code == 128 + signal)
        #expect(command.has("runs/long/result.json"))
    }

    @Test func `whoever ignores hang-ups is not hung up`() throws {
        let command = try Command()
        let outcome = try command.shell(
            """
            trap '' HUP
            "$FLEDGE" train cart-pole --steps 60000 --name on --quiet &
            until [ -e runs/on/seeds/1/metrics.csv ]; do sleep 0.05; done
            kill -HUP $!
            wait $!
            """)
        #expect(outcome.code == 0, "\(outcome.messages)")
    }

    @Test func `without a terminal no line is rewritten and nothing is coloured`() throws {
        let outcome = try Command().run("train", "cart-pole", "--steps", "3000")
        #expect(!outcome.messages.contains("\r") && !outcome.messages.contains("\u{1B}"))
        #expect(outcome.messages.contains("fledge "), "the next command is not suggested")
    }

    @Test func `a closed pipe is quiet`() throws {
        let outcome = try Command().shell("\"$FLEDGE\" environments | head -n 1")
        #expect(outcome.code == 0 && outcome.messages.isEmpty)
        #expect(outcome.output.split(separator: "\n").count == 1)
    }

    @Test func `output that cannot be written is an error`() throws {
        let outcome = try Command().shell("\"$FLEDGE\" environments > /dev/full")
        #expect(outcome.code == 74)
        #expect(outcome.messages == "error: standard output cannot be written: no space left on device\n")
    }

    @Test func `neither HOME nor PATH nor anything else need be set`() throws {
        let command = try Command()
        let outcome = try command.shell("exec env -i \"$FLEDGE\" cluster digits --clusters 3 --name bare --quiet")
        #expect(outcome.code == 0, "\(outcome.messages)")
        #expect(command.has("runs/bare/figures/clusters.png"))
    }
}
