import Fledge
import Foundation
import Testing

struct SettingsLayersTests {
    private enum Shape: String, Codable, CaseIterable { case round, square }

    private struct Inner: Codable, Sendable {
        var rate = 0.5
        var deepest = Innermost()
    }

    private struct Innermost: Codable, Sendable { var count = 3 }

    private struct Nested: Codable, Sendable {
        var steps = 10
        var optimizer = Inner()
        var last = true
    }

    private struct Settings: Codable, Sendable {
        var steps = 100
        var rate = 0.5
        var flag = false
        var shape = Shape.round
        var sizes = [64, 64]
        var seed: UInt64 = 1
        var name = "x"

        func validate() throws {
            if steps < 1 { throw ExperimentError(.failed, "steps is \(steps); it must be at least 1") }
        }
    }

    private func resolved(
        _ settings: (String, String)...
    ) throws -> (settings: Settings, values: [String: ResolvedSetting]) {
        var layers = try SettingsLayers(defaults: Settings())
        for (name, words) in settings { try layers.set(name, words) }
        return try layers.resolve { try $0.validate() }
    }

    @Test func `words are read as the setting's type`() throws {
        let settings = try resolved(
            ("steps", "7"), ("rate", "3e-4"), ("flag", "true"), ("shape", "square"), ("sizes", "32,16"),
            ("seed", "18446744073709551615"), ("name", "12")
        ).settings
        #expect(settings.steps == 7)
        #expect(settings.rate == 3e-4)
        #expect(settings.flag)
        #expect(settings.shape == .square)
        #expect(settings.sizes == [32, 16])
        #expect(settings.seed == .max)
        #expect(settings.name == "12")
        #expect(try resolved(("sizes", "[8]")).settings.sizes == [8])
        #expect(try resolved(("sizes", "8")).settings.sizes == [8])
    }

    @Test func `each value knows where it came from`() throws {
        let values = try resolved(("rate", "1")).values
        #expect(values["rate"] == ResolvedSetting(value: .integer(1), source: "flag --set"))
        #expect(values["shape"] == ResolvedSetting(value: .text("round"), source: "default"))
        #expect(values.count == 7)
    }

    @Test(arguments: [
        ("stesp", "1", "did you mean 'steps'?"), ("steps", "1.5", "takes a whole number, not '1.5'"),
        ("steps", "many", "takes a whole number"), ("rate", "fast", "takes a number, not 'fast'"),
        ("flag", "1", "takes true or false"), ("shape", "sqare", "did you mean 'square'?"),
        ("shape", "blue", "one of round, square"), ("sizes", "a,b", "a list of whole numbers"),
        ("steps", "0", "steps is 0"),
    ])
    func `a wrong name or value says what is right`(name: String, words: String, advice: String) throws {
        let error = #expect(throws: ExperimentError.self) { try resolved((name, words)) }
        #expect(error?.kind == .usage)
        #expect(error?.description.contains(advice) == true, "\(error?.description ?? "")")
    }

    @Test func `members of nested structures are named by their path`() throws {
        var layers = try SettingsLayers(defaults: Nested(), algorithm: "nested")
        #expect(layers.names == ["steps", "optimizer.rate", "optimizer.deepest.count", "last"])
        try layers.set("optimizer.rate", "2")
        try layers.set("nested.optimizer.deepest.count", "7")
        try layers.set("nested.steps", "8")
        let (settings, values) = try layers.resolve { _ in }
        #expect(settings.optimizer.rate == 2)
        #expect(settings.optimizer.deepest.count == 7)
        #expect(settings.steps == 8)
        #expect(values["optimizer.deepest.count"] == ResolvedSetting(value: .integer(7), source: "flag --set"))
        #expect(values["last"] == ResolvedSetting(value: .boolean(true), source: "default"))
    }

    @Test(arguments: [
        ("optimizer.rte", "1", "did you mean 'optimizer.rate'?"), ("rate", "1", "did you mean 'optimizer.rate'?"),
        ("optimizer", "1", "not a setting but a group of them; set optimizer.rate, optimizer.deepest.count"),
        ("optimizer.deepest.count", "x", "'optimizer.deepest.count' takes a whole number"),
        ("other.steps", "1", "there is no setting 'other.steps'"),
    ])
    func `a wrong path says what is right`(name: String, words: String, advice: String) throws {
        var layers = try SettingsLayers(defaults: Nested(), algorithm: "nested")
        let error = #expect(throws: ExperimentError.self) { try layers.set(name, words) }
        #expect(error?.description.contains(advice) == true, "\(error?.description ?? "")")
    }

    @Test func `recipes come before flags and after defaults`() throws {
        let environment = try Environments.named("cart-pole")
        var layers = try SettingsLayers(defaults: PPOSettings())
        try layers.apply(try Recipe(named: "zoo", for: environment))
        try layers.set("epochs", "3")
        let (settings, values) = try layers.resolve { try $0.validate() }
        #expect(settings.environments == 8)
        #expect(settings.epochs == 3)
        #expect(values["environments"]?.source == "recipe zoo")
        #expect(values["epochs"]?.source == "flag --set")
    }

    @Test func `every environment's recipes are settings of their algorithm`() throws {
        for environment in Environments.all {
            for (name, _) in environment.recipes {
                let recipe = try Recipe(named: name, for: environment)
                #expect(recipe.algorithm == "ppo")
                var layers = try SettingsLayers(defaults: PPOSettings())
                try layers.apply(recipe)
                _ = try layers.resolve { try $0.validate() }
            }
        }
    }

    @Test(arguments: [
        (
            "{\"epochs\": 3,\n \"lerningRate\": 1}",
            "line 2: there is no setting 'lerningRate'; did you mean 'learningRate'?"
        ),
        ("{\"epochs\": \"3\"}", "line 1: the setting 'epochs' takes a whole number"), ("[1]", "one JSON object"),
        ("{\"epochs\": ", "byte 11"),
    ])
    func `a wrong recipe file is told with its line`(text: String, problem: String) throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/recipe.json"
        try Data(text.utf8).write(to: URL(filePath: path))
        let environment = try Environments.named("cart-pole")
        let error = #expect(throws: ExperimentError.self) {
            var layers = try SettingsLayers(defaults: PPOSettings())
            try layers.apply(try Recipe(named: path, for: environment))
        }
        #expect(error?.kind == .configuration)
        #expect(error?.description.contains(problem) == true, "\(error?.description ?? "")")
    }
}
