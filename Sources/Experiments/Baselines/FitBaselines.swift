internal import Datasets
internal import LinearAlgebra
internal import Randomness
internal import SupervisedLearning

/// What simple methods reach on a fit's test rows: constant predictions, the nearest neighbours, a linear model; for
/// ratings, the biases of users and items.
struct FitBaselines {
    /// As figures and reports show them.
    private(set) var entries: [Baseline] = []
    /// All that is measured, by the method's name.
    private(set) var metrics: [String: [String: Double]] = [:]

    /// Simple methods are quick: they are measured on no more test rows than these.
    private static let mostTestRows = 2_000
    private static let mostTrainingRows = 5_000

    /// Those of a cross-validation are measured on its first fold.
    ///
    /// - Throws: what preprocessing throws.
    init(of samples: Samples, folds: Folds, preprocessing: Preprocessing) throws {
        let split = folds.splits[0]
        try self.init(
            training: samples.rows(split.training), test: samples.rows(split.test), preprocessing: preprocessing)
        for index in entries.indices {
            entries[index].note = [entries[index].note, "on the first fold"].compactMap(\.self).joined(separator: ", ")
        }
    }

    /// - Throws: what preprocessing throws.
    init(training: Samples, test: Samples, preprocessing: Preprocessing) throws {
        entries = Baseline.constantPrediction(training: training, test: test, classNames: training.classNames)
        let constant = ConstantPrediction(training: training.targets)
        var random = RandomStream(seed: 0, purpose: "baselines")
        let (few, tested) = (
            Self.sample(training, Self.mostTrainingRows, &random), Self.sample(test, Self.mostTestRows, &random)
        )
        let note = Self.note(few, of: training, tested, of: test)
        if case .ratings(let users, let items) = training.features, case .ratings(let own, let others) = test.features,
            case .values(let ratings) = training.targets
        {
            let index = IdentifierIndex(fittingUsers: users, items: items, rows: users.indices)
            let model = RatingBiases(
                users: users.map { index.users[$0] ?? -1 }, items: items.map { index.items[$0] ?? -1 },
                ratings: ratings.array)
            let predictions = model.predictions(
                users: own.map { index.users[$0] ?? -1 }, items: others.map { index.items[$0] ?? -1 })
            add("biases of users and items", try test.scores(of: predictions), beside: constant, note: nil)
            return
        }
        guard let rows = try few.dense(by: preprocessing), let testRows = try tested.dense(by: preprocessing) else {
            return
        }
        let neighbours = NearestNeighbours(features: rows, targets: few.targets, using: &random)
        add(
            "the five nearest neighbours", try tested.scores(of: neighbours.predictions(for: testRows)),
            beside: constant,
            note: note)
        let linear = LinearModel(features: rows, targets: few.targets, using: &random)
        add(
            training.targets.hasClasses ? "logistic regression" : "ridge regression",
            try tested.scores(of: linear.predictions(for: testRows)), beside: constant,
            note: note)
    }

    private mutating func add(
        _ name: String, _ scores: any Scores, beside constant: ConstantPrediction, note: String?
    ) {
        for metric in scores.metrics { metrics[name, default: [:]][metric.name] = metric.value }
        if let accuracy = metrics[name]?["accuracy"] {
            entries.append(Baseline(name, .accuracy, accuracy, note: note))
            return
        }
        guard let error = metrics[name]?["rootMeanSquaredError"] else { return }
        // In the units of the constant prediction's loss.
        entries.append(
            Baseline(name, .loss, constant.relativeLoss(meanSquaredError: error * error), note: note))
    }

    private static func sample(_ samples: Samples, _ limit: Int, _ random: inout RandomStream) -> Samples {
        guard samples.rowCount > limit else { return samples }
        var order = Array(0..<Int32(samples.rowCount))
        random.shuffle(&order)
        return samples.rows(order.prefix(limit).sorted())
    }

    private static func note(_ few: Samples, of training: Samples, _ tested: Samples, of test: Samples) -> String? {
        var parts: [String] = []
        if few.rowCount < training.rowCount { parts.append("learned from \(few.rowCount) rows") }
        if tested.rowCount < test.rowCount { parts.append("measured on \(tested.rowCount)") }
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }
}

extension Samples {
    /// Features as simple methods take them, `[n, d]`; nil for words and identifiers.
    fileprivate func dense(by preprocessing: Preprocessing) throws -> Matrix<Float>? {
        guard case .dense(let scaled) = try preprocessing(features) else { return nil }
        return scaled.features.floats(scaledBy: scaled.byteScale)
    }

    fileprivate func scores(of predictions: Matrix<Float>) throws -> any Scores {
        switch targets {
        case .classes(let labels, _): try ClassificationScores(probabilities: predictions, labels: labels)
        case .values(let values): try RegressionScores(predictions: predictions, targets: values)
        }
    }
}

extension Targets {
    fileprivate var hasClasses: Bool {
        if case .classes = self { true } else { false }
    }
}
