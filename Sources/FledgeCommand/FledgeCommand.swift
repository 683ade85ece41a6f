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

            Data go to standard output, messages to standard error. --no-color, NO_COLOR or TERM=dumb keep messages \
            plain; FLEDGE_THREADS says how many threads work. `fledge help exit-codes` lists the exit codes, and \
            `fledge completions` teaches the words to a shell.
            """,
        version: Versions.current.fledge,
        subcommands: [
            Describe.self, Check.self, Train.self, Cluster.self, Encode.self, Fit.self, Resume.self, Rerun.self,
            Verify.self,
            Evaluate.self, Predict.self, Watch.self, RolloutCommand.self,
            Overview.self, Plot.self, Report.self, RunsCommand.self, Show.self, Compare.self, EnvironmentsCommand.self,
            DatasetsCommand.self, Completions.self,
        ])

    private static let shortHelp = """
        fledge trains agents, clusters data and fits networks, and shows the result in a figure.

          fledge train cart-pole                        an agent, in about a second
          fledge cluster fashion-mnist --clusters 10    groups of images that are alike

        `fledge --help` lists all verbs, and `fledge <verb> --help` tells about one.

        """

    static func main() {
        signal(SIGPIPE, SIG_IGN)
        // A wish about all verbs, which may stand anywhere.
        let arguments = CommandLine.arguments.dropFirst().filter { $0 != Terminal.plainFlag }
        var code = outcome(of: arguments)
        if code == .done, let problem = Terminal.outputProblem {
            Terminal.message(Terminal().warning("error:") + " standard output cannot be written: \(problem)\n")
            code = .inputOutput
        }
        Foundation.exit(code.rawValue)
    }

    private static func outcome(of arguments: [String]) -> ExitCode {
        do {
            if arguments.isEmpty {
                Terminal.output(shortHelp)
                return .done
            }
            if arguments == ["help", "exit-codes"] {
                Terminal.output("Exit codes:\n" + ExitCode.table)
                return .done
            }
            try checkVerb(arguments)
            var command = try parseAsRoot(arguments)
            try command.run()
            return .done
        } catch is Interrupted {
            return Interruption.exitCode
        } catch is Differing {
            return .failed
        } catch  where exitCode(for: error) == .success {
            // Requests for help and for the version come as errors.
            Terminal.output(fullMessage(for: error) + "\n")
            return .done
        } catch  where exitCode(for: error) == .validationFailure {
            // The parser begins with a capital, unlike every other error.
            let text = fullMessage(for: error)
            let isCapital = text.hasPrefix("Error: ")
            Terminal.message(
                (isCapital ? Terminal().warning("error:") + String(text.dropFirst("Error:".count)) : text) + "\n")
            return .usage
        } catch {
            Terminal.message(Terminal().warning("error:") + " \(Escaping.printable("\(error)"))\n")
            return ExitCode(for: error)
        }
    }

    /// The parser suggests flags, but not verbs.
    private static func checkVerb(_ arguments: [String]) throws {
        let isAboutHelp = arguments.first == "help"
        guard let verb = arguments.dropFirst(isAboutHelp ? 1 : 0).first, !verb.hasPrefix("-"), verb != "help" else {
            return
        }
        let verbs = configuration.subcommands.compactMap { $0.configuration.shouldDisplay ? $0._commandName : nil }
        guard !verbs.contains(verb) else { return }
        throw ExperimentError(
            .usage, "there is no verb '\(verb)'",
            advice: nearestName(to: verb, among: verbs).map { "did you mean '\($0)'?" }
                ?? "there are \(verbs.joined(separator: ", ")); `fledge --help` tells more")
    }
}
