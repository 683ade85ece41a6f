internal import Plotting

/// What can be wrong with the fitting of a network, read off its losses: on the rows learned from, and on those held back.
enum LearningCurveRules {
    static let all = [noBetterThanConstant, overfitting, lossSpikes, stillImproving]

    /// The losses at the end of each epoch: the mean of the training loss over it, and the validation loss.
    struct Epochs {
        var training: [Double] = []
        /// NaN where nothing was held back.
        var validation: [Double] = []

        init(_ history: MetricsHistory) {
            let epochs = history["epoch"] ?? []
            let losses = history["trainingLoss"] ?? []
            let held = history["validationLoss"] ?? []
            var current: [Double] = []
            for index in epochs.indices where losses.indices.contains(index) {
                current.append(losses[index])
                guard epochs[index] == epochs[index].rounded() else { continue }
                training.append(current.reduce(0, +) / Double(current.count))
                validation.append(held.indices.contains(index) ? held[index] : .nan)
                current = []
            }
        }

        /// The epoch with the smallest validation loss, counted from 1; nil where there is none.
        var bestValidation: (epoch: Int, loss: Double)? {
            let measured = validation.indices.filter { validation[$0].isFinite }
            return measured.min { validation[$0] < validation[$1] }.map { ($0 + 1, validation[$0]) }
        }
    }

    private static func epochs(_ run: StoredRun) -> Epochs { Epochs(run.seeds[0].history) }

    private static let noBetterThanConstant = DiagnosticRule(
        "a network that is no better than a constant (its test loss is at least that of the best answer without a look at "
            + "the row)"
    ) { run in
        guard let result = RunResult.loss(of: run),
            let baseline = run.seeds[0].baselines.first(where: {
                $0.measure == .loss || $0.measure == .meanSquaredError
            }),
            result >= baseline.value
        else { return nil }
        return Finding(
            weight: .warning, title: "The network has learned nothing.",
            observation:
                "Its test loss, \(NumberText.short(result)), is not below that of \(baseline.name), "
                + "\(NumberText.short(baseline.value)).",
            advice:
                "Check that the target can be told from these columns; then fit longer, or with another learning rate.",
            command: run.record.command(
                setting: ("epochs", "\(10 * max(1, Int(run.record.number("epochs") ?? 1)))")))
    }

    private static let overfitting = DiagnosticRule(
        "overfitting (the validation loss ends more than 2 % above its smallest value while the training loss has fallen on)"
    ) { run in
        let epochs = epochs(run)
        guard let best = epochs.bestValidation, let last = epochs.validation.last, last.isFinite,
            best.epoch < epochs.validation.count, last > best.loss + 0.02 * abs(best.loss),
            let end = epochs.training.last, end < epochs.training[best.epoch - 1]
        else { return nil }
        return Finding(
            weight: .warning, title: "The network overfits.",
            observation:
                "The validation loss was smallest after epoch \(best.epoch) (\(NumberText.short(best.loss))) and ended at "
                + "\(NumberText.short(last)), while the training loss went on falling.",
            advice:
                "Stop when the validation loss no longer falls, and keep the best parameters; or pull them to zero a "
                + "little (weightDecay).",
            command: run.record.command(setting: ("earlyStoppingPatience", "3")))
    }

    private static let lossSpikes = DiagnosticRule(
        "a learning rate that is too high (a training loss more than twice the median of the ten updates before it, after "
            + "the first epoch)"
    ) { run in
        let history = run.seeds[0].history
        let losses = history["trainingLoss"] ?? []
        let epochs = history["epoch"] ?? []
        let spikes = losses.indices.filter { index in
            guard index >= 10, epochs.indices.contains(index), epochs[index] > 1 else { return false }
            return losses[index] > 2 * Quantile.median(Array(losses[index - 10..<index]))
        }
        guard let first = spikes.first else { return nil }
        let rate = run.record.number("learningRate") ?? 0
        return Finding(
            weight: .warning, title: "The loss leaps.",
            observation:
                "\(FigureWords.count(spikes.count, "time")) the training loss was more than twice what it was before, first "
                + "in epoch \(Int(epochs[first].rounded(.up))).",
            advice: "The learning rate is probably too high.",
            command: run.record.command(setting: ("learningRate", NumberFormat.setting(rate / 3))))
    }

    private static let stillImproving = DiagnosticRule(
        "a fit that was ended too early (in the last epoch the loss, validation where there is one, fell by more than 2 %)"
    ) { run in
        let epochs = epochs(run)
        let isValidated = epochs.bestValidation != nil
        let losses = isValidated ? epochs.validation : epochs.training
        guard losses.count >= 2, let last = losses.last, last < 0.98 * losses[losses.count - 2],
            losses.allSatisfy({ !($0 < last) })
        else { return nil }
        return Finding(
            weight: .note, title: "The loss still falls at the end.",
            observation:
                "In the last epoch the \(isValidated ? "validation" : "training") loss fell from "
                + "\(NumberText.short(losses[losses.count - 2])) to \(NumberText.short(last)), its smallest value.",
            advice: "More epochs would probably reach more.",
            command: run.record.command(setting: ("epochs", "\(2 * losses.count)")))
    }
}
