import Fledge
import Foundation
import Testing

struct SettingsFileTests {
    private func layers(
        _ text: String, file name: String = "my.yml", set assignments: (String, String)...
    ) throws -> (settings: PPOSettings, values: [String: ResolvedSetting]) {
        let folder = try TemporaryFolder()
        let path = folder.path + "/" + name
        try Data(text.utf8).write(to: URL(filePath: path))
        var layers = try SettingsLayers(defaults: PPOSettings(), algorithm: "ppo")
        for setting in try SettingsFile(reading: path).settings() { try layers.apply(setting) }
        for (name, words) in assignments { try layers.set(name, words) }
        return try layers.resolve { try $0.validate() }
    }

    @Test func `YAML values are read as their setting's type, and remember their line`() throws {
        let (settings, values) = try layers(
            """
            # mine
            learningRate: 1e-3
            totalSteps: 1e5
            hiddenSizes: [32, 16]
            activation: relu
            normalizeReturns: True
            clipRange: !!float 0.25
            learningRateDecay: "linear"
            """)
        #expect(settings.learningRate == 1e-3)
        #expect(settings.totalSteps == 100_000)
        #expect(settings.hiddenSizes == [32, 16])
        #expect(settings.activation == .relu)
        #expect(settings.normalizeReturns)
        #expect(settings.clipRange == 0.25)
        #expect(settings.learningRateDecay == .linear)
        let source = try #require(values["hiddenSizes"]?.source)
        #expect(source.hasPrefix("settings ") && source.hasSuffix("my.yml line 4"))
        #expect(values["epochs"]?.source == "default")
    }

    @Test func `a section is its algorithm's, and others' are passed over`() throws {
        let settings = try layers("ppo:\n  epochs: 3\nk-means:\n  clusters: 4\n").settings
        #expect(settings.epochs == 3)
        #expect(try layers("epochs: 4\nppo:\n").settings.epochs == 4, "an empty section sets nothing")
    }

    @Test func `JSON is read in the same way`() throws {
        let (settings, values) = try layers("{\"ppo\": {\n\"epochs\": 3}}", file: "my.json")
        #expect(settings.epochs == 3)
        #expect(values["epochs"]?.source.hasSuffix("my.json line 2") == true)
    }

    @Test func `a flag overrides the file`() throws {
        let values = try layers("epochs: 3\n", set: ("ppo.epochs", "4")).values
        #expect(values["epochs"] == ResolvedSetting(value: .integer(4), source: "flag --set"))
    }

    @Test(arguments: [
        ("pppo:\n  epochs: 3\n", "line 2, column 3: there is no setting 'pppo.epochs'; did you mean 'ppo.epochs'?"),
        ("epochs: 3\nlerningRate: 1\n", "line 2, column 1: there is no setting 'lerningRate'; did you mean"),
        ("ppo:\n  epchs: 1\n", "line 2, column 3: there is no setting 'epchs'; did you mean 'epochs'?"),
        ("epochs: many\n", "line 1, column 1: the setting 'epochs' takes a whole number, not 'many'"),
        ("epochs: \"3\"\n", "takes a whole number"), ("hiddenSizes: {a: 1}\n", "there is no setting 'hiddenSizes.a'"),
        ("hiddenSizes: [a]\n", "a list of whole numbers"), ("activation: tnah\n", "did you mean 'tanh'?"),
        ("epochs: 3\ndiscount: 2\n", "line 2, column 1: discount is 2.0; it must be from 0 to 1"),
        ("", "nothing in the file"), ("- 1\n", "names with values"), ("epochs:\n", "takes a whole number, not 'null'"),
        ("epochs: 1\nepochs: 2\n", "given twice"),
    ])
    func `what is wrong is told with file, line and column`(text: String, problem: String) throws {
        let error = #expect(throws: ExperimentError.self) { try layers(text) }
        #expect(error?.kind == .configuration)
        #expect(error?.description.contains(problem) == true, "\(error?.description ?? "")")
    }

    @Test func `a folder is no file of settings, and a file that is not there is missing`() throws {
        let folder = try TemporaryFolder()
        let wrong = #expect(throws: ExperimentError.self) { try SettingsFile(reading: folder.path) }
        #expect(wrong?.kind == .configuration)
        let missing = #expect(throws: ExperimentError.self) { try SettingsFile(reading: folder.path + "/my.yml") }
        #expect(missing?.kind == .missingInput)
    }
}
