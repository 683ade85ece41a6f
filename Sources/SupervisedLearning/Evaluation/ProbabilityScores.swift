internal import LinearAlgebra

/// What depends on the probabilities themselves.
extension ClassificationScores {
    /// The mean of −log p of the rows' classes, in nats. A probability below 2⁻²³, the precision of a 32-bit number,
    /// counts as that much, so that one row can cost no more than 15.9.
    public var logLoss: Double? { rowLosses.mean }

    /// The mean squared difference between probabilities and what was (Brier, 1950): of two classes that of class 1,
    /// within 0 … 1; of more the sum over the classes, within 0 … 2.
    public var brier: Double? {
        guard rowCount > 0, classCount > 0 else { return nil }
        var sum = 0.0
        for row in labels.indices {
            for column in (classCount == 2 ? 1 : 0)..<classCount {
                let difference = Double(probabilities[row, column]) - (Int(labels[row]) == column ? 1 : 0)
                sum += difference * difference
            }
        }
        return sum / Double(rowCount)
    }

    /// Of the rows, how confident the predictions are and how often they are right.
    public func calibration(bins: Int = 15) -> Calibration {
        Calibration(
            confidences: labels.indices.map { probabilities[$0, Int(predictions[$0])] },
            isCorrect: zip(labels, predictions).map { $0 == $1 }, binCount: bins)
    }

    /// The expected calibration error, over 15 intervals of confidence.
    public var calibrationError: Double? { rowCount > 0 ? calibration().expectedError : nil }

    /// The share of rows whose class is among the `count` likeliest; of equally likely classes the first come first.
    public func topAccuracy(_ count: Int) -> Double? {
        precondition(count > 0, "the \(count) likeliest classes")
        guard rowCount > 0 else { return nil }
        let hits = labels.indices.count { row in
            let label = Int(labels[row])
            let own = probabilities[row, label]
            let before = (0..<classCount).count { column in
                probabilities[row, column] > own || (probabilities[row, column] == own && column < label)
            }
            return before < count
        }
        return Double(hits) / Double(rowCount)
    }

    /// The area under the receiver operating characteristic: of two classes that of class 1; of more the mean over the
    /// classes, each against the rest, leaving out those that no row or every row is of. Nil where none is left.
    public var areaUnderROC: Double? { meanOverClasses(areaUnderROC) }

    /// That of one class against the rest; nil where no row or every row is of it.
    public func areaUnderROC(_ label: Int) -> Double? {
        let count = confusion.rowCount(of: label)
        guard count > 0, count < rowCount else { return nil }
        let (scores, isPositive) = oneAgainstRest(label)
        return ReceiverOperatingCharacteristic(scores: scores, isPositive: isPositive).area
    }

    /// The area under the precision–recall curve as a sum of steps: of two classes that of class 1; of more the mean
    /// over the classes that have rows, each against the rest. Nil where there are none.
    public var averagePrecision: Double? { meanOverClasses(averagePrecision) }

    /// That of one class against the rest; nil where no row is of it.
    public func averagePrecision(_ label: Int) -> Double? {
        guard confusion.rowCount(of: label) > 0 else { return nil }
        let (scores, isPositive) = oneAgainstRest(label)
        return PrecisionRecall(scores: scores, isPositive: isPositive).averagePrecision
    }

    private func meanOverClasses(_ value: (Int) -> Double?) -> Double? {
        classCount == 2 ? value(1) : (0..<classCount).compactMap(value).mean
    }

    /// The probabilities of a class, and whether each row is of it: what a curve over all thresholds is drawn from.
    public func oneAgainstRest(_ label: Int) -> (scores: [Float], isPositive: [Bool]) {
        (labels.indices.map { probabilities[$0, label] }, labels.map { Int($0) == label })
    }
}
