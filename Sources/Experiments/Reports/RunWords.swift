internal import Environments
internal import FileFormats
internal import Plotting
internal import Simulation

/// What is said of a run in whole sentences.
struct RunWords {
    let run: StoredRun

    init(_ run: StoredRun) { self.run = run }

    private var record: RunRecord { run.record }

    /// "PPO on CartPole-v1".
    var what: String { "\(algorithm) on \(record.subject.title)" }

    var algorithm: String {
        switch record.algorithm {
        case "k-means": "k-means"
        case "autoencoder": "an autoencoder"
        case "network": "a network"
        default: TrainingAlgorithm.all.first { $0.id == record.algorithm }?.title ?? record.algorithm
        }
    }

    /// The result in one line, as the run's main figure has it.
    var headline: String {
        guard !run.seeds.isEmpty, let figure = try? RunFigures.figures(of: run).first?.figure else {
            return "\(what): nothing to show yet"
        }
        return figure.title
    }

    /// "25 November 2026".
    var date: String {
        let parts = record.began.prefix(10).split(separator: "-").compactMap { Int($0) }
        let months = [
            "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
            "November", "December",
        ]
        guard parts.count == 3, (1...12).contains(parts[1]) else { return record.began }
        return "\(parts[2]) \(months[parts[1] - 1]) \(parts[0])"
    }

    /// The time of the longest seed's updates, in seconds.
    var seconds: Double { run.seeds.compactMap(\.history.seconds.last).max() ?? 0 }

    var hardware: String {
        let hardware = record.hardware
        return "\(hardware.processor), \(FigureWords.count(hardware.coreCount, "core")), "
            + "\(FigureWords.count(hardware.threads, "thread"))"
    }

    /// What was done.
    var done: [Prose] {
        var paragraphs: [Prose] = []
        switch record.verb {
        case "train": paragraphs.append(trained)
        case "cluster": paragraphs.append(clustered)
        case "encode": paragraphs.append(encoded)
        case "fit": paragraphs.append(fitted)
        default: break
        }
        if !run.isComplete {
            paragraphs.append(
                "\(strong: "The run did not come to its end.") What follows is of the work so far, \(run.seeds.count) of \(record.seeds.count) seeds."
            )
        }
        return paragraphs
    }

    private var trained: Prose {
        let steps = run.seeds.compactMap(\.history.completed.last).max() ?? 0
        let task = (try? Environments.named(record.subject.id))?.summary
        let seeds = record.seeds.count == 1 ? "seed \(record.seeds[0])" : "each of \(record.seeds.count) seeds"
        let episodes = run.seeds.compactMap { try? $0.drawing.doubles(TrainingFigure.evaluationName).count }.max() ?? 0
        let goal = record.subject.solvedReturn.map {
            " The task counts as solved at a mean return of \(NumberText.short($0))."
        }
        let measured: Prose =
            episodes > 0
            ? " Along the way the agent was evaluated ten times and the best one kept; its return is the mean of \(FigureWords.count(episodes, "episode")) that it had not been chosen by, each action the likeliest."
            : ""
        return
            "\(algorithm) learned \(record.subject.title)\(task.map { " (\($0))" } ?? "") for \(FigureWords.count(steps, "step")) with \(seeds), in \(FigureWords.duration(seconds)).\(measured)\(goal ?? "")"
    }

    private var clustered: Prose {
        guard let summary = try? ClusteringDrawing(run.seeds[0].drawing).summary else { return "" }
        let clusters = FigureWords.count(Int(record.number("clusters") ?? 0), "cluster")
        let rows = "\(FigureWords.count(summary.rowCount, "row")) × \(FigureWords.count(summary.columnCount, "column"))"
        let seeding = record.settings["seeding"]?.value.description == "random" ? "random rows" : "k-means++"
        return
            "The \(rows) of \(record.subject.title) were put into \(clusters) by k-means, which began at \(seeding) and stopped after \(FigureWords.count(summary.iterations, "iteration")), in \(FigureWords.duration(seconds))."
    }

