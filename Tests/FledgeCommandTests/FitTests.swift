import Foundation
import Testing

/// `fledge fit` as a user has it.
struct FitTests {
    @Test func `folds give means and standard errors, and a table with a line for each`() throws {
        let command = try Command()
        try command.write(Garden.table(rows: 90), to: "garden.csv")
        let outcome = try command.run(
            "fit", "garden.csv", "--folds", "5", "--epochs", "4", "--name", "run", "--json")
        #expect(outcome.code == 0, "\(outcome.messages)")
        let json = try outcome.json
        let summary = try #require(json["crossValidation"] as? [String: Any])
        let accuracy = try #require(summary["accuracy"] as? [String: Any])
        #expect(try #require(accuracy["mean"] as? Double) > 0.5)
        #expect(try #require(accuracy["standardError"] as? Double) >= 0)
        let values = try #require(accuracy["values"] as? [Double])
        #expect(values.count == 5 && json["test"] == nil)
        let lines = try command.lines("runs/run/seeds/1/folds.csv")
        #expect(lines.count == 6 && lines[0].hasPrefix("fold,accuracy,"))
        for (line, value) in zip(lines.dropFirst(), values) {
            #expect(Double(line.split(separator: ",")[1]) == value)
        }
        // Four epochs of each fold, and of the fit that is kept.
        let metrics = try command.lines("runs/run/seeds/1/metrics.csv")
        #expect(metrics.count == 1 + 6 * 4 && metrics[0].contains("fold") && metrics[0].contains("trainingLoss"))
        for file in ["result.json", "run.json", "seeds/1/parameters.safetensors", "seeds/1/scores.csv"] {
            #expect(command.has("runs/run/" + file), "\(file)")
        }
        for figure in try #require(json["figures"] as? [String]) { #expect(command.has(figure)) }
        #expect(json["baselines"] as? [String: Any] != nil)
    }

    @Test func `a search says what it chose, and leaves a table of its trials`() throws {
        let command = try Command()
        try command.write(Garden.table(rows: 90), to: "garden.csv")
        let outcome = try command.run(
            "fit", "garden.csv", "--tune", "8", "--search", "learningRate=1e-7|0.01", "--search", "dropout=0..0.5",
            "--set", "search=random", "--epochs", "20", "--name", "run", "--json")
        #expect(outcome.code == 0, "\(outcome.messages)")
        let json = try outcome.json
        let chosen = try #require(json["chosenSettings"] as? [String: String])
        #expect(chosen["learningRate"] == "0.01")
        #expect((json["test"] as? [String: Any])?["accuracy"] as? Double != nil)
        let lines = try command.lines("runs/run/seeds/1/trials.csv")
        #expect(lines.count == 9 && lines[0].hasPrefix("number,state,maximize accuracy"), "\(lines)")
        // Any number between, not the whole ones.
        let dropout = try #require(chosen["dropout"].flatMap(Double.init))
        #expect(dropout != dropout.rounded())
        #expect(try command.run("runs", "--json").output.contains("finished"))
        #expect(try command.run("plot", "run", "-o", "again.png").code == 0)
    }

    @Test func `nested folds choose settings of their own`() throws {
        let command = try Command()
        try command.write(Garden.table(rows: 60), to: "garden.csv")
        let outcome = try command.run(
            "fit", "garden.csv", "--folds", "2", "--tune", "2", "--search", "learningRate=0.001|0.01", "--nested",
            "--set", "search=grid", "--epochs", "3", "--name", "run", "--json")
        #expect(outcome.code == 0, "\(outcome.messages)")
        let lines = try command.lines("runs/run/seeds/1/folds.csv")
        #expect(lines.count == 3 && lines[0].hasSuffix("learningRate"), "\(lines)")
    }

    @Test func `groups and times divide the rows`() throws {
        let command = try Command()
        try command.write(Garden.table(rows: 80), to: "garden.csv")
        for arguments in [
            ["--groups", "bed"], ["--groups", "bed", "--folds", "4"], ["--time", "day"],
            ["--time", "day", "--folds", "3"],
        ] {
            let outcome = try command.finish(
                command.start(["fit", "garden.csv", "--epochs", "2", "--json"] + arguments))
            #expect(outcome.code == 0, "\(arguments): \(outcome.messages)")
            let isFolded = arguments.contains("--folds")
            #expect(try (outcome.json[isFolded ? "crossValidation" : "test"] as? [String: Any]) != nil)
        }
    }

