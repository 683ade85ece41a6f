import Foundation
import Randomness
import SupervisedLearning
import Testing

struct SearchSpaceTests {
    private func domain(_ line: String, default text: String? = nil) throws -> SearchSpace.Domain? {
        let name = String(line.prefix { $0 != "=" })
        return try SearchSpace(lines: [line], defaults: text.map { [name: $0] } ?? [:]).dimensions.first?.domain
    }

    @Test func `lines are read as they are written on the command line`() throws {
        #expect(try domain("learningRate=1e-4..1e-2") == .real(lower: 1e-4, upper: 1e-2, isLogarithmic: true))
        #expect(try domain("dropout=0..0.5") == .real(lower: 0, upper: 0.5, isLogarithmic: false))
        #expect(try domain("momentum=0.5..0.99") == .real(lower: 0.5, upper: 0.99, isLogarithmic: false))
        #expect(try domain("offset=-3..-.5") == .real(lower: -3, upper: -0.5, isLogarithmic: false))
        #expect(try domain("hiddenSizes=64|128,64|256,128") == .choices(["64", "128,64", "256,128"]))
        #expect(try domain("optimizer = adam | sgd") == .choices(["adam", "sgd"]))
        #expect(try domain("batchSize=32") == .choices(["32"]))
    }

    @Test func `a range is of whole numbers if its ends and the default are`() throws {
        #expect(try domain("epochs=5..20") == .whole(lower: 5, upper: 20, isLogarithmic: false))
        #expect(try domain("epochs=5..20", default: "10") == .whole(lower: 5, upper: 20, isLogarithmic: false))
        #expect(try domain("factors=1..100", default: "8") == .whole(lower: 1, upper: 100, isLogarithmic: true))
        #expect(try domain("dropout=0..1", default: "0.0") == .real(lower: 0, upper: 1, isLogarithmic: false))
        #expect(try domain("penalty=1..10", default: "0.5") == .real(lower: 1, upper: 10, isLogarithmic: true))
        #expect(try domain("penalty=1.0..9") == .real(lower: 1, upper: 9, isLogarithmic: false))
    }

    @Test(arguments: [
        ("learningRate", "names no setting"), ("=1..2", "names no setting"), (" =1", "no name"), ("a=", "no values"),
        ("a=1..x", "'x' is none"), ("a=..2", "'' is none"), ("a=1..inf", "'inf' is none"),
        ("a=nan..1", "'nan' is none"),
        ("a=2..1", "no room between 2 and 1"), ("a=1..1", "no room"), ("a=1|", "empty choice"),
        ("a=1|2|1", "the choice 1 twice"), ("a=0..9000000000000000000", "beyond 10^15"),
        ("a=-1.7e308..1.7e308", "no room"),
    ]) func `what cannot be understood is named`(line: String, problem: String) {
        let error = #expect(throws: SearchSpaceError.self) { try SearchSpace(lines: ["epochs=1..2", line]) }
        #expect(error?.text == line)
        #expect(error?.problem.contains(problem) == true, "\(error?.problem ?? "")")
    }

    @Test func `a setting given twice is refused`() {
        let error = #expect(throws: SearchSpaceError.self) { try SearchSpace(lines: ["a=1|2", "b=1", "a=3|4"]) }
        #expect(error == SearchSpaceError(text: "a", problem: "is given twice: give each setting once"))
    }

    @Test func `samples lie within the bounds, and half of them below the middle of the scale`() throws {
        let space = try SearchSpace(lines: [
            "log=1e-4..1e-2", "linear=-1.0..3", "whole=5..8", "logWhole=1..100", "choice=a|b|c",
        ])
        var random = RandomStream(seed: 5, purpose: "tuning")
        var (lowLogs, lowLinears, lowWholes) = (0, 0, 0)
        var (wholes, choices): ([String: Int], [String: Int]) = ([:], [:])
        for _ in 0..<2_000 {
            let settings = space.sample(using: &random)
            #expect(settings.count == 5)
            let log = try #require(Double(settings["log"] ?? ""))
            let linear = try #require(Double(settings["linear"] ?? ""))
            let logWhole = try #require(Int(settings["logWhole"] ?? ""))
            #expect((1e-4...1e-2).contains(log) && (-1...3).contains(linear) && (1...100).contains(logWhole))
            #expect((settings["log"] ?? "").count <= 9, "four digits")
            lowLogs += log < 1e-3 ? 1 : 0
            lowLinears += linear < 1 ? 1 : 0
            lowWholes += logWhole < 10 ? 1 : 0
            wholes[settings["whole"] ?? "", default: 0] += 1
            choices[settings["choice"] ?? "", default: 0] += 1
        }
        // Within four standard deviations.
        for count in [lowLogs, lowLinears] { #expect(abs(count - 1_000) < 90) }
        #expect(abs(lowWholes - 998) < 90)
        #expect(wholes.keys.sorted() == ["5", "6", "7", "8"])
        #expect(wholes.values.allSatisfy { abs($0 - 500) < 80 })
        #expect(choices.keys.sorted() == ["a", "b", "c"])
    }

    @Test(arguments: ModelKind.allCases)
    func `the standard space of a kind of network names settings that there are, and reads back from JSON`(
        _ model: ModelKind
    ) throws {
        let space = SearchSpace.standard(for: model)
        let settings = try JSONSerialization.jsonObject(with: JSONEncoder().encode(FittingSettings()))
        let names = try #require(settings as? [String: Any])
        for dimension in space.dimensions { #expect(names[dimension.name] != nil, "\(dimension.name)") }
        #expect(space.dimensions.first?.name == "learningRate" && space.dimensions.count >= 3)
        let decoded = try JSONDecoder().decode(SearchSpace.self, from: JSONEncoder().encode(space))
        #expect(decoded == space)
    }
}
