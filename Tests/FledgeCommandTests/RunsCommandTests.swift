import Foundation
import Testing

/// `fledge runs` and its parts, `fledge show` and `fledge compare`.
struct RunsCommandTests {
    private func names(_ command: Command, _ arguments: String...) throws -> [String] {
        let outcome = try command.finish(command.start(["runs", "--json"] + arguments))
        #expect(outcome.code == 0, "\(outcome.messages)")
        return try #require(try outcome.json["runs"] as? [[String: Any]]).compactMap { $0["name"] as? String }
    }

    private func clusterings(_ names: [String]) throws -> Command {
        let command = try Command()
        for (index, name) in names.enumerated() {
            let outcome = try command.run("cluster", "digits", "--clusters", "\(index + 2)", "--name", name, "--quiet")
            #expect(outcome.code == 0, "\(outcome.messages)")
        }
        return command
    }

    @Test func `runs are filtered and sorted`() throws {
        let command = try clusterings(["a", "b", "c"])
        // More clusters, less inertia.
        #expect(try names(command, "--sort", "result") == ["c", "b", "a"])
        #expect(try names(command, "--sort", "name", "--reverse", "--limit", "2") == ["b", "a"])
        #expect(try names(command, "--where", "clusters>=3", "--where", "clusters!=4") == ["b"])
        #expect(try names(command, "--dataset", "digits", "--state", "finished", "--since", "1h").count == 3)
        #expect(try names(command, "--verb", "train") == [])
        #expect(try names(command, "4 clusters") == ["c"])
        #expect(try command.run("runs", "--dataset", "digit").messages.contains("did you mean 'digits'?"))
        for (arguments, advice) in [
            (["--sort", "nmae"], "did you mean 'name'?"), (["--state", "finishd"], "did you mean 'finished'?"),
            (["--since", "soon"], "7d"), (["--where", "clusters"], "setting=value"), (["--limit", "0"], "--limit 0"),
        ] {
            let outcome = try command.finish(command.start(["runs"] + arguments))
            #expect(outcome.code == 64 && outcome.messages.contains(advice), "\(outcome.messages)")
        }
    }

    @Test func `tags and notes are kept in the folder`() throws {
        let command = try clusterings(["a", "b"])
        #expect(try command.run("runs", "tag", "a", "b", "+good", "+draft").code == 0)
        #expect(try command.run("runs", "tag", "b", "-draft", "--json").json["runs"] != nil)
        #expect(try command.run("runs", "note", "a", "with \"quotes\"").code == 0)
        #expect(try names(command, "--tag", "good") == ["a", "b"])
        #expect(try names(command, "--tag", "draft") == ["a"])
        #expect(try names(command, "quotes", "--rebuild") == ["a"])
        #expect(try command.run("runs", "tag", "a", "--god").code == 64)
        #expect(try command.run("runs", "tag", "+good").code == 64)
        let outcome = try command.run("runs", "tag", "aa", "+good")
        #expect(outcome.code == 66 && outcome.messages.contains("did you mean 'a'?"))
    }

    @Test func `what is deleted can be brought back until the bin is emptied`() throws {
        let command = try clusterings(["first", "second"])
        let outcome = try command.run("runs", "delete", "first", "second")
        #expect(outcome.code == 0 && outcome.messages.contains("fledge runs restore first"))
        #expect(try names(command) == [])
        #expect(try command.run("runs", "restore", "frist").messages.contains("did you mean 'first'?"))
        #expect(try command.run("runs", "restore", "first").code == 0)
        #expect(try names(command) == ["first"])
        // The name is taken now.
        #expect(try command.run("cluster", "digits", "--clusters", "3", "--name", "second", "--quiet").code == 0)
        #expect(try command.run("runs", "restore", "second").code == 73)
        let old = try command.run("runs", "empty-bin", "--older-than", "30d", "--force", "--json").json
        #expect((old["runs"] as? [Any])?.isEmpty == true)
        let asked = try command.run("runs", "empty-bin", "--json").json
        let bytes = try #require(asked["bytes"] as? Int)
        #expect(asked["areRemoved"] as? Bool == false && bytes > 10_000)
        #expect(try #require(try command.run("runs", "bin", "--json").json["bin"] as? [Any]).count == 1)
        #expect(try command.run("runs", "empty-bin", "--force").code == 0)
        #expect(try #require(try command.run("runs", "bin", "--json").json["bin"] as? [Any]).isEmpty)
        #expect(try names(command) == ["first", "second"])
    }

    @Test func `a run that is being written is not deleted, and is killed when its process is`() throws {
        let command = try Command()
        let started = try command.start(["train", "cart-pole", "--steps", "1000000000", "--name", "long", "--quiet"])
        for _ in 0..<600 where !command.has("runs/long/run.json") { Thread.sleep(forTimeInterval: 0.05) }
        #expect(try names(command, "--state", "running") == ["long"])
        let outcome = try command.run("runs", "delete", "long")
        #expect(outcome.code != 0 && command.has("runs/long/run.json"))
        kill(started.process.processIdentifier, SIGKILL)
        started.process.waitUntilExit()
        #expect(try names(command, "--state", "killed") == ["long"])
        #expect(try command.run("show", "long").messages.contains("fledge resume long"))
        #expect(try command.run("runs", "delete", "long").code == 0)
    }

