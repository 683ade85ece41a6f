internal import Glibc
public import LinearAlgebra

/// How good the probabilities of classes are. The predicted class of a row is the likeliest; of equally likely ones it
/// is the first.
public struct ClassificationScores: Scores {
    /// `[n, classes]`
    public let probabilities: Matrix<Float>
    /// `[n]`, each in 0 ..< classes.
    public let labels: [Int32]
    /// The likeliest class of each row, `[n]`.
    public let predictions: [Int32]
    public let confusion: ConfusionMatrix

    public var rowCount: Int { labels.count }
    public var classCount: Int { probabilities.columnCount }
    public var outputCount: Int { classCount }

    /// - Parameters:
    ///   - probabilities: `[n, classes]`, rows that sum to one.
    ///   - labels: `[n]`.
    /// - Precondition: there is a label for each row, in 0 ..< classes.
    /// - Throws: `SamplesError` if a probability is not within 0 … 1, as those of a diverged network.
    public init(probabilities: Matrix<Float>, labels: [Int32]) throws {
        precondition(
            probabilities.rowCount == labels.count,
            "\(probabilities.rowCount) rows of probabilities for \(labels.count) labels")
        let classes = probabilities.columnCount
        // Softmax in single precision may exceed 1 by rounding.
        let wrong = probabilities.withSpan { values in
            values.indices.first { !(values[$0] >= 0 && values[$0] <= 1.000_01) }
        }
        if let wrong {
            let (row, column) = wrong.quotientAndRemainder(dividingBy: classes)
            throw SamplesError(
                problem:
                    "the probability of class \(column) for row \(row) is \(probabilities[row, column]), not one of "
                    + "0 … 1: the model has diverged, or its outputs are no probabilities")
        }
        self.init(checked: probabilities, labels: labels)
    }

    private init(checked probabilities: Matrix<Float>, labels: [Int32]) {
        let classes = probabilities.columnCount
        self.probabilities = probabilities
        self.labels = labels
        predictions = probabilities.withSpan { values in
            labels.indices.map { row in
                var best = 0
                for column in 1..<max(classes, 1) where values[row * classes + column] > values[row * classes + best] {
                    best = column
                }
                return Int32(best)
            }
        }
        confusion = ConfusionMatrix(labels: labels, predictions: predictions, classes: classes)
    }

    public func rows(_ indices: [Int32]) -> ClassificationScores {
        ClassificationScores(
            checked: probabilities.rows(indices.lazy.map { Int($0) }), labels: indices.map { labels[Int($0)] })
    }

    /// For two classes precision, recall and F1 are those of class 1 (`precision`), as are the two curves; for more
    /// they are averages (`f1Macro`), and the curves those of each class against the rest.
    public static func measures(outputs classes: Int) -> [Measure<ClassificationScores>] {
        var measures: [Measure<ClassificationScores>] = [
            Measure("accuracy", higherIsBetter: true, \.accuracy),
            Measure("balancedAccuracy", higherIsBetter: true, \.balancedAccuracy),
            Measure("f1Macro", higherIsBetter: true, \.macro?.f1),
            Measure("f1Micro", higherIsBetter: true, \.micro?.f1),
            Measure("f1Weighted", higherIsBetter: true, \.weighted?.f1),
            Measure("precisionMacro", higherIsBetter: true, \.macro?.precision),
            Measure("recallMacro", higherIsBetter: true, \.macro?.recall),
            Measure("rocAUC", higherIsBetter: true, \.areaUnderROC),
            Measure("averagePrecision", higherIsBetter: true, \.averagePrecision),
            Measure("logLoss", higherIsBetter: false, \.logLoss),
            Measure("brier", higherIsBetter: false, \.brier),
            Measure("calibrationError", higherIsBetter: false, \.calibrationError),
            Measure("matthewsCorrelation", higherIsBetter: true, \.matthewsCorrelation),
            Measure("cohenKappa", higherIsBetter: true, \.cohenKappa),
        ]
        if classes == 2 {
            measures += [
                Measure("precision", higherIsBetter: true) { $0.precision(1) },
                Measure("recall", higherIsBetter: true) { $0.recall(1) },
                Measure("f1", higherIsBetter: true) { $0.f1(1) },
            ]
        }
        if classes > 5 {
            measures.append(Measure("top5Accuracy", higherIsBetter: true) { $0.topAccuracy(5) })
        }
        return measures
    }

