extension RunRecord {
    /// Flags of a command that belong to one run of it only.
    private static let ownFlags = (withValue: ["--name", "--notes", "--tag"], alone: ["--json", "--quiet", "--live"])

    /// The run's command with `flags` added, as it is pasted into a shell: without the name that is taken now.
    func command(adding flags: [String], without dropped: [String] = []) -> String {
        var words: [String] = []
        var rest = command[...]
        while let word = rest.popFirst() {
            let name = String(word.prefix { $0 != "=" })
            if Self.ownFlags.alone.contains(word) { continue }
            if Self.ownFlags.withValue.contains(name) || dropped.contains(name) {
                if name == word { _ = rest.popFirst() }
                continue
            }
            words.append(word)
        }
        return (words + flags).map { Escaping.shell($0) }.joined(separator: " ")
    }

    /// The command with settings changed: `("learningRate", "1e-4")`. Of several values the last one counts.
    func command(setting changes: (name: String, value: String)...) -> String {
        command(adding: changes.flatMap { ["--set", "\($0.name)=\($0.value)"] })
    }
}
