import Fledge
import Foundation
import Testing

struct RunComparisonTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func write(_ run: WrittenRun) throws -> RunFolder {
        try run.write(in: folder.path)
        return try RunFolder(existing: folder.path + "/" + run.name)
    }

    private func fast(_ name: String, _ returns: [Double], firstSeed: Int = 1, rate: String = "0.001") throws
        -> RunFolder
    {
        var run = WrittenRun(name, returns: returns, firstSeed: firstSeed)
        run.settings["learningRate"] = rate
        run.solvedReturn = 475
        return try write(run)
    }

    @Test func `runs are compared by setting, result and seed`() throws {
        let (first, second) = (
            try fast("first", [400, 500, 480, 490]), try fast("second", [100, 200, 150, 120], rate: "0.1")
        )
        let comparison = try RunComparison([first, second])
        #expect(comparison.differences == [RunDifference(name: "learningRate", values: ["0.001", "0.1"])])
        #expect(comparison.metric?.title == "return")
        #expect(comparison.groups.map(\.interquartileMean) == [485, 135])
        #expect(comparison.groups.map(\.profile) == [[0.75], [0]])
        // (75 + 0 + 0 + 0) / 4: what is beyond the goal does not count.
        #expect(comparison.groups[0].optimalityGap == 18.75)
        let sides = try #require(comparison.sides)
        #expect(sides.isPaired && sides.verdict == .firstIsBetter && sides.probabilityOfImprovement.value == 1)
        #expect(comparison.numbers.map(\.name).contains("seconds"))
    }

    @Test func `a range of scores the wrong way round is refused`() throws {
        let runs = try [fast("first", [400, 500]), fast("second", [100, 200])]
        let gap = try #require(try RunComparison(runs, range: ScoreRange("0,500")).groups[0].optimalityGap)
        #expect(abs(gap - 0.1) < 1e-12)
        let error = #expect(throws: ExperimentError.self) { try RunComparison(runs, range: ScoreRange("500,0")) }
        #expect(error?.kind == .usage && error?.advice == "write the range the other way round: 0,500")
    }

    @Test func `a result beyond all bounds is no result`() throws {
        let runs = try [fast("first", [400, 1e308]), fast("second", [100, 200])]
        let comparison = try RunComparison(runs)
        #expect(comparison.groups[0].scores == [400])
    }

    @Test func `runs of other seeds are not paired, and runs with the same value of a setting are taken together`()
        throws
    {
        let first = try fast("first", [400, 500])
        let more = try fast("more", [480, 490], firstSeed: 3)
        let other = try fast("other", [100, 200, 150], rate: "0.1")
        let comparison = try RunComparison([first, other, more], by: "learningRate")
        #expect(comparison.groups.map(\.name) == ["learningRate 0.001", "learningRate 0.1"])
        #expect(comparison.groups.map(\.seeds) == [[1, 2, 3, 4], [1, 2, 3]])
        #expect(comparison.groups.map(\.runs) == [["first", "more"], ["other"]])
        #expect(comparison.sides?.isPaired == false)
        // The same seed of the same settings is the same experiment.
        let again = try RunComparison([first, try fast("again", [400, 500]), other], by: "learningRate")
        #expect(again.groups[0].scores == [400, 500])
    }

    @Test func `runs without seeds are compared number by number`() throws {
        func cluster(_ name: String, _ inertia: Double) throws -> RunFolder {
            var run = WrittenRun(name)
            (run.verb, run.subject, run.title, run.algorithm) = ("cluster", "digits", "digits", "k-means")
            run.result =
                #"{"state": "finished", "headline": "x", "inertia": \#(inertia), "iterations": 5, "seconds": 1}"#
            return try write(run)
        }
        let comparison = try RunComparison([cluster("a", 100), cluster("b", 80)])
        #expect(comparison.groups.map(\.mean) == [100, 80])
        #expect(comparison.groups.allSatisfy { $0.interval == nil && $0.optimalityGap == nil })
        #expect(comparison.sides?.differenceOfMeans.value == 20)
        #expect(comparison.sides?.seedsNeeded == nil)
        #expect(comparison.numbers.map(\.values) == [[5, 5], [1, 1]])
        // Runs of other kinds share no result, and what only one has is no difference of settings.
        let mixed = try RunComparison([cluster("a", 100), fast("c", [1, 2])])
        #expect(mixed.metric == nil && mixed.groups.isEmpty && mixed.sides == nil)
        #expect(mixed.differences.map(\.name).starts(with: ["verb", "subject", "algorithm"]))
    }

    @Test func `what cannot be compared is told`() throws {
        let first = try fast("first", [1, 2])
        #expect(throws: ExperimentError.self) { try RunComparison([first, first], metric: "evaluationReturn.maen") }
        #expect(throws: ExperimentError.self) { try RunComparison([first, first], by: "learnigRate") }
        var begun = WrittenRun("begun")
        begun.result = nil
        let unfinished = try write(begun)
        #expect(throws: ExperimentError.self) { try RunComparison([unfinished, unfinished]) }
        let comparison = try RunComparison([first, unfinished])
        #expect(comparison.groups.map(\.name) == ["first"])
    }

    @Test func `a comparison is drawn`() throws {
        let (first, second) = (try fast("first", [400, 500, 480]), try fast("second", [100, 200, 150], rate: "0.1"))
        try RunComparisonFigure.write(try RunComparison([first, second]), to: folder.path + "/figure.png")
        #expect(try folder.bytes("figure.png").starts(with: [0x89, 0x50, 0x4E, 0x47]))
    }

    // MARK: Bits

    private func traced(_ name: String, _ rows: [String], seeds: Int = 1, file: String = "metrics.csv") throws
        -> RunFolder
    {
        var run = WrittenRun(name)
        run.seeds = Array(1...seeds)
        let folder = try write(run)
        try FileManager.default.createDirectory(atPath: folder.path + "/seeds/1", withIntermediateDirectories: true)
        try (["steps,loss,entropy"] + rows).map { $0 + "\n" }.joined()
            .write(toFile: folder.path + "/seeds/1/" + file, atomically: true, encoding: .utf8)
        return folder
    }

    @Test func `the first update and column that differ are named`() throws {
        let rows = ["10,0.5,1.0", "20,0.25,1.0", "30,0.125,"]
        let first = try traced("first", rows)
        #expect(try BitsComparison(first, traced("same", rows)).isEqual)
        let other = try BitsComparison(first, traced("other", [rows[0], "20,0.25,1.0000000000000002", rows[2]]))
        #expect(!other.isEqual)
        #expect(
            other.seeds[0].differences == [
                .init(
                    file: "metrics.csv", unit: "steps", update: "20", column: "entropy", first: "1.0",
                    second: "1.0000000000000002")
            ])
        #expect(other.seeds[0].equalRows == 1)
    }

    @Test func `a run that ends earlier, other files and other seeds are differences too`() throws {
        let rows = ["10,0.5,1.0", "20,0.25,1.0"]
        let first = try traced("first", rows)
        let shorter = try BitsComparison(first, traced("shorter", [rows[0]]))
        #expect(
            shorter.seeds[0].differences == [
                .init(file: "metrics.csv", unit: "steps", update: "20", column: nil, first: "20", second: nil)
            ])
        let second = try traced("second", rows)
        try Data([1]).write(to: URL(filePath: second.path + "/seeds/1/parameters.safetensors"))
        try Data([2]).write(to: URL(filePath: second.path + "/seeds/1/timing.csv"))
        #expect(try BitsComparison(first, second).seeds[0].differingFiles == ["parameters.safetensors"])
        let more = try BitsComparison(first, traced("more", rows, seeds: 2))
        #expect(more.unmatchedSeeds == [2] && !more.isEqual)
    }

    @Test func `the chain of states is compared by its states`() throws {
        func chained(_ name: String, _ rows: [String]) throws -> RunFolder {
            let folder = try traced(name, ["10,0.5,1.0"])
            try (["update,completed,metricsBytes,metricsChecksum,state,check"] + rows).map { $0 + "\n" }.joined()
                .write(toFile: folder.path + "/seeds/1/chain.csv", atomically: true, encoding: .utf8)
            return folder
        }
        let first = try chained("first", ["1,10,30,aa,0123,x", "2,20,60,bb,4567,y"])
        #expect(try BitsComparison(first, chained("same", ["1,10,31,ab,0123,z", "2,20,60,bb,4567,y"])).isEqual)
        #expect(
            try BitsComparison(first, chained("other", ["1,10,31,ab,0123,z", "2,20,60,bb,4568,y"])).seeds[0].differences
                == [
                    .init(
                        file: "chain.csv", unit: "update", update: "2", column: "state", first: "4567", second: "4568")
                ])
    }
}
