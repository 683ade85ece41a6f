import Foundation
import Testing

struct DryRunTests {
    @Test(arguments: [
        ["train", "cart-pole", "--seeds", "3"], ["cluster", "digits", "--clusters", "10"],
        ["encode", "digits", "--code", "8"], ["fit", "digits"],
    ])
    func `a dry run tells settings, time, memory and disk, and leaves nothing`(arguments: [String]) throws {
        let command = try Command()
        let outcome = try command.finish(command.start(arguments + ["--dry-run"]))
        #expect(outcome.code == 0, "\(outcome.messages)")
        for word in ["setting", "source", "time", "memory", "disk", "are free"] {
            #expect(outcome.output.contains(word), "\(word)")
        }
        let json = try command.finish(command.start(arguments + ["--dry-run", "--json"])).json
        #expect(json["verb"] as? String == arguments[0])
        #expect(try #require(json["total"] as? Int) >= 1)
        #expect(try #require(json["seconds"] as? Double) > 0)
        // The program itself takes more than a few megabytes, and a run that small fits into a gigabyte.
        #expect((5_000_000...1_000_000_000).contains(try #require(json["memoryBytes"] as? Int)))
        #expect((100_000...1_000_000_000).contains(try #require(json["diskBytes"] as? Int)))
        #expect(json["freeDiskBytes"] as? Int != nil)
        #expect(try FileManager.default.contentsOfDirectory(atPath: command.folder).isEmpty)
    }

    @Test func `each setting is told with its source`() throws {
        let command = try Command()
        try command.write("epochs: 3\n", to: "my.yml")
        let json = try command.run(
            "train", "cart-pole", "--settings", "my.yml", "--set", "ppo.lambda=0.9", "--steps", "5000", "--dry-run",
            "--json"
        ).json
        let settings = try #require(json["settings"] as? [String: [String: Any]])
        #expect(settings["epochs"]?["source"] as? String == "settings my.yml line 1")
        #expect(settings["epochs"]?["value"] as? Int == 3)
        #expect(settings["lambda"]?["source"] as? String == "flag --set")
        #expect(settings["totalSteps"]?["source"] as? String == "flag --steps")
        #expect(settings["discount"]?["source"] as? String == "recipe zoo")
        #expect(settings["adamEpsilon"]?["value"] as? Double == 1e-5)
    }

    @Test func `a forecast is near what the run then takes on the disk`() throws {
        let command = try Command()
        let arguments = ["train", "cart-pole", "--steps", "40000", "--json"]
        let forecast = try command.finish(command.start(arguments + ["--dry-run"])).json
        let needed = try #require(forecast["diskBytes"] as? Int)
        #expect(try command.finish(command.start(arguments + ["--name", "real"])).code == 0)
        var taken = 0
        for file in FileManager.default.enumerator(atPath: command.folder + "/runs/real")?.allObjects ?? [] {
            let path = command.folder + "/runs/real/" + (try #require(file as? String))
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            taken += (attributes[.type] as? FileAttributeType) == .typeRegular ? attributes[.size] as? Int ?? 0 : 0
        }
        #expect(needed > taken && needed < taken + 8_000_000, "\(needed) forecast, \(taken) taken")
    }

    @Test func `a run that cannot fit the disk is refused with what it needs and what is free`() throws {
        let command = try Command()
        let outcome = try command.run("train", "cart-pole", "--steps", "1000000000000000", "--dry-run")
        #expect(outcome.code == 74)
        #expect(outcome.messages.contains("bytes are free") || outcome.messages.contains("are free in"))
        #expect(!command.has("runs"))
    }
}
