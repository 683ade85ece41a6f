import Foundation
import Testing

struct PlotTests {
    /// A folder with the runs "a" (seeds 1 and 2) and "b" (seed 3).
    private func trained() throws -> Command {
        let command = try Command()
        for (name, seeds, first) in [("a", "2", "1"), ("b", "1", "3")] {
            let outcome = try command.run(
                "train", "cart-pole", "--steps", "600", "--seeds", seeds, "--seed", first, "--name", name, "--quiet")
            #expect(outcome.code == 0, "\(outcome.messages)")
        }
        return command
    }

    @Test func `runs are drawn over each other, and drawn again byte for byte`() throws {
        let command = try trained()
        let plots = [
            ["a", "runs/b"],
            [
                "a", "b", "--x", "seconds", "--y", "return", "--y", "approx-kl", "--group", "algorithm", "--theme",
                "dark",
            ],
            ["a", "b", "--x", "episodes", "--group", "recipe", "--smooth", "none", "--log", "y", "--title", "Both"],
            ["b", "--x", "updates", "--y", "Value_Loss", "--smooth", "500", "--log", "x", "--group", "learning-rate"],
        ]
        for (index, arguments) in plots.enumerated() {
            let (file, copy) =
                index == 1
                ? ("plot.svg", "again.svg")
                : index == 2
                    ? ("plot.pdf", "again.pdf")
                    : ("plot-\(index).png", "again.png")
            let drawn = try command.finish(command.start(["plot"] + arguments + ["-o", file]))
            #expect(drawn.code == 0 && drawn.output == file + "\n", "\(drawn.messages)")
            let again = try command.run("plot", "--reproduce", file, "-o", copy)
            #expect(again.code == 0 && again.output == copy + "\n", "\(again.messages)")
            #expect(try command.bytes(copy) == command.bytes(file))
        }
    }

    @Test func `the figures that runs leave are drawn again byte for byte`() throws {
        let command = try trained()
        #expect(try command.run("cluster", "digits", "--clusters", "3", "--name", "c", "--quiet").code == 0)
        #expect(try command.run("fit", "digits", "--epochs", "1", "--name", "f", "--quiet").code == 0)
        #expect(try command.run("encode", "digits", "--epochs", "1", "--name", "e", "--quiet").code == 0)
        #expect(try command.run("overview", "a", "c", "f", "-o", "overview.png").code == 0)
        let files = try FileManager.default.subpathsOfDirectory(atPath: command.folder).filter { $0.hasSuffix(".png") }
        #expect(files.count >= 6)
        for file in files.sorted() {
            let again = try command.run("plot", "--reproduce", file, "--json")
            #expect(again.code == 0, "\(file): \(again.messages)")
        }
    }

    @Test func `a run's own figure is drawn anew on dark paper`() throws {
        let command = try trained()
        let drawn = try command.run("plot", "a", "--figure", "diagnostics", "--theme", "dark", "-o", "dark.svg")
        #expect(drawn.code == 0, "\(drawn.messages)")
        #expect(String(decoding: try command.bytes("dark.svg"), as: UTF8.self).contains("critic"))
        #expect(try command.run("plot", "--reproduce", "dark.svg").code == 0)
    }

    @Test func `a run that is gone or has changed is told by name`() throws {
        let command = try trained()
        #expect(try command.run("plot", "a", "b", "-o", "both.png").code == 0)
        let metrics = "runs/b/seeds/3/metrics.csv"
        let text = String(decoding: try command.bytes(metrics), as: UTF8.self)
        try command.write(text.replacing("\n512,", with: "\n511,").replacing("\n600,", with: "\n599,"), to: metrics)
        let changed = try command.run("plot", "--reproduce", "both.png")
        #expect(changed.code == 65 && changed.messages.contains("the run b has changed"), "\(changed.messages)")
        try FileManager.default.removeItem(atPath: command.folder + "/runs/b")
        let gone = try command.run("plot", "--reproduce", "both.png")
        #expect(gone.code == 66 && gone.messages.contains("the run b, which both.png was drawn from, is gone"))
        try command.write("no picture", to: "text.png")
        #expect(try command.run("plot", "--reproduce", "text.png").code == 65)
        #expect(try command.run("plot", "--reproduce", "nowhere.png").code == 66)
    }

    @Test func `a figure moved with its run is drawn again`() throws {
        let command = try trained()
        try FileManager.default.createDirectory(
            atPath: command.folder + "/elsewhere", withIntermediateDirectories: false)
        try FileManager.default.moveItem(atPath: command.folder + "/runs/a", toPath: command.folder + "/elsewhere/a")
        #expect(try command.run("plot", "--reproduce", "elsewhere/a/figures/training.png").code == 0)
    }

    @Test func `wrong names suggest the right ones`() throws {
        let command = try trained()
        let wrong: [(arguments: [String], code: Int32, advice: String)] = [
            (["a", "--y", "retrun"], 64, "did you mean 'return'?"),
            (["a", "--y", "valueLos"], 64, "did you mean 'valueLoss'?"),
            (["a", "--x", "stpes"], 64, "did you mean 'steps'?"), (["a", "--x", "epochs"], 64, "--x seconds"),
            (["a", "--group", "algoritm"], 64, "did you mean 'algorithm'?"), (["aa"], 66, "did you mean 'a'?"),
            (["a", "--smooth", "0"], 64, "a number above 0"), (["a", "--log", "z"], 64, "--log x"),
            (["a", "--figure", "trainin"], 64, "it has training"), (["a", "b", "--figure", "training"], 64, "one run"),
            (["a", "-o", "figure.gif"], 64, ".png"), ([], 64, "Which runs?"),
            (["a", "--reproduce", "x.png"], 64, "name no others"),
            (["--reproduce", "x.png", "--y", "kl"], 64, "--y has no place beside --reproduce"),
            (["a", "--figure", "training", "--log", "x"], 64, "--log has no place beside --figure"),
        ]
        for (arguments, code, advice) in wrong {
            let outcome = try command.finish(command.start(["plot"] + arguments))
            #expect(outcome.code == code && outcome.messages.contains(advice), "\(arguments): \(outcome.messages)")
        }
    }
}
