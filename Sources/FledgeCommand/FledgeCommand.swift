import ArgumentParser
import Experiments
import FileFormats
import Foundation

/// `fledge`: parses, shows, exits.
@main
struct FledgeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fledge",
        abstract: "Train agents, cluster data, fit networks, and read the result off a figure.",
        discussion: """
            Each run leaves a folder in runs/ with its settings, metrics, parameters and figures.

            Examples:
              fledge train cart-pole
              fledge cluster fashion-mnist --clusters 10

            Exit codes: \(ExitCode.table)
            """,
        version: Versions.current.fledge,
        subcommands: [
            Train.self, Cluster.self, Encode.self, Fit.self, Resume.self, Rerun.self, Verify.self, Evaluate.self,
            Overview.self, Plot.self, Report.self, RunsCommand.self, EnvironmentsCommand.self,
            DatasetsCommand.self,
        ])

    static func main() {
        signal(SIGPIPE, SIG_IGN)
        Foundation.exit(outcome(of: Array(CommandLine.arguments.dropFirst())).rawValue)
    }

    private static func outcome(of arguments: [String]) -> ExitCode {
        do {
            try checkVerb(arguments)
            var command = try parseAsRoot(arguments)
            try command.run()
            return .done
        } catch is Interrupted {
            return .interrupted
        } catch  where exitCode(for: error) == .success {
            // Requests for help and for the version come as errors.
            Terminal.output(fullMessage(for: error) + "\n")
            return .done
        } catch  where exitCode(for: error) == .validationFailure {
            Terminal.message(fullMessage(for: error) + "\n")
            return .usage
        } catch {
            Terminal.message(Terminal().warning("error:") + " \(error)\n")
            return ExitCode(for: error)
        }
    }

    /// The parser suggests flags, but not verbs.
    private static func checkVerb(_ arguments: [String]) throws {
        guard let verb = arguments.first, !verb.hasPrefix("-"), verb != "help" else { return }
        let verbs = configuration.subcommands.compactMap { $0.configuration.shouldDisplay ? $0._commandName : nil }
        guard !verbs.contains(verb) else { return }
        throw ExperimentError(
            .usage, "there is no verb '\(verb)'",
            advice: nearestName(to: verb, among: verbs).map { "did you mean '\($0)'?" }
                ?? "there are \(verbs.joined(separator: ", ")); `fledge --help` tells more")
    }
}
