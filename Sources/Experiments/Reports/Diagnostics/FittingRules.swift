internal import Plotting

/// What can be wrong with a classifier.
enum FittingRules {
    static let all = [neverPredicted, weakClasses, wideGap]

    private static func drawing(_ run: StoredRun) -> FittingDrawing? {
        guard let drawing = try? FittingDrawing(run.seeds[0].drawing), !drawing.confusion.isEmpty else { return nil }
        return drawing
    }

    private static func list(_ names: [String]) -> String {
        let shown = names.prefix(5).map { "“\($0)”" }.joined(separator: ", ")
        return names.count > 5 ? shown + " and \(names.count - 5) more" : shown
    }

    private static let neverPredicted = DiagnosticRule(
        "a class that is never predicted, though there are test rows of it"
    ) { run in
        guard let drawing = drawing(run) else { return nil }
        let names = drawing.summary.classNames
        let k = names.count
        let missing = (0..<k).filter { label in
            let isThere = (0..<k).contains { drawing.confusion[label * k + $0] > 0 }
            return isThere && !(0..<k).contains { drawing.confusion[$0 * k + label] > 0 }
        }
        guard !missing.isEmpty else { return nil }
        return Finding(
            weight: .warning, title: "\(missing.count == 1 ? "A class is" : "Classes are") never predicted.",
            observation: "No test row was taken for \(list(missing.map { names[$0] })).",
            advice:
                "A class that is rare in the training rows is not worth its loss to the network. Fit longer, or give it "
                + "more rows of that class.",
            command: run.record.command(
                setting: ("epochs", "\(4 * max(1, Int(run.record.number("epochs") ?? 1)))")))
    }

    private static let weakClasses = DiagnosticRule(
        "a class that is found far less often than the others (fewer than half of its test rows, while more than 75 % of all "
            + "rows are right)"
    ) { run in
        guard let drawing = drawing(run), let accuracy = drawing.summary.accuracy, accuracy > 0.75 else { return nil }
        let names = drawing.summary.classNames
        let k = names.count
        let weak = (0..<k).compactMap { label -> (name: String, recall: Double)? in
            let row = (0..<k).map { drawing.confusion[label * k + $0] }
            let total = row.reduce(0, +)
            guard total > 0, 2 * row[label] < total else { return nil }
            return (names[label], Double(row[label]) / Double(total))
        }
        guard let first = weak.first else { return nil }
        return Finding(
            weight: .note, title: "The accuracy hides \(weak.count == 1 ? "a weak class" : "weak classes").",
            observation:
                "Of \(list(weak.map(\.name))) fewer than half of the test rows are found "
                + "(\(NumberFormat.percent(first.recall, decimals: 0)) of “\(first.name)”).",
            advice: "See the confusion matrix for what it is taken for; if that matters, collect more rows of it.",
            command: nil)
    }

    private static let wideGap = DiagnosticRule(
        "a wide gap between training and test (more than 10 points of accuracy)"
    ) { run in
        guard let accuracy = drawing(run)?.summary.accuracy,
            let training = run.seeds[0].history.last("trainingAccuracy"), training - accuracy > 0.1
        else { return nil }
        return Finding(
            weight: .warning, title: "The network knows the training rows far better than others.",
            observation:
                "It is right for \(NumberFormat.percent(training)) of the rows that it learned from, and for "
                + "\(NumberFormat.percent(accuracy)) of the test rows.",
            advice: "More rows, a smaller network, or a pull of the parameters to zero narrow the gap.",
            command: run.record.command(setting: ("optimizer", "adamW"), ("weightDecay", "0.01")))
    }
}
