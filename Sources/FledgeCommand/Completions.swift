import ArgumentParser
import Experiments
import FileFormats

struct Completions: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print a script that completes fledge's words in a shell.",
        discussion: """
            Verbs, flags, environments, data sets, recipes, settings and runs are completed with the tab key.

            Examples:
              fledge completions bash > ~/.local/share/bash-completion/completions/fledge
              fledge completions zsh > ~/.zsh/completions/_fledge
              fledge completions fish > ~/.config/fish/completions/fledge.fish

            For zsh the folder stands in fpath before compinit: fpath=(~/.zsh/completions $fpath).
            """)

    @Argument(
        help: "The shell: bash, zsh or fish.",
        completion: .list(["bash", "zsh", "fish"]))
    var shell: String

    func run() throws {
        let known = CompletionShell.allCases.map(\.rawValue)
        guard let shell = CompletionShell(rawValue: shell) else {
            throw ExperimentError(
                .usage, "there are no completions for the shell '\(shell)'",
                advice: nearestName(to: shell, among: known).map { "did you mean '\($0)'?" }
                    ?? "there are \(known.joined(separator: ", "))")
        }
        let script = FledgeCommand.completionScript(for: shell)
        Terminal.output(shell == .bash ? Self.joiningValues(script) : script + "\n")
    }

    /// In bash a setting is completed to `learningRate=`, and its value is typed on without a blank.
    private static func joiningValues(_ script: String) -> String {
        script + """

            _fledge_joining_values() {
                _fledge "$@"
                if [[ ${#COMPREPLY[@]} -gt 0 && ${COMPREPLY[0]} == *= ]]; then
                    compopt -o nospace +o filenames 2>/dev/null
                fi
            }
            complete -o filenames -F _fledge_joining_values fledge

            """
    }
}
