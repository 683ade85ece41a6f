import Foundation
import Testing

/// Processes are killed at random instants, by a signal that nothing can be done about, and taken up again: what they
/// leave in the end is what an undisturbed run leaves, byte for byte.
@Suite(.serialized) struct KillTests {
    /// One kind of run: the program, what begins it, and what goes on with it.
    struct Work: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var program = "fledge"
        let begin: [String]
        let goOn: [String]

        static func fledge(_ name: String, _ arguments: String...) -> Work {
            Work(
                testDescription: name, begin: arguments + ["--name", "run", "--quiet", "--checkpoint-every", "0"],
                goOn: ["resume", "run", "--quiet", "--checkpoint-every", "0"])
        }

        static let all = [
            fledge("two agents", "train", "cart-pole", "--steps", "40000", "--seeds", "2"),
            fledge("k-means", "cluster", "digits", "--clusters", "10", "--restarts", "200"),
            fledge("an autoencoder", "encode", "digits", "--epochs", "60", "--set", "earlyStoppingPatience=50"),
            fledge(
                "a perceptron", "fit", "digits", "--model", "mlp", "--epochs", "120", "--set", "hiddenSizes=128,64",
                "--set", "weightAveraging=0.99"),
            fledge(
                "a convolutional network", "fit", "digits", "--epochs", "10", "--set", "channels=8,8", "--set",
                "shiftPixels=1", "--set", "mixup=0.2", "--set", "earlyStoppingPatience=8"),
            fledge(
                "folds and a search", "fit", "digits", "--model", "linear", "--folds", "3", "--tune", "4", "--nested",
                "--epochs", "12", "--set", "search=random"),
            Work(testDescription: "a ring buffer", program: "RingBufferRun", begin: ["run"], goOn: ["run"]),
        ]
    }

    private static let killsOfEach = 12

    @Test(arguments: Work.all)
    func `a run that is killed again and again leaves what an undisturbed one leaves`(work: Work) throws {
        let (whole, broken) = (try Command(), try Command())
        let clock = ContinuousClock()
        var duration = Duration.zero
        #expect(
            try whole.finish(whole.start(work.begin, program: work.program)).code == 0)
        duration = try clock.measure {
            _ = try whole.finish(whole.start(work.begin.map { $0 == "run" ? "timed" : $0 }, program: work.program))
        }

        var random = SystemRandomNumberGenerator()
        var (kills, killsInWrites, attempts) = (0, 0, 0)
        while kills < Self.killsOfEach, attempts < 10 * Self.killsOfEach {
            attempts += 1
            let arguments = broken.has("runs/run") ? work.goOn : work.begin
            let started = try broken.start(arguments, program: work.program)
            let instant = clock.now + duration * Double.random(in: 0.02...0.25, using: &random)
            // Every second one waits for a checkpoint that is being written.
            let waitsForWrite = kills.isMultiple(of: 2)
            while started.process.isRunning {
                if clock.now >= instant && !(waitsForWrite && halfWritten(in: broken).isEmpty) { break }
                usleep(200)
            }
            kill(started.process.processIdentifier, SIGKILL)
            let outcome = try broken.finish(started)
            guard started.process.terminationReason == .uncaughtSignal else {
                // It came to its end before: begin again, so that there is something to kill.
                #expect(outcome.code == 0, "\(outcome.messages)")
                try FileManager.default.removeItem(atPath: broken.folder + "/runs/run")
                continue
            }
            kills += 1
            if !halfWritten(in: broken).isEmpty { killsInWrites += 1 }
        }
        #expect(kills == Self.killsOfEach)
        #expect(
            3 * killsInWrites >= kills, "\(killsInWrites) of \(kills) kills hit a checkpoint that was being written")

        let arguments = broken.has("runs/run") ? work.goOn : work.begin
        let outcome = try broken.finish(broken.start(arguments, program: work.program))
        #expect(outcome.code == 0, "\(outcome.messages)")
        #expect(halfWritten(in: broken).isEmpty)
        let files = try fixedFiles(of: whole)
        #expect(files.count >= 4)
        #expect(try fixedFiles(of: broken) == files)
        for file in files {
            #expect(try whole.bytes(file) == broken.bytes(file), "\(file)")
        }
        let listing = try broken.run("runs", "--json")
        #expect(listing.code == 0 && listing.output.contains("\"state\":\"finished\""), "\(listing.messages)")
    }

    /// Checkpoints under their temporary names.
    private func halfWritten(in command: Command) -> [String] {
        let seeds = command.folder + "/runs/run/seeds"
        return ["1", "2"].flatMap { seed in
            ((try? FileManager.default.contentsOfDirectory(atPath: "\(seeds)/\(seed)/checkpoints")) ?? [])
                .filter { $0.hasSuffix(".temporary") }
        }
    }

    /// The files of a run that do not depend on the clock.
    private func fixedFiles(of command: Command) throws -> [String] {
        let seeds = command.folder + "/runs/run/seeds"
        return try FileManager.default.contentsOfDirectory(atPath: seeds).flatMap { seed in
            try FileManager.default.contentsOfDirectory(atPath: "\(seeds)/\(seed)")
                .filter { !["timing.csv", "checkpoints"].contains($0) }.map { "runs/run/seeds/\(seed)/\($0)" }
        }
        .sorted()
    }
}
