import ArgumentParser
import Environments
import Experiments
import FileFormats
import Foundation
import Simulation

struct RolloutCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rollout", abstract: "Record every transition of some episodes as a table.",
        discussion: """
            A row is a step: the observation that the action led to, the action as the task took it, the reward, and how \
            the episode ended. Steps count from 1 within an episode, episodes from 1. Numbers are written so that \
            reading them gives the same ones.

            Examples:
              fledge rollout cart-pole --policy random --episodes 10 -o random.csv
              fledge rollout acrobot --start 0.1,0,0,0 --actions actions.txt --state
              fledge rollout cart-pole-ppo-1 -o agent.csv
            """)

    @Argument(
        help: ArgumentHelp("The environment, or a run that trained an agent.", valueName: "environment|run"),
        completion: CompletionNames.environment)
    var subject: String

    @Option(
        help: ArgumentHelp(
            "Who acts (default: the run's agent; else the heuristic where there is one, else random actions).",
            valueName: "random|heuristic|run"))
    var policy: String?

    @Option(help: ArgumentHelp("The state that each episode begins in, as its numbers.", valueName: "x,y,…"))
    var start: String?

    @Option(
        help: ArgumentHelp("A file of actions, one a line, its numbers separated by blanks.", valueName: "file"),
        completion: .file())
    var actions: String?

    @Option(help: "How many episodes to play.")
    var episodes = 1

    @Option(help: "The seed of the environment (default: 1, or one that the run did not use).")
    var seed: UInt64?

    @Flag(help: "Add the state after each step, at full precision.")
    var state = false

    @Option(name: .shortAndLong, help: "The table to write (default, or -: standard output).")
    var output: String?

    func validate() throws {
        if !(1...1_000_000).contains(episodes) {
            throw ValidationError("--episodes takes a number from 1 to 1,000,000.")
        }
        if actions != nil, policy != nil { throw ValidationError("--actions and --policy cannot be used together.") }
    }

    func run() throws {
        let choice = try EpisodePolicyChoice(subject: subject, policy: policy)
        let script = try actions.map { try ActionScript(reading: $0) }
        var table = TransitionTable(of: choice.environment, withState: state)
        do {
            try table.play(
                script.map { .script($0.actions) } ?? choice.policy, episodes: episodes,
                seed: seed ?? choice.defaultSeed, start: try startNumbers())
        } catch let error as EnvironmentError {
            if let script { throw ExperimentError(.badData, "\(script.path): \(error)") }
            throw ExperimentError(.usage, "\(error)")
        }
        guard let output, output != "-" else { return Terminal.output(table.csv) }
        try FigureFile.write(Array(table.csv.utf8), to: output)
        Terminal.output(output + "\n")
    }

    private func startNumbers() throws -> [Double]? {
        try start.map { text in
            try text.split(separator: ",", omittingEmptySubsequences: false).map { word in
                guard let number = Double(word.trimmingCharacters(in: .whitespaces)), number.isFinite else {
                    throw ExperimentError(
                        .usage, "'\(word)' in --start \(text) is no number", advice: "write numbers with commas between"
                    )
                }
                return number
            }
        }
    }
}

/// Actions read from a file, one a line.
private struct ActionScript {
    let path: String
    let actions: [[Double]]

    /// - Throws: `ExperimentError` if the file is not there, or names the line that is no action.
    init(reading path: String) throws {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw ExperimentError(.missingInput, "there is no file \(path)", advice: "check --actions")
        }
        self.path = path
        guard data.count <= 64 << 20, let text = String(data: data, encoding: .utf8) else {
            throw ExperimentError(.badData, "\(path) is no text of at most 64 MB")
        }
        var lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
        while lines.last?.allSatisfy(\.isWhitespace) == true { lines.removeLast() }
        actions = try lines.enumerated().map { index, line in
            let words = line.split { $0.isWhitespace }
            guard !words.isEmpty else {
                throw ExperimentError(
                    .badData, "\(path), line \(index + 1): no action", advice: "write one action a line")
            }
            return try words.map { word in
                guard let number = Double(word), number.isFinite else {
                    throw ExperimentError(
                        .badData, "\(path), line \(index + 1): '\(word)' is no number",
                        advice: "write the numbers of an action with blanks between")
                }
                return number
            }
        }
        if actions.isEmpty { throw ExperimentError(.badData, "\(path) holds no action", advice: "write one a line") }
    }
}
