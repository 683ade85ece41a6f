import Foundation
import Testing

struct CompletionTests {
    private static func has(_ shell: String) -> Bool {
        ["/bin/", "/usr/bin/"].contains { FileManager.default.isExecutableFile(atPath: $0 + shell) }
    }

    @Test(arguments: ["bash", "zsh", "fish"])
    func `each shell's script can be read by the shell`(shell: String) throws {
        let command = try Command()
        let script = try command.run("completions", shell)
        #expect(script.code == 0 && script.output.contains("fledge") && script.messages.isEmpty)
        try command.write(script.output, to: "script")
        if Self.has(shell) {
            let outcome = try command.shell("\(shell) -n script")
            #expect(outcome.code == 0 && outcome.messages.isEmpty, "\(outcome.messages)")
        }
    }

    @Test(arguments: [
        (["train", "cart"], "cart-pole"), (["train", "Pend"], "Pendulum-v1"), (["cluster", "dig"], "digits"),
        (["train", "cart-pole", "--recipe", "z"], "zoo"), (["train", "cart-pole", "--algorithm", "p"], "ppo"),
        (["train", "cart-pole", "--set", "learningRateD"], "learningRateDecay="),
        (["cluster", "digits", "--set", "clus"], "clusters="), (["tra"], "train"), (["train", "--ste"], "--steps"),
        (["train", "cart-pole", "--settings", "my"], "my.yml"), (["fit", "tab"], "table.csv"),
        (["overview", "fir"], "first"), (["completions", "zs"], "zsh"),
    ])
    func `bash completes names`(words: [String], completed: String) throws {
        let command = try Command()
        try command.write("epochs: 3\n", to: "my.yml")
        try command.write("a,b\n1,2\n", to: "table.csv")
        try FileManager.default.createDirectory(
            atPath: command.folder + "/runs/first", withIntermediateDirectories: true)
        try command.write("{}", to: "runs/first/run.json")
        let typed = (["fledge"] + words).map { "'\($0)'" }.joined(separator: " ")
        let outcome = try command.shell(
            """
            mkdir bin && ln -s "$FLEDGE" bin/fledge && PATH="$PWD/bin:$PATH"
            eval "$(fledge completions bash)"
            COMP_WORDS=(\(typed)); COMP_CWORD=\(words.count); COMP_LINE="${COMP_WORDS[*]}"; COMP_POINT=${#COMP_LINE}
            _fledge fledge '\(words.last ?? "")' '\(words.dropLast().last ?? "fledge")'
            printf '%s\\n' "${COMPREPLY[@]}"
            """, using: "bash")
        let replies = outcome.output.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
        #expect(replies.contains(completed), "\(replies) \(outcome.messages)")
    }

    @Test func `another shell is told the nearest`() throws {
        let outcome = try Command().run("completions", "bassh")
        #expect(outcome.code == 64 && outcome.messages.contains("did you mean 'bash'?"))
    }
}
