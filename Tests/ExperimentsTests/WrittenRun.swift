import Foundation

/// Run folders as Fledge writes them, with as much in them as lists and comparisons read.
struct WrittenRun {
    var name: String
    var verb = "train"
    var subject = "cart-pole"
    var title = "CartPole-v1"
    var solvedReturn: Double?
    var algorithm = "ppo"
    var seeds = [1]
    var began = "2026-11-25T08:00:00Z"
    /// JSON texts by name.
    var settings = ["learningRate": "0.0003", "hiddenSizes": "[64,64]", "activation": "\"tanh\"", "seedsFirst": "true"]
    /// The text of `result.json`; nil for a run that has none.
    var result: String? = #"{"state": "finished", "headline": "done"}"#

    init(_ name: String) { self.name = name }

    /// One whose seeds came to these evaluation returns.
    init(_ name: String, returns: [Double], firstSeed: Int = 1) {
        self.name = name
        seeds = Array(firstSeed..<firstSeed + returns.count)
        let seeds = zip(seeds, returns).map { seed, value in
            #"{"seed": \#(seed), "seconds": \#(seed).5, "steps": 10, "evaluationReturn": {"mean": \#(value), "episodes": 100}}"#
        }
        result = """
            {"state": "finished", "headline": "PPO reaches \(returns[0])", "seeds": [\(seeds.joined(separator: ","))]}
            """
    }

    func write(in root: String) throws {
        let path = root + "/" + name
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        let solved = solvedReturn.map { #", "solvedReturn": \#($0)"# } ?? ""
        let settings = settings.sorted { $0.key < $1.key }.map { #""\#($0)": {"value": \#($1), "source": "default"}"# }
        try """
        {"name": "\(name)", "verb": "\(verb)", "subject": {"id": "\(subject)", "title": "\(title)"\(solved)},
         "algorithm": "\(algorithm)", "seeds": \(seeds), "began": "\(began)", "command": ["fledge", "\(verb)"],
         "settings": {\(settings.joined(separator: ","))},
         "versions": {"fledge": "0.1.0", "swift": "6.3"},
         "hardware": {"processor": "x", "coreCount": 2, "level": "avx2", "openBLAS": "Zen", "threads": 2}}
        """.write(toFile: path + "/run.json", atomically: true, encoding: .utf8)
        try result?.write(toFile: path + "/result.json", atomically: true, encoding: .utf8)
    }
}
