import Fledge
import Foundation
import Testing

struct RunQueryTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        for (number, value) in [(9, 30.0), (10, 20), (11, 40)] {
            var run = WrittenRun("run-\(number)", returns: [value])
            run.settings["learningRate"] = number == 9 ? "0.0003" : "0.001"
            run.settings["limit"] = number == 10 ? "null" : "5"
            run.began = "2026-11-2\(number % 9)T08:00:00Z"
            try run.write(in: folder.path)
        }
        var fit = WrittenRun("iris-fit-1")
        (fit.verb, fit.subject, fit.title, fit.algorithm) = ("fit", "iris", "iris", "multilayer-perceptron")
        fit.began = "2026-11-24T08:00:00Z"
        fit.result = #"{"state": "failed", "headline": "fit failed"}"#
        try fit.write(in: folder.path)
    }

    private func names(_ change: (inout RunQuery) -> Void) throws -> [String] {
        var query = RunQuery()
        change(&query)
        return try RunIndex(root: folder.path).list(query).entries.map(\.name)
    }

    @Test func `lists are sorted with numbers in names by their value, and a limit keeps the end`() throws {
        #expect(try names { $0.order = .name } == ["iris-fit-1", "run-9", "run-10", "run-11"])
        #expect(try names { _ in } == ["run-9", "run-10", "run-11", "iris-fit-1"])
        #expect(try names { $0.order = .result } == ["iris-fit-1", "run-10", "run-9", "run-11"])
        #expect(
            try names { ($0.order, $0.isReversed, $0.limit) = (.result, true, 3) } == ["run-9", "run-10", "iris-fit-1"])
        #expect(try names { ($0.order, $0.limit) = (.result, 2) } == ["run-9", "run-11"])
    }

    @Test func `filters all have to fit`() throws {
        #expect(try names { $0.verb = "fit" } == ["iris-fit-1"])
        #expect(try names { $0.subject = "cartpole-V1" }.count == 3)
        #expect(try names { $0.subject = "cart-pole" }.count == 3)
        #expect(try names { $0.algorithm = "PPO" }.count == 3)
        #expect(try names { $0.state = .failed } == ["iris-fit-1"])
        #expect(try names { $0.words = ["REACHES", "run-1"] } == ["run-10", "run-11"])
        #expect(try names { ($0.verb, $0.words) = ("fit", ["reaches"]) } == [])
        #expect(try names { $0.since = SinceTime("2026-11-22") } == ["run-11", "iris-fit-1"])
    }

    @Test(arguments: [
        ("learningRate=3e-4", ["run-9"]), ("learningRate = 0.0003", ["run-9"]),
        ("learningRate>5e-4", ["run-10", "run-11"]),
        ("learningRate!=0.001", ["run-9"]), ("limit=none", ["run-10"]), ("limit>=5", ["run-9", "run-11"]),
        ("hiddenSizes=64,64", ["run-9", "run-10", "run-11"]), ("hiddenSizes=64", []), ("activation=relu", []),
        ("activation!=ReLU", ["run-9", "run-10", "run-11"]), ("seedsFirst=true", ["run-9", "run-10", "run-11"]),
        ("seedsFirst=false", []), ("absent=1", []),
    ])
    func `settings are compared as numbers where they are numbers`(text: String, expected: [String]) throws {
        let condition = try #require(SettingCondition(text))
        #expect(try names { ($0.verb, $0.conditions) = ("train", [condition]) } == expected)
    }

    @Test(arguments: ["learningRate", "=3", "a=", "", "a\"b=1"])
    func `what is no condition is refused`(text: String) { #expect(SettingCondition(text) == nil) }

    @Test func `a name that no run has is told with the nearest`() throws {
        var query = RunQuery()
        query.subject = "cart-pol"
        query.conditions = [try #require(SettingCondition("learnigRate=1"))]
        let remarks = try RunIndex(root: folder.path).list(query).remarks
        #expect(remarks.count == 2)
        #expect(remarks[0].contains("did you mean 'cart-pole'?") && remarks[1].contains("did you mean 'learningRate'?"))
    }

    @Test func `times are spans before now or dates`() throws {
        let now = Date(timeIntervalSince1970: 1_764_057_600)  // 2025-11-25 08:00 UTC
        func time(_ text: String) -> SinceTime? { SinceTime(text, before: now) }
        #expect(time("7d") == time("2025-11-18T08:00:00Z"))
        #expect(time("2w") == time("2025-11-11T08"))
        #expect(time("90m") == time("2025-11-25T06:30"))
        #expect(time("12h") == time("2025-11-24T20:00"))
        #expect(time("2025-11") == time("2025-11-01"))
        for text in ["", "d", "soon", "-3d", "2025-13-01", "7 days"] { #expect(time(text) == nil, "\(text)") }
    }
}
