import ArgumentParser
import Environments
import Experiments
import FileFormats
import Foundation
import Plotting
import Simulation

struct Watch: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Film an agent, a heuristic or random actions in an environment.",
        discussion: """
            The film is an animated PNG, which any browser plays; no display is needed. --strip adds a picture of \
            some moments, for a report.

            Examples:
              fledge watch lunar-lander
              fledge watch cart-pole-ppo-1 --episodes 3 -o balance.png
              fledge watch frozen-lake --policy random --strip lake.png
              fledge watch "pendulum:length=2" --seed 7
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

    @Option(help: "How many episodes to film.")
    var episodes = 1

    @Option(help: "The seed of the environment (default: 1, or one that the run did not use).")
    var seed: UInt64?

    @Option(name: .shortAndLong, help: "The film to write (default: the environment's name and .png).")
    var output: String?

    @Option(help: "Also write a picture of some moments of the first episode: .png, .svg or .pdf.")
    var strip: String?

    @Option(help: "How many steps are shown in a second (default: what suits the task).")
    var fps: Double?

    @Option(help: "The width of the film in pixels.")
    var width = 480

    @Option(help: "The paper: light or dark.", transform: Theme.init(flag:))
    var theme = Theme.light

    @OptionGroup var flags: ListingFlags

    func validate() throws {
        if !(1...1000).contains(episodes) { throw ValidationError("--episodes takes a number from 1 to 1,000.") }
        if let fps, !(fps >= 0.1 && fps <= 240) { throw ValidationError("--fps takes a number from 0.1 to 240.") }
        if !(120...4096).contains(width) { throw ValidationError("--width takes a number from 120 to 4,096.") }
    }

    private struct Answer: Encodable {
        struct Episode: Encodable {
            let `return`: Double
            let length: Int
        }
        let environment: String
        let policy: String
        let seed: UInt64
        let file: String
        let strip: String?
        let episodes: [Episode]
    }

    func run() throws {
        let choice = try EpisodePolicyChoice(subject: subject, policy: policy)
        let environment = choice.environment
        let seed = seed ?? choice.defaultSeed
        let path = output ?? "\(environment.id.prefix { $0 != ":" }).png"
        guard path.lowercased().hasSuffix(".png") else {
            throw ExperimentError(.usage, "'\(path)' is no name of an animated PNG", advice: "let it end in .png")
        }
        var animation = EpisodeAnimation(
            of: environment, width: 480, scale: Double(width) / 480, theme: theme, framesPerSecond: fps)
        try animation.film(
            episodes: episodes, seed: seed, policy: choice.policy,
            text: [
                ("Software", "fledge"),
                ("Command", (["fledge"] + CommandLine.arguments.dropFirst()).joined(separator: " ")),
            ])
        try FigureFile.write(try animation.encoded(), to: path)
        if let strip { try write(strip, choice, seed) }
        if flags.json {
            return Terminal.output(
                try JSONLines.line(
                    Answer(
                        environment: environment.id, policy: choice.player, seed: seed, file: path, strip: strip,
                        episodes: animation.episodes.map { .init(return: $0.return, length: $0.length) })))
        }
        for (index, episode) in animation.episodes.enumerated() {
            let count = Numbers.grouped(episode.length) + (episode.length == 1 ? " step" : " steps")
            Terminal.output(
                "episode \(index + 1) by \(choice.player): \(count), return \(Numbers.short(episode.return))\n")
        }
        Terminal.output(path + "\n" + (strip.map { $0 + "\n" } ?? ""))
    }

    private func write(_ path: String, _ choice: EpisodePolicyChoice, _ seed: UInt64) throws {
        guard let film = try choice.environment.film(moments: 10, seed: seed, policy: choice.policy) else { return }
        let title = "An episode of \(choice.environment.gymnasiumID ?? choice.environment.id) by \(choice.player)"
        try FigureFile.write(EpisodeStrip(film, title: title, seed: seed).figure, theme: theme, to: path)
    }
}