    private var encoded: Prose {
        guard let summary = try? EncodingDrawing(run.seeds[0].drawing).summary else { return "" }
        return
            "A network learned to reproduce the rows of \(record.subject.title) from a code of \(FigureWords.count(summary.codeSize, "number")): \(FigureWords.rows(summary.trainingCount, test: summary.testCount, of: record)), hidden layers of \(sizes), \(epochs), in \(FigureWords.duration(seconds)). It never saw the test rows."
    }

    private var fitted: Prose {
        guard let summary = try? FittingDrawing(run.seeds[0].drawing).summary else { return "" }
        let target = summary.targetName.map { "“\($0)”" } ?? "the class"
        let kind =
            summary.accuracy == nil
            ? "the value of \(target)" : "\(target), one of \(summary.classNames.count) classes,"
        let isHeldOut = summary.isOutOfFold == true
        let rows = FigureWords.rows(summary.trainingCount, test: isHeldOut ? nil : summary.testCount, of: record)
        let judged =
            isHeldOut
            ? "Each row was predicted by a fit to the other folds, which never saw it; the network that is kept learned from all"
            : "It never saw the test rows"
        return
            "A network learned to tell \(kind) of the rows of \(record.subject.title): \(rows), \(layers), \(epochs), in \(FigureWords.duration(seconds)). \(judged)."
    }

    /// The kind of network and its hidden layers.
    private var layers: String {
        guard case .text(let model)? = record.settings["model"]?.value else { return "hidden layers of \(sizes)" }
        let kinds = [
            "cnn": "convolutions", "linear": "a linear model", "text": "an embedding of words",
            "factorization": "a factorisation",
        ]
        guard let kind = kinds[model] else { return "hidden layers of \(sizes)" }
        return sizes == "no units" ? kind : "\(kind), then hidden layers of \(sizes)"
    }

    private var sizes: String {
        guard case .list(let sizes)? = record.settings["hiddenSizes"]?.value, !sizes.isEmpty else { return "no units" }
        return sizes.map(\.description).joined(separator: ", ") + " units"
    }

    private var epochs: String {
        let count = run.seeds[0].history.last("epoch") ?? 0
        return "\(NumberText.short(count)) epoch\(count == 1 ? "" : "s")"
    }

    /// What the result does not say.
    var limits: [Prose] {
        var limits: [Prose] = []
        switch record.verb {
        case "train":
            limits.append(
                record.seeds.count == 1
                    ? "One seed. The interval is over episodes of one agent; another seed may end elsewhere."
                    : record.seeds.count < 5
                        ? "\(record.seeds.count) seeds: the bounds are their range, since so few do not make an interval. Rare failures are not seen."
                        : "\(record.seeds.count) seeds. Failures rarer than one in \(record.seeds.count) are probably not seen."
            )
            limits.append(
                "The agent takes the likeliest action; with drawn actions, as in training, its return is another one.")
            limits.append(
                "The agent that is kept is the best of ten evaluations, not the last one: the curve of the training may end lower."
            )
        case "cluster":
            limits.append(
                "k-means finds groups that are round and of like extent, in the columns' own units. Other groups it cuts or joins."
            )
            limits.append("The number of clusters was given, not found. Another seed may find another clustering.")
        case "encode", "fit":
            limits.append(
                "One seed and one choice of training rows. The interval is over test rows only; another seed moves the result too."
            )
            limits.append(
                "The test rows come from the same source as the training rows: how well other data fare is not known.")
        default: break
        }
        limits.append(
            "Times are of one machine (\(hardware)). The same command gives the same bytes for any number of threads, on a processor with the same kernels (\(record.hardware.level), OpenBLAS \(record.hardware.openBLAS))."
        )
        return limits
    }
}
