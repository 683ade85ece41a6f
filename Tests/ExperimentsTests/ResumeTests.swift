import Experiments
import Fledge
import Foundation
import Synchronization
import Testing

/// Runs that are stopped and taken up again, in this process; Tests/FledgeCommandTests kills processes.
struct ResumeTests {
    private func driver(
        in folder: TemporaryFolder, observer: any RunObserver = SilentObserver(),
        cancellation: Cancellation = Cancellation(), name: String = "run"
    ) -> ExperimentDriver {
        var options = ExperimentDriver.Options(name: name, command: ["test"])
        options.root = folder.path + "/runs"
        options.checkpointInterval = 0
        return ExperimentDriver(options, observer: observer, cancellation: cancellation)
    }

    /// Asks for the end after a number of updates.
    private final class Stopper: RunObserver {
        let cancellation = Cancellation()
        private let updates: Atomic<Int>

        init(after updates: Int) { self.updates = Atomic(updates) }

        func observe(_ event: RunEvent) {
            guard case .advanced = event else { return }
            if updates.subtract(1, ordering: .relaxed).newValue <= 0 { cancellation.request() }
        }
    }

    private func files(_ folder: TemporaryFolder, seed: Int = 1) throws -> [String: [UInt8]] {
        let path = folder.path + "/runs/run/seeds/\(seed)"
        let names = try FileManager.default.contentsOfDirectory(atPath: path)
            .filter { !["timing.csv", "checkpoints"].contains($0) }
        return Dictionary(uniqueKeysWithValues: try names.map { ($0, try readFile(path + "/" + $0)) })
    }

