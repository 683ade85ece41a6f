import Fledge
import Foundation
import Synchronization
import Testing

struct ExperimentDriverTests {
    private func driver(
        in folder: TemporaryFolder, name: String? = nil, observer: any RunObserver = SilentObserver(),
        cancellation: Cancellation = Cancellation()
    ) -> ExperimentDriver {
        var options = ExperimentDriver.Options(name: name, command: ["fledge", "count"])
        options.root = folder.path + "/runs"
        return ExperimentDriver(options, observer: observer, cancellation: cancellation)
    }

    @Test func `a run leaves its record, metrics, files, figure and result`() throws {
        let folder = try TemporaryFolder()
        let report = try driver(in: folder).run(CountingExperiment(seeds: [3, 4]))
        #expect(report.folder.name == "counting-count-1")
        #expect(report.state == .finished)
        let run = "runs/counting-count-1/"
        #expect(
            try folder.text(run + "seeds/3/metrics.csv")
                == "counts,value,odd\n1,3.0,0.3333333333333333\n2,6.0,\n3,9.0,0.3333333333333333\n4,12.0,\n"
                + "5,15.0,0.3333333333333333\n")
        #expect(try folder.text(run + "seeds/4/count.txt") == "5\n")
        #expect(try folder.text(run + "seeds/4/timing.csv").split(separator: "\n").count == 6)
        #expect(try folder.bytes(run + "figures/training.png").starts(with: [0x89, 0x50, 0x4E, 0x47]))
        let record = try report.folder.record()
        #expect(record.command == ["fledge", "count"])
        #expect(record.settings["total"] == ResolvedSetting(value: .integer(5), source: "default"))
        #expect(record.seeds == [3, 4])
        #expect(record.hardware.coreCount >= 1 && !record.hardware.openBLAS.isEmpty)
        #expect(folder.has(run + "result.json"))
        let stored = try StoredRun(reading: report.folder)
        #expect(stored.isComplete)
        #expect(stored.seeds.map(\.history.completed) == [[1, 2, 3, 4, 5], [1, 2, 3, 4, 5]])
        #expect(stored.seeds[1].history.last("value") == 20)
    }

    @Test func `what was asked to stop stops after the update it is in and keeps what is done`() throws {
        /// Asks for the end when a seed has done its second update.
        struct Stopper: RunObserver {
            let cancellation: Cancellation
            func observe(_ event: RunEvent) {
                if case .advanced(let update) = event, update.completed == 2 { cancellation.request() }
            }
        }
        let folder = try TemporaryFolder()
        let cancellation = Cancellation()
        let report = try driver(in: folder, observer: Stopper(cancellation: cancellation), cancellation: cancellation)
            .run(CountingExperiment(seeds: [1], total: 1000))
        #expect(report.state == .interrupted)
        #expect(try folder.text("runs/counting-count-1/seeds/1/metrics.csv").split(separator: "\n").count == 3)
        #expect(try folder.text("runs/counting-count-1/seeds/1/count.txt") == "2\n")
        #expect(try folder.text("runs/counting-count-1/result.json").contains("interrupted"))
        #expect(try RunIndex(root: folder.path + "/runs").list().entries.map(\.state) == [.interrupted])
    }

    @Test func `a seed that fails leaves the others' results and its own metrics`() throws {
        let folder = try TemporaryFolder()
        var experiment = CountingExperiment(seeds: [1, 2])
        (experiment.failsAt, experiment.failingSeed) = (3, 1)
        #expect(throws: CountingExperiment.Failure.self) { try driver(in: folder).run(experiment) }
        let run = "runs/counting-count-1/"
        #expect(try folder.text(run + "seeds/1/metrics.csv").split(separator: "\n").count == 3)
        #expect(try folder.text(run + "seeds/2/count.txt") == "5\n")
        #expect(try RunIndex(root: folder.path + "/runs").list().entries.map(\.state) == [.failed])
    }

    @Test func `the observer hears of every update`() throws {
        final class Listener: RunObserver {
            let updates = Mutex<[Int]>([])
            func observe(_ event: RunEvent) {
                if case .advanced(let update) = event { updates.withLock { $0.append(update.completed) } }
            }
        }
        let folder = try TemporaryFolder()
        let listener = Listener()
        _ = try driver(in: folder, observer: listener).run(CountingExperiment(seeds: [9]))
        #expect(listener.updates.withLock { $0 } == [1, 2, 3, 4, 5])
    }

    @Test func `names count on, and a chosen one is taken once`() throws {
        let folder = try TemporaryFolder()
        let names = try (0..<3).map { _ in try driver(in: folder).run(CountingExperiment(seeds: [1])).folder.name }
        #expect(names == ["counting-count-1", "counting-count-2", "counting-count-3"])
        _ = try driver(in: folder, name: "mine").run(CountingExperiment(seeds: [1]))
        let error = #expect(throws: ExperimentError.self) {
            try driver(in: folder, name: "mine").run(CountingExperiment(seeds: [1]))
        }
        #expect(error?.kind == .cannotCreate)
        #expect(RunFolder.names(in: folder.path + "/runs") == names + ["mine"])
        let leftovers = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/runs")
            .filter { $0.hasPrefix(".") }
        #expect(leftovers == [])
    }

    @Test func `what a process left that was killed before its folder had a name is taken away later`() throws {
        let folder = try TemporaryFolder()
        let files = FileManager.default
        for (name, age) in [(".a-1.7.temporary", 7200.0), (".b-1.8.temporary", 60)] {
            let path = folder.path + "/runs/" + name
            try files.createDirectory(atPath: path, withIntermediateDirectories: true)
            try files.setAttributes([.modificationDate: Date(timeIntervalSinceNow: -age)], ofItemAtPath: path)
        }
        _ = try driver(in: folder).run(CountingExperiment(seeds: [1]))
        let hidden = try files.contentsOfDirectory(atPath: folder.path + "/runs").filter { $0.hasPrefix(".") }
        #expect(hidden == [".b-1.8.temporary"], "another process may still be making it")
    }

    @Test(arguments: [
        "", "..", ".hidden", "a/b", "-x", "a\nb", "index.sqlite", String(repeating: "x", count: 201), "a b",
    ])
    func `a name that cannot be one is refused before anything is made`(name: String) throws {
        let folder = try TemporaryFolder()
        let error = #expect(throws: ExperimentError.self) {
            try driver(in: folder, name: name).run(CountingExperiment(seeds: [1]))
        }
        #expect(error?.kind == .usage)
        #expect(!folder.has("runs"))
    }

    @Test func `a file in the way of runs is told before any work`() throws {
        let folder = try TemporaryFolder()
        try Data().write(to: URL(filePath: folder.path + "/runs"))
        let error = #expect(throws: ExperimentError.self) {
            try driver(in: folder).run(CountingExperiment(seeds: [1]))
        }
        #expect(error?.kind == .cannotCreate)
    }
}