    /// −log of the probability of the row's class, with nothing below 2⁻²³ counted as less.
    public var rowLosses: [Double] {
        labels.indices.map { -log(Double(max(probabilities[$0, Int(labels[$0])], Float.ulpOfOne))) }
    }
}

// MARK: - What depends on the predicted classes only

extension ClassificationScores {
    /// The share of rows whose class was predicted; nil without rows.
    public var accuracy: Double? { rowCount > 0 ? confusion.accuracy : nil }

    /// The mean of the recalls of the classes that have rows (Brodersen et al., 2010).
    public var balancedAccuracy: Double? {
        (0..<classCount).compactMap(recall).mean
    }

    /// Of the rows predicted to be of a class, the share that is; nil where none was.
    public func precision(_ label: Int) -> Double? {
        Self.share(confusion[label, label], of: predictedCount(label))
    }

    /// Of the rows of a class, the share that was found; nil where there are none.
    public func recall(_ label: Int) -> Double? {
        Self.share(confusion[label, label], of: confusion.rowCount(of: label))
    }

    /// 2 TP / (2 TP + FP + FN), the harmonic mean of precision and recall; nil for a class that neither has rows nor
    /// was predicted.
    public func f1(_ label: Int) -> Double? {
        Self.share(2 * confusion[label, label], of: confusion.rowCount(of: label) + predictedCount(label))
    }

    /// Precision, recall and F1 over all classes.
    public struct Averages: Sendable, Equatable {
        public let precision: Double
        public let recall: Double
        public let f1: Double
    }

    /// The mean over the classes that have rows or were predicted, each counting alike; what is not defined for one of
    /// them (the precision of a class never predicted) counts as 0.
    public var macro: Averages? {
        let present = (0..<classCount).filter { confusion.rowCount(of: $0) + predictedCount($0) > 0 }
        return averages(of: present, weights: present.map { _ in 1 })
    }

    /// The mean over the classes, each counting as many times as it has rows.
    public var weighted: Averages? {
        averages(of: Array(0..<classCount), weights: (0..<classCount).map { Double(confusion.rowCount(of: $0)) })
    }

    /// From the sums of hits and misses over the classes. A row has one class and one prediction, so that each false
    /// positive is another class's false negative, and all three are the accuracy.
    public var micro: Averages? { accuracy.map { Averages(precision: $0, recall: $0, f1: $0) } }

    private func averages(of classes: [Int], weights: [Double]) -> Averages? {
        let total = weights.reduce(0, +)
        guard total > 0 else { return nil }
        func average(_ value: (Int) -> Double?) -> Double {
            zip(classes, weights).reduce(0) { $0 + (value($1.0) ?? 0) * $1.1 } / total
        }
        return Averages(precision: average(precision), recall: average(recall), f1: average(f1))
    }

    /// The correlation of classes and predictions (Matthews, 1975; for several classes Gorodkin, 2004); nil where all
    /// rows are of one class, or predicted to be.
    public var matthewsCorrelation: Double? {
        let n = Double(rowCount)
        var (hits, products, ofLabels, ofPredictions) = (0.0, 0.0, 0.0, 0.0)
        for label in 0..<classCount {
            let (rows, predicted) = (Double(confusion.rowCount(of: label)), Double(predictedCount(label)))
            hits += Double(confusion[label, label])
            products += rows * predicted
            ofLabels += rows * rows
            ofPredictions += predicted * predicted
        }
        let scale = (n * n - ofLabels) * (n * n - ofPredictions)
        return scale > 0 ? (hits * n - products) / scale.squareRoot() : nil
    }

    /// The agreement beyond that of chance, (pₒ − pₑ) / (1 − pₑ) (Cohen, 1960); nil where chance alone agrees fully.
    public var cohenKappa: Double? {
        guard let accuracy else { return nil }
        let squared = Double(rowCount) * Double(rowCount)
        let chance = (0..<classCount).reduce(0) { sum, label in
            sum + Double(confusion.rowCount(of: label)) * Double(predictedCount(label)) / squared
        }
        return chance < 1 ? (accuracy - chance) / (1 - chance) : nil
    }

    private func predictedCount(_ label: Int) -> Int {
        (0..<classCount).reduce(0) { $0 + confusion[$1, label] }
    }

    private static func share(_ count: Int, of total: Int) -> Double? {
        total > 0 ? Double(count) / Double(total) : nil
    }
}

extension ConfusionMatrix {
    /// How many samples are of the class `label`.
    public func rowCount(of label: Int) -> Int { (0..<classes).reduce(0) { $0 + self[label, $1] } }
}