    /// What a run leaves that is stopped every few updates is what it leaves undisturbed.
    private func stopAndGoOn<Work: Experiment>(_ experiment: Work, every updates: Int) throws {
        let (whole, broken) = (try TemporaryFolder(), try TemporaryFolder())
        #expect(try driver(in: whole).run(experiment).state == .finished)
        var stopper = Stopper(after: updates)
        var report = try driver(in: broken, observer: stopper, cancellation: stopper.cancellation).run(experiment)
        var stops = 0
        while report.state == .interrupted {
            stops += 1
            stopper = Stopper(after: updates)
            let again = driver(in: broken, observer: stopper, cancellation: stopper.cancellation)
            report = try #require(try again.resume(report.folder.experiment(), in: report.folder))
        }
        #expect(stops >= 2)
        for seed in experiment.plan.seeds {
            let (expected, found) = (try files(whole, seed: Int(seed)), try files(broken, seed: Int(seed)))
            #expect(expected.keys.sorted() == found.keys.sorted())
            for (name, bytes) in expected { #expect(bytes == found[name], "\(name) of seed \(seed)") }
        }
        #expect(try driver(in: broken).resume(report.folder.experiment(), in: report.folder) == nil)
    }

    private func training(_ environment: String, steps: Int, seeds: [UInt64]) throws -> any Experiment {
        let environment = try Environments.named(environment)
        return try TrainingAlgorithm.named("ppo").experiment(
            .init(
                environment: environment, seeds: seeds, steps: steps,
                recipe: try Recipe(named: "zoo", for: environment)))
    }

    @Test(arguments: [("cart-pole", 4000, 5), ("pendulum", 12_000, 2)])
    func `a training goes on as if it had never been stopped`(environment: String, steps: Int, every: Int) throws {
        try stopAndGoOn(training(environment, steps: steps, seeds: [1, 5]), every: every)
    }

    private func digits(_ target: TargetColumn = .marked) throws -> DataSubject {
        try DataSubject(named: "digits", target: target)
    }

    @Test func `a clustering goes on as if it had never been stopped`() throws {
        let settings = [GivenSetting("clusters", "10"), GivenSetting("restarts", "3")]
        try stopAndGoOn(ClusterExperiment(digits(), seed: 1, settings: settings), every: 5)
    }

    @Test func `a fit goes on as if it had never been stopped`() throws {
        let settings = [GivenSetting("epochs", "9"), GivenSetting("earlyStoppingPatience", "3")]
        try stopAndGoOn(FitExperiment(FitSubject(named: "digits"), seed: 3, settings: settings), every: 3)
    }

    @Test func `an autoencoder goes on as if it had never been stopped`() throws {
        try stopAndGoOn(EncodeExperiment(digits(), seed: 1, settings: [GivenSetting("epochs", "7")]), every: 2)
    }

    @Test func `a checkpoint that was damaged is passed over for the one before`() throws {
        let (whole, broken) = (try TemporaryFolder(), try TemporaryFolder())
        let experiment = try training("cart-pole", steps: 4000, seeds: [1])
        _ = try driver(in: whole).run(experiment)
        let stopper = Stopper(after: 8)
        let report = try driver(in: broken, observer: stopper, cancellation: stopper.cancellation).run(experiment)
        let checkpoints = Checkpoints(folder: report.folder.path + "/seeds/1/checkpoints")
        let commits = checkpoints.newestFirst
        try #require(commits.count >= 2)
        let name = try #require(
            try FileManager.default.contentsOfDirectory(atPath: checkpoints.folder)
                .filter { $0.hasSuffix(".safetensors") }.max())
        var bytes = try readFile(checkpoints.folder + "/" + name)
        bytes[bytes.count / 2] ^= 1
        try writeFile(bytes, to: checkpoints.folder + "/" + name)

        final class Listener: RunObserver {
            let heard = Mutex<[String]>([])
            func observe(_ event: RunEvent) {
                switch event {
                case .warning(let text): heard.withLock { $0.append(text) }
                case .resumed(_, let update): heard.withLock { $0.append("resumed after \(update)") }
                default: break
                }
            }
        }
        let listener = Listener()
        _ = try driver(in: broken, observer: listener).resume(experiment, in: report.folder)
        let heard = listener.heard.withLock { $0 }
        #expect(
            heard.count == 2 && heard[0].contains("passed over") && heard[1] == "resumed after \(commits[1].update)")
        #expect(try files(whole) == files(broken))
    }

    @Test func `the last two checkpoints and the best are kept`() throws {
        let folder = try TemporaryFolder()
        let report = try driver(in: folder).run(training("cart-pole", steps: 20_000, seeds: [1]))
        let checkpoints = Checkpoints(folder: report.folder.path + "/seeds/1/checkpoints")
        let files = try FileManager.default.contentsOfDirectory(atPath: checkpoints.folder)
        let kept = files.filter { $0.hasSuffix(".safetensors") }
        #expect((2...3).contains(kept.count))
        #expect(kept.count + 1 == files.count, "\(files)")
        let newest = checkpoints.newestFirst
        let best = try #require(checkpoints.best)
        for commit in [newest[0], newest[1], best] { #expect(try checkpoints.load(commit).arrayNames.count > 5) }
    }

    @Test func `a run of which another process has the lock cannot be resumed`() throws {
        let folder = try TemporaryFolder()
        let experiment = try training("cart-pole", steps: 600, seeds: [1])
        let stopper = Stopper(after: 1)
        let report = try driver(in: folder, observer: stopper, cancellation: stopper.cancellation).run(experiment)
        #expect(!report.folder.isBeingWritten)
        let lock = try report.folder.lock()
        #expect(report.folder.isBeingWritten)
        let error = #expect(throws: ExperimentError.self) {
            try driver(in: folder).resume(experiment, in: report.folder)
        }
        #expect(error?.kind == .busy)
        _ = lock
    }

    @Test func `doing the work again gives the same updates, and the first other one is named`() throws {
        let folder = try TemporaryFolder()
        let report = try driver(in: folder).run(training("cart-pole", steps: 2000, seeds: [1, 2]))
        let verification = try driver(in: folder).verify(report.folder.experiment(), of: report.folder)
        #expect(verification.isSame)
        #expect(verification.seeds.map(\.updates) == [8, 8])

        // Another learning rate from the beginning: the first update differs.
        let record = report.folder.path + "/run.json"
        let text = try String(contentsOfFile: record, encoding: .utf8)
        let changed = text.replacing("\"learningRateDecay\"", with: "\"learningRateDecay\"")
            .replacing("0.001", with: "0.002")
        #expect(changed != text)
        try changed.write(toFile: record, atomically: true, encoding: .utf8)
        let other = try driver(in: folder).verify(report.folder.experiment(), of: report.folder)
        #expect(other.seeds.map { $0.difference?.update } == [1, 1])
        #expect(other.seeds[0].difference?.metrics.contains("learningRate") == true)
    }

    @Test func `metrics that were changed afterwards are told with the update`() throws {
        let folder = try TemporaryFolder()
        let report = try driver(in: folder).run(training("cart-pole", steps: 2000, seeds: [1]))
        let path = report.folder.path + "/seeds/1/metrics.csv"
        var lines = try String(contentsOfFile: path, encoding: .utf8).split(
            separator: "\n", omittingEmptySubsequences: false)
        lines[3] = lines[2]
        try lines.joined(separator: "\n").write(toFile: path, atomically: true, encoding: .utf8)
        let error = #expect(throws: ExperimentError.self) {
            try driver(in: folder).verify(report.folder.experiment(), of: report.folder)
        }
        #expect(error?.kind == .badData)
        #expect(error?.problem.contains("update 3") == true, "\(error?.description ?? "")")
    }

    @Test func `a run is verified without its times, and what it ended with has to be what it wrote`() throws {
        let folder = try TemporaryFolder()
        let report = try driver(in: folder).run(training("cart-pole", steps: 2000, seeds: [1]))
        let seed = report.folder.path + "/seeds/1/"
        let timing = try readFile(seed + "timing.csv")
        try writeFile(Array(timing.prefix(timing.count / 2)), to: seed + "timing.csv")
        #expect(try driver(in: folder).verify(report.folder.experiment(), of: report.folder).isSame)

        var parameters = try readFile(seed + "parameters.safetensors")
        parameters[parameters.count - 3] ^= 1
        try writeFile(parameters, to: seed + "parameters.safetensors")
        for attempt in [
            { _ = try driver(in: folder).verify(report.folder.experiment(), of: report.folder) },
            { _ = try report.folder.evaluate(episodes: 1) },
        ] {
            let error = #expect(throws: ExperimentError.self) { try attempt() }
            #expect(error?.kind == .badData && error?.problem.contains("parameters.safetensors: ") == true)
            #expect(error?.problem.contains("was changed after") == true, "\(error?.description ?? "")")
        }
    }

    @Test(arguments: ["[]", "[1, 1]", "[18446744073709551615]"])
    func `a record whose seeds cannot be is refused`(seeds: String) throws {
        let folder = try TemporaryFolder()
        let report = try driver(in: folder).run(training("cart-pole", steps: 600, seeds: [1]))
        let record = report.folder.path + "/run.json"
        let text = try String(contentsOfFile: record, encoding: .utf8)
        let changed = text.replacing(/"seeds" : \[\s*1\s*\]/, with: "\"seeds\" : \(seeds)")
        #expect(changed != text)
        try changed.write(toFile: record, atomically: true, encoding: .utf8)
        let error = #expect(throws: ExperimentError.self) { try report.folder.record() }
        #expect(error?.kind == .badData && error?.problem.contains("run.json") == true)
    }

    @Test func `a failed run says why, and what to do is not to resume it`() throws {
        let folder = try TemporaryFolder()
        let experiment = try TrainingAlgorithm.named("ppo").experiment(
            .init(
                environment: Environments.named("cart-pole"), seeds: [1], steps: 2000,
                settings: [GivenSetting("learningRate", "1e30")]))
        #expect(throws: (any Error).self) { try driver(in: folder).run(experiment) }
        let run = try RunFolder(existing: folder.path + "/runs/run")
        let result = try run.resultJSON()
        #expect(result.contains(#""problem":""#) && result.contains(#""headline":"train failed: "#), "\(result)")
        for attempt in [{ _ = try StoredRun(reading: run) }, { _ = try run.evaluate() }] {
            let error = #expect(throws: ExperimentError.self) { try attempt() }
            #expect(error?.advice?.contains("begin another") == true, "\(error?.description ?? "none")")
        }
    }

    @Test func `a training goes on from another's agents and remembers where it came from`() throws {
        let folder = try TemporaryFolder()
        let environment = try Environments.named("cart-pole")
        let parent = try driver(in: folder).run(training("cart-pole", steps: 20_000, seeds: [1])).folder
        let request = TrainingAlgorithm.Request(
            environment: environment, steps: 8000, settings: [GivenSetting("epochs", "3")], parent: parent)
        let child = try driver(in: folder, name: "child").run(TrainingAlgorithm.named("ppo").experiment(request)).folder
        let record = try child.record()
        #expect(record.lineage?.relation == .continuation)
        #expect(record.lineage?.parent == "run")
        #expect(record.settings["epochs"] == ResolvedSetting(value: .integer(3), source: "flag --set"))
        #expect(record.settings["environments"]?.source == "run run")
        #expect(
            try readFile(child.path + "/seeds/1/initial.safetensors")
                == readFile(parent.path + "/seeds/1/parameters.safetensors"))
        // From an agent that has learned, the first episodes are long.
        let returns = try StoredRun(reading: child).seeds[0].history["episodeReturn"]
        #expect(try #require(returns?.first { !$0.isNaN }) > 60)
        #expect(try driver(in: folder).verify(child.experiment(), of: child).isSame)

        let wrong = TrainingAlgorithm.Request(
            environment: environment, steps: 600, settings: [GivenSetting("hiddenSizes", "8")], parent: parent)
        let error = #expect(throws: ExperimentError.self) {
            try driver(in: folder, name: "wrong").run(TrainingAlgorithm.named("ppo").experiment(wrong))
        }
        #expect(error?.kind == .usage)
    }

    @Test func `data that has changed since is refused`() throws {
        let folder = try TemporaryFolder()
        let table = folder.path + "/table.csv"
        let rows = (0..<60).map { "\($0 % 7),\($0 % 5),\($0 % 2)" }
        try ("a,b,class\n" + rows.joined(separator: "\n")).write(toFile: table, atomically: true, encoding: .utf8)
        let experiment = try FitExperiment(FitSubject(named: table), seed: 1, settings: [])
        let run = try driver(in: folder).run(experiment).folder
        #expect(try driver(in: folder).verify(run.experiment(), of: run).isSame)
        try ("a,b,class\n9,9,1\n" + rows.joined(separator: "\n")).write(
            toFile: table, atomically: true, encoding: .utf8)
        let error = #expect(throws: ExperimentError.self) { _ = try run.experiment() }
        #expect(error?.problem.contains("is not as it was") == true)
    }

    @Test func `stored agents and models are measured with an interval`() throws {
        let folder = try TemporaryFolder()
        let agents = try driver(in: folder).run(training("cart-pole", steps: 4000, seeds: [1, 2])).folder
        let evaluation = try agents.evaluate(episodes: 20)
        #expect(evaluation.seed == 3)
        #expect(evaluation.metrics.map(\.name) == ["return"])
        #expect(evaluation.metrics[0].seeds.map(\.estimate.count) == [20, 20])
        let over = try #require(evaluation.metrics[0].overSeeds)
        #expect(over.lower <= over.mean && over.mean <= over.upper)
        #expect(try agents.evaluate(episodes: 20) == evaluation)

        let fit = try driver(in: folder, name: "fit").run(
            FitExperiment(FitSubject(named: "digits"), seed: 1, settings: [GivenSetting("epochs", "5")]))
        let accuracy = try fit.folder.evaluate().metrics[0]
        #expect(accuracy.name == "accuracy" && accuracy.seeds[0].estimate.count == 359)
        let result = try JSONDecoder().decode(FitResult.self, from: Data(readFile(fit.folder.path + "/result.json")))
        #expect(abs(accuracy.seeds[0].estimate.mean - result.test.accuracy) < 1e-12)
        // A binomial share's standard error, doubled on both sides.
        let estimate = accuracy.seeds[0].estimate
        let expected = 4 * 0.98 * (estimate.mean * (1 - estimate.mean) / 359).squareRoot()
        #expect(abs((estimate.upper - estimate.lower) / expected - 1) < 0.2)
    }

    private struct FitResult: Decodable {
        struct Test: Decodable { let accuracy: Double }
        let test: Test
    }
}