    @Test(
        arguments: [
            (["--target", "kind", "--groups", "beds"], 64, "is no such column"),
            (["--groups", "bed", "--time", "day"], 64, "does not go together"),
            (["--time", "colour"], 64, "neither numbers nor dates"),
            (["--model", "cnn"], 64, "take --model mlp or linear"),
            (["--model", "text"], 65, "text"),
            (["--model", "factorization"], 65, "no numbers"),
            (["--model", "tree"], 64, "mlp, linear, cnn, text, factorization"),
            (["--task", "guess"], 64, "classification, regression"),
            (["--target", "kinds"], 65, "is \"kind\" meant?"),
            (["--folds", "1"], 64, "folds"), (["--folds", "-3"], 64, "folds"),
            (["--folds", "40"], 65, "too few for 40 folds"),
            (["--tune", "-1"], 64, "trials"), (["--nested"], 64, "needs folds and trials"),
            (["--tune", "3", "--search", "learningRate"], 64, "names no setting"),
            (["--tune", "3", "--search", "learningRate=0.1..0.01"], 64, "put the smaller first"),
            (["--tune", "3", "--search", "learningRate=a..b"], 64, "'a' is none"),
            (["--tune", "3", "--search", "learningrate=0.1..0.2"], 64, "did you mean 'learningRate'?"),
            (["--tune", "3", "--search", "dropout=0..2"], 64, "dropout"),
            (["--tune", "3", "--search", "batchSize=0|16"], 64, "batchSize"),
            (["--tune", "3", "--search", "activation=relu|tnah"], 64, "tanh"),
            (["--tune", "3", "--search", "dropout=0|0.1", "--search", "dropout=0|0.2"], 64, "twice"),
            (["--from", "nothing"], 66, "nothing"),
            (["--set", "mixup=0.2", "--model", "linear", "--set", "flips=true"], 64, "flips"),
        ] as [([String], Int32, String)])
    func `wrong flags are told with what is right, before any run is made`(
        arguments: [String], code: Int32, advice: String
    ) throws {
        let command = try Command()
        try command.write(Garden.table(rows: 60), to: "garden.csv")
        let outcome = try command.finish(command.start(["fit", "garden.csv", "--epochs", "2"] + arguments))
        #expect(outcome.code == code, "\(outcome.code): \(outcome.messages)")
        #expect(outcome.messages.contains(advice), "\(outcome.messages)")
        #expect(!command.has("runs"))
    }

    @Test(arguments: [
        ("a,label\n1,x\n2,x\n3,x\n4,x\n", "one class only, \"x\""),
        ("a,price\n1,5.5\n2,5.5\n3,5.5\n4,5.5\n", "\"price\""),
        ("a,price\n1,5.5\n2,nan\n3,7.25\n4,8\n", "line 3"),
        ("a,price\n1,5.5\n2,6\n3,inf\n4,8.25\n", "line 4"),
        ("a,label\n1,x\n2,y\n3\n4,x\n", "line 4"),
        ("a,label\n1,x\n2,y\n3,\"x\n4,x", "quot"),
        ("a,label\n", "no row"), ("", "no rows"), ("a,a,label\n1,2,x\n", "\"a\""),
        ("label\nx\ny\nx\n", "nothing to learn it from"),
    ])
    func `data that nothing can be learned from are told with the place`(text: String, advice: String) throws {
        let command = try Command()
        try command.write(text, to: "table.csv")
        let outcome = try command.run("fit", "table.csv", "--epochs", "2")
        #expect(outcome.code == 65, "\(outcome.code): \(outcome.messages)")
        #expect(outcome.messages.contains(advice), "\(outcome.messages)")
        #expect(!command.has("runs"))
    }

    @Test func `a class with fewer rows than folds is named`() throws {
        let command = try Command()
        try command.write(Garden.table(rows: 60) + "120,red,1,1,rare\n", to: "garden.csv")
        let outcome = try command.run("fit", "garden.csv", "--folds", "3", "--epochs", "2")
        #expect(outcome.code == 65 && outcome.messages.contains("class 'rare' has 1 row"), "\(outcome.messages)")
        #expect(!command.has("runs"))
    }

