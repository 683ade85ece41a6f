internal import Plotting

/// What can be wrong with an autoencoder.
enum EncodingRules {
    static let all = [collapsedCode, deadNumbers, worseThanPrincipalComponents]

    /// The numbers of the code that hardly vary: less than 1 % of the one that varies most.
    private static func dead(_ run: StoredRun) -> (count: Int, of: Int)? {
        guard let deviations = CodeSpread(in: run.seeds[0].drawing)?.deviations, !deviations.isEmpty else { return nil }
        let most = deviations.max() ?? 0
        return (deviations.count { $0 <= 0.01 * most }, deviations.count)
    }

    private static let collapsedCode = DiagnosticRule(
        "a collapsed code (more than half of its numbers vary by less than 1 % of the one that varies most)"
    ) { run in
        guard let dead = dead(run), 2 * dead.count > dead.of else { return nil }
        return Finding(
            weight: .warning, title: "The code has collapsed.",
            observation: "\(dead.count) of its \(dead.of) numbers hardly vary from row to row.",
            advice:
                "Units that ended at zero do not learn any more. A smooth activation or a smaller learning rate keeps "
                + "them alive; or the code is larger than needed.",
            command: run.record.command(setting: ("activation", "tanh")))
    }

    private static let deadNumbers = DiagnosticRule(
        "dead numbers in the code (they vary by less than 1 % of the one that varies most)"
    ) { run in
        guard let dead = dead(run), dead.count > 0, 2 * dead.count <= dead.of else { return nil }
        return Finding(
            weight: .note,
            title:
                "\(dead.count == 1 ? "One number" : "\(dead.count) numbers") of the code \(dead.count == 1 ? "is" : "are") dead.",
            observation:
                "\(dead.count) of \(dead.of) hardly \(dead.count == 1 ? "varies" : "vary") from row to row and \(dead.count == 1 ? "says" : "say") nothing about it.",
            advice: "The code is effectively smaller than asked for. A smooth activation uses all of it.",
            command: run.record.command(setting: ("activation", "tanh")))
    }

    private static let worseThanPrincipalComponents = DiagnosticRule(
        "an autoencoder that is worse than as many principal components as its code has numbers"
    ) { run in
        guard let error = RunResult.loss(of: run),
            let axes = run.seeds[0].baselines.first(where: { $0.name.contains("principal component") }),
            error > axes.value
        else { return nil }
        let epochs = max(1, Int(run.record.number("epochs") ?? 1))
        return Finding(
            weight: .warning, title: "Principal components do better.",
            observation:
                "The test error is \(NumberText.short(error)); \(axes.name) reach \(NumberText.short(axes.value)) without "
                + "any training.",
            advice: "A network of this form can do at least as well: fit it longer, or use the principal components.",
            command: run.record.command(setting: ("epochs", "\(4 * epochs)")))
    }
}