    @Test func `a run is shown with what is known of it`() throws {
        let command = try clusterings(["a"])
        let outcome = try command.run("show", "a")
        #expect(outcome.code == 0)
        for words in ["runs/a", "finished", "clusters", "flag --clusters", "inertia", "figures/clusters.png", "kB"] {
            #expect(outcome.output.contains(words), "\(words): \(outcome.output)")
        }
        let json = try command.run("show", "runs/a", "--json").json
        #expect((json["run"] as? [String: Any])?["state"] as? String == "finished")
        #expect((json["settings"] as? [[String: Any]])?.first?["name"] as? String == "clusters")
        #expect(try command.run("show", "b").code == 66)
    }

    @Test func `runs are compared in words, as JSON and to the bit`() throws {
        let command = try Command()
        for (name, rate) in [("a", "0.001"), ("b", "0.0001"), ("again", "0.001")] {
            let outcome = try command.run(
                "train", "cart-pole", "--steps", "3000", "--seeds", "3", "--quiet", "--name", name, "--set",
                "learningRate=\(rate)")
            #expect(outcome.code == 0, "\(outcome.messages)")
        }
        let outcome = try command.run("compare", "a", "b", "-o", "both.png")
        #expect(outcome.code == 0 && command.has("both.png"))
        for words in ["learningRate", "0.0001", "probability", "paired by seed"] {
            #expect(outcome.output.contains(words), "\(outcome.output)")
        }
        let json = try command.run("compare", "a", "b", "again", "--by", "learningRate", "--json").json
        #expect(
            (json["groups"] as? [[String: Any]])?.compactMap { $0["runs"] as? [String] } == [["a", "again"], ["b"]])
        #expect(try command.run("compare", "--bits", "a", "again").code == 0)
        let different = try command.run("compare", "--bits", "a", "b")
        #expect(different.code == 1 && different.output.contains("differs first at"))
        #expect(try command.run("compare", "a").code == 64)
        #expect(try command.run("compare", "a", "nothing").code == 66)
    }

    /// How long it takes is measured by `make bench`.
    @Test func `two thousand runs are listed, also after one has vanished`() throws {
        let command = try clusterings(["run-0"])
        let files = FileManager.default
        for number in 1..<2000 {
            let folder = command.folder + "/runs/run-\(number)"
            try files.createDirectory(atPath: folder, withIntermediateDirectories: false)
            for file in ["run.json", "result.json"] {
                try files.copyItem(atPath: command.folder + "/runs/run-0/" + file, toPath: folder + "/" + file)
            }
        }
        #expect(try names(command).count == 2000)
        #expect(try names(command, "--limit", "100").last == "run-1999")
        try files.removeItem(atPath: command.folder + "/runs/run-1999")
        #expect(try names(command).count == 1999)
    }

    @Test func `a run outside runs comes back from where it was deleted, by its folder`() throws {
        let command = try clusterings(["a"])
        #expect(try command.shell("mkdir other && mv runs/a other/q").code == 0)
        let deleted = try command.run("runs", "delete", "other/q", "other/q")
        #expect(deleted.code == 0 && deleted.messages == "`fledge runs restore other/q` brings q back\n")
        #expect(try command.run("runs", "restore", "other/q").output == "other/q\n")
        #expect(command.has("other/q/run.json"))
    }

    @Test func `damaged tags leave a run as good as it was`() throws {
        let command = try clusterings(["a"])
        try command.write("{\"note\":5}", to: "runs/a/labels.json")
        let shown = try command.run("show", "a")
        #expect(shown.output.contains("finished") && shown.output.contains("labels.json is not what Fledge wrote"))
        #expect(shown.messages.contains("fledge report a"))
        let refused = try command.run("runs", "tag", "a", "+good")
        #expect(refused.code == 65 && refused.messages.contains("without that file"), "\(refused.messages)")
    }

    @Test func `what is put into a note cannot steer the terminal`() throws {
        let command = try clusterings(["a"])
        #expect(try command.run("runs", "note", "a", "two\nlines \u{1B}[31mred").code == 0)
        for verb in [["runs"], ["show", "a"]] {
            let outcome = try command.finish(command.start(verb))
            #expect(outcome.output.contains("two lines  [31mred") || verb == ["runs"])
            #expect(!outcome.output.contains("\u{1B}") && !outcome.output.contains("two\n"), "\(outcome.output)")
        }
    }

    @Test func `runs that is no folder is told, a mistyped part of runs is guessed`() throws {
        let command = try clusterings(["a"])
        #expect(try command.run("runs", "tga").messages.contains("Did you mean `fledge runs tag`?"))
        #expect(try command.run("runs", "--where", "clusters>many").code == 64)
        #expect(try command.run("compare", "a", "a").messages.contains("named twice"))
        let other = try Command()
        try other.write("", to: "runs")
        let outcome = try other.run("runs")
        #expect(outcome.code == 73 && outcome.messages.contains("runs is not a folder"))
    }
}