    @Test func `missing numbers and a class only in the test are borne`() throws {
        let command = try Command()
        let holes = Garden.table(rows: 60).replacing("106", with: "").replacing("red", with: "")
        try command.write(holes, to: "garden.csv")
        let outcome = try command.run("fit", "garden.csv", "--epochs", "2", "--json")
        #expect(outcome.code == 0, "\(outcome.messages)")
    }

    @Test func `a cut file of arrays or images is told`() throws {
        let command = try Command()
        let header = "{'descr': '<f4', 'fortran_order': False, 'shape': (10, 3), }"
        var bytes: [UInt8] = [0x93] + Array("NUMPY".utf8) + [1, 0]
        let padded = header + String(repeating: " ", count: 117 - header.utf8.count) + "\n"
        bytes += [UInt8(padded.utf8.count), 0] + Array(padded.utf8) + [UInt8](repeating: 0, count: 50)
        try Data(bytes).write(to: URL(filePath: command.folder + "/cut.npy"))
        let outcome = try command.run("fit", "cut.npy")
        #expect(outcome.code == 65 && outcome.messages.contains("cut.npy"), "\(outcome.messages)")
    }

    // MARK: Retraining

    @Test func `a retrained model is kept if it is better, on rows that both have not seen`() throws {
        let command = try Command()
        try command.write(Garden.table(rows: 120), to: "old.csv")
        try command.write(Garden.table(rows: 120, from: 300), to: "same.csv")
        // Everything has other names now.
        try command.write(Garden.table(rows: 120, from: 600, turn: 1), to: "other.csv")
        #expect(
            try command.run("fit", "old.csv", "--epochs", "30", "--name", "first", "--quiet").code == 0)
        for (data, arguments) in [("same.csv", []), ("other.csv", []), ("other.csv", ["--folds", "3"])] {
            for rate in ["1e-12", "0.01"] {
                let outcome = try command.finish(
                    command.start(
                        [
                            "fit", data, "--from", "first", "--epochs", "30", "--set", "learningRate=\(rate)", "--json",
                            "--name", "second",
                        ] + arguments))
                #expect(outcome.code == 0, "\(outcome.messages)")
                let retraining = try #require(try outcome.json["retraining"] as? [String: Any])
                let (old, new) = (retraining["old"] as? Double ?? -1, retraining["new"] as? Double ?? -1)
                #expect(retraining["metric"] as? String == "accuracy")
                #expect(retraining["kept"] as? String == (new > old ? "new" : "old"))
                if rate == "1e-12" { #expect(new == old) }
                if data == "other.csv" && rate == "0.01" { #expect(new > old) }
                // What is kept predicts as the better one.
                let predictions = try command.run("predict", "second", "old.csv").output
                let before = try command.run("predict", "first", "old.csv").output
                #expect((predictions == before) == (new <= old))
                try FileManager.default.removeItem(atPath: command.folder + "/runs/second")
            }
        }
    }

    @Test func `retraining with other classes or columns is refused`() throws {
        let command = try Command()
        try command.write(Garden.table(rows: 60), to: "old.csv")
        #expect(try command.run("fit", "old.csv", "--epochs", "2", "--name", "first", "--quiet").code == 0)
        try command.write(
            Garden.table(rows: 60).replacing(",rose", with: ",tulip"), to: "classes.csv")
        let classes = try command.run("fit", "classes.csv", "--from", "first")
        #expect(classes.code == 65 && classes.messages.contains("tulip"), "\(classes.messages)")
        try command.write(Garden.table(rows: 60).replacing("height", with: "size"), to: "columns.csv")
        let columns = try command.run("fit", "columns.csv", "--from", "first")
        #expect(columns.code == 65 && columns.messages.contains("height"), "\(columns.messages)")
        let layers = try command.run("fit", "old.csv", "--from", "first", "--set", "hiddenSizes=7")
        #expect(layers.code == 64 && layers.messages.contains("hiddenSizes"), "\(layers.messages)")
    }

    // MARK: Interrupted

    /// Fits with everything that a run can be stopped in.
    private static let long: [[String]] = [
        [
            "fit", "garden.csv", "--folds", "3", "--tune", "5", "--search", "learningRate=0.001..0.05", "--search",
            "hiddenSizes=8|16", "--nested", "--epochs", "60",
        ],
        ["fit", "digits", "--model", "cnn", "--folds", "2", "--epochs", "4", "--set", "shiftPixels=1"],
        [
            "fit", "garden.csv", "--folds", "4", "--tune", "6", "--epochs", "60", "--seeds", "2", "--set",
            "earlyStoppingPatience=5",
        ],
    ]

    @Test(.serialized, arguments: long) func `a fit that is interrupted and resumed leaves the same bytes`(
        _ arguments: [String]
    ) throws {
        let (whole, broken) = (try Command(), try Command())
        for command in [whole, broken] { try command.write(Garden.table(rows: 90), to: "garden.csv") }
        let common = ["--name", "run", "--quiet", "--checkpoint-every", "0"]
        let clock = ContinuousClock()
        let start = clock.now
        #expect(try whole.finish(whole.start(arguments + common)).code == 0)
        let duration = clock.now - start
        var (interruptions, signal) = (0, SIGINT)
        for attempt in 0..<12 {
            let isNew = !broken.has("runs/run")
            let started = try broken.start(
                isNew ? arguments + common : ["resume", "run", "--quiet", "--checkpoint-every", "0"])
            let instant = clock.now + duration * (0.15 + 0.05 * Double(attempt % 3))
            while started.process.isRunning, clock.now < instant { usleep(500) }
            let wasRunning = started.process.isRunning
            if wasRunning { kill(started.process.processIdentifier, signal) }
            let outcome = try broken.finish(started)
            guard wasRunning else {
                #expect(outcome.code == 0, "\(outcome.messages)")
                break
            }
            interruptions += 1
            signal = signal == SIGINT ? SIGKILL : SIGINT
        }
        #expect(interruptions >= 2)
        let outcome = try broken.run("resume", "run", "--quiet")
        #expect(outcome.code == 0 || outcome.messages.contains("finished"), "\(outcome.messages)")
        let seeds = arguments.contains("--seeds") ? ["1", "2"] : ["1"]
        for seed in seeds {
            let folder = "runs/run/seeds/\(seed)/"
            for file in ["metrics.csv", "parameters.safetensors", "folds.csv", "trials.csv", "scores.csv"] {
                #expect(whole.has(folder + file) == broken.has(folder + file), "\(file)")
                guard whole.has(folder + file) else { continue }
                let isSame = try whole.bytes(folder + file) == broken.bytes(folder + file)
                #expect(isSame, "\(folder + file)")
            }
        }
    }

    @Test func `one thread and several leave the same bytes`() throws {
        let command = try Command()
        try command.write(Garden.table(rows: 90), to: "garden.csv")
        for arguments in [
            ["fit", "digits", "--epochs", "1", "--set", "shiftPixels=1"],
            ["fit", "garden.csv", "--epochs", "3", "--folds", "2", "--tune", "3"],
        ] {
            var files: [Data] = []
            for threads in [1, 3] {
                let name = "run\(threads)"
                let started = try command.start(arguments + ["--name", name, "--quiet"], threads: threads)
                #expect(try command.finish(started).code == 0)
                files.append(try command.bytes("runs/\(name)/seeds/1/parameters.safetensors"))
                files.append(try command.bytes("runs/\(name)/seeds/1/metrics.csv"))
                try FileManager.default.removeItem(atPath: command.folder + "/runs/\(name)")
            }
            #expect(files[0] == files[2] && files[1] == files[3])
        }
    }
}

/// A table to learn from: plants by their height and colour, in beds, on days.
enum Garden {
    /// - Parameters:
    ///   - first: where the numbers that decide the rows begin.
    ///   - turn: by how much the names of the plants are turned.
    static func table(rows: Int, from first: Int = 0, turn: Int = 0) -> String {
        let plants = ["aster", "iris", "rose"]
        var text = "height,colour,bed,day,kind\n"
        for row in first..<first + rows {
            let kind = row % 3
            let height = 100 + 20 * kind + (row * 7919 % 13)
            let colour = row % 5 == 0 ? (row / 5) % 3 : kind
            let bed = row / 6 % 10
            text += "\(height),\(["blue", "green", "red"][colour]),b\(bed),\(row % 37),\(plants[(kind + turn) % 3])\n"
        }
        return text
    }
}

extension Command {
    func lines(_ file: String) throws -> [Substring] {
        String(decoding: try bytes(file), as: UTF8.self).split(separator: "\n")
    }
}
