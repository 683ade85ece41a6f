internal import Datasets
internal import Plotting
internal import SupervisedLearning
internal import UnsupervisedLearning

extension Baseline {
    /// What is right without a look at the features.
    static func constantPrediction(training: Samples, test: Samples, classNames: [String]) -> [Baseline] {
        let constant = ConstantPrediction(training: training.targets)
        switch constant.answer {
        case .label(let label):
            let name = classNames.indices.contains(Int(label)) ? classNames[Int(label)] : "\(label)"
            return [
                Baseline(
                    "always the most frequent class", .accuracy, constant.accuracy(on: test.targets) ?? 0,
                    note: "“\(name)”"),
                Baseline(
                    "the shares of the classes", .loss, constant.loss(on: test.targets), note: "as probabilities"),
            ]
        case .values(let means):
            return [
                Baseline(
                    "always the mean of the training values", .loss, constant.loss(on: test.targets),
                    note: means.map { NumberText.short($0, digits: 4) }.joined(separator: ", "))
            ]
        }
    }

    /// What clusters explain that say nothing: all rows in one, and rows dealt out at random.
    ///
    /// Random groups explain (k − 1) / (n − 1) of the sum of squares on average, whatever their sizes: the mean of
    /// Fisher's permutation distribution in a one-way analysis of variance (Pitman, 1938).
    static func trivialClusters(count: Int, rowCount: Int) -> [Baseline] {
        let random = rowCount > 1 ? Double(min(count, rowCount) - 1) / Double(rowCount - 1) : 0
        return [
            Baseline("one cluster", .explainedVariance, 0, note: "the inertia is the total sum of squares"),
            Baseline("random assignment", .explainedVariance, random, note: "expected value, (k − 1) / (n − 1)"),
        ]
    }

    /// What is lost where every row is taken for the mean, and by principal components of the code's size.
    static func reconstruction(
        by network: AutoencoderNetwork, training: Features, test: Features
    ) -> [Baseline] {
        let baselines = ReconstructionBaselines(network, training: training, test: test)
        let rows = "fitted to \(FigureWords.count(baselines.rowCount, "training row"))"
        let size = min(network.codeSize, training.columnCount)
        return [Baseline("the mean row", .meanSquaredError, baselines.meanError, note: rows)]
            + (baselines.principalComponentsError.map {
                [
                    Baseline(
                        "\(FigureWords.count(size, "principal component"))", .meanSquaredError, $0, note: rows)
                ]
            } ?? [])
    }
}
