import Fledge

/// Classifiers: a run, and what can be asked of their probabilities.
enum ClassificationPlates {
    static let all = [
        RunPlates.plate(
            of: "fashion-mnist-fit",
            shows: "A classifier of images: losses, accuracy, which classes are taken for which.",
            command: "fledge fit fashion-mnist"),
        RunPlates.plate(
            of: "digits-fit", shows: "The same for digits.", command: "fledge fit digits"),
        Plate(
            "classifier",
            shows: "ROC and precision–recall curves of three classes against the rest, the reliability of the "
                + "stated confidence with its histogram, and the confusion matrix.",
            data: "`Data/classifier.csv`, made by `Gallery --data`: the probabilities that a network of 16 hidden "
                + "units gives 797 digits after 40 epochs on 1,000 others.", draw: classifier),
    ]

    private static func classifier(_ folder: GalleryFolder) throws -> Figure {
        let table = try folder.table("classifier.csv")
        let labels = try table.integers("label")
        let probabilities = try (0..<10).map { try table.numbers("\($0)") }
        let predicted = labels.indices.map { row in
            (0..<10).max { (probabilities[$0][row], $1) < (probabilities[$1][row], $0) } ?? 0
        }
        var confusion = Array(repeating: Array(repeating: 0, count: 10), count: 10)
        for (label, prediction) in zip(labels, predicted) { confusion[label][prediction] += 1 }
        let classes = [1, 8, 9]
        let scores = classes.map { digit in probabilities[digit].map { Float($0) } }
        let isDigit = classes.map { digit in labels.map { $0 == digit } }
        let characteristics = zip(scores, isDigit).map { ReceiverOperatingCharacteristic(scores: $0, isPositive: $1) }
        let precisions = zip(scores, isDigit).map { PrecisionRecall(scores: $0, isPositive: $1) }
        let accuracy = Double(zip(labels, predicted).count { $0 == $1 }) / Double(labels.count)
        let confidence = labels.indices.map { probabilities[predicted[$0]][$0] }
        return Figure(
            title: "\(NumberText.fixed(100 * accuracy, decimals: 1)) % of the digits are classified correctly",
            subtitle: "\(labels.count) digits that the network was not fitted to",
            width: 760, rowHeights: [165, 190], metadata: [("Command", "make gallery")]
        ) {
            Panel(
                "One digit against the rest",
                LineChart.receiverOperatingCharacteristic(
                    zip(classes, characteristics).map { digit, ranking in
                        Series(
                            "\(digit): area \(NumberText.fixed(ranking.area, decimals: 3))",
                            x: ranking.curve.x, y: ranking.curve.y)
                    }))
            Panel(
                "Precision when so many are found", column: 1,
                LineChart.precisionRecall(
                    zip(classes, precisions).map { digit, ranking in
                        Series(
                            "\(digit): mean \(NumberText.fixed(ranking.averagePrecision, decimals: 3))",
                            x: ranking.curve.x, y: ranking.curve.y)
                    }, baseRate: 0.1))
            Panel(
                "Reliability", row: 1, caption: "vertical lines: 95 % interval",
                ReliabilityDiagram(
                    [.init(nil, bins(confidence, isCorrect: zip(labels, predicted).map { $0 == $1 }))],
                    x: "stated probability of the predicted class", y: "share that is right", count: "digits"))
            Panel(
                "Confusion, % of the true class", row: 1, column: 1,
                HeatMap.confusion(confusion, classes: (0..<10).map { "\($0)" }))
        }
    }

    /// Ten bins of equal width with Wilson's interval (1927) for the share that is right.
    private static func bins(_ confidence: [Double], isCorrect: [Bool]) -> [ReliabilityDiagram.Bin] {
        Calibration(confidences: confidence.map { Float($0) }, isCorrect: isCorrect, binCount: 10).bins.map { bin in
            let (n, z) = (Double(bin.count), 1.96)
            let center = (bin.accuracy + z * z / (2 * n)) / (1 + z * z / n)
            let variance = bin.accuracy * (1 - bin.accuracy) / n + z * z / (4 * n * n)
            let half = z / (1 + z * z / n) * variance.squareRoot()
            return .init(
                predicted: bin.confidence, observed: bin.accuracy,
                interval: max(center - half, 0)...min(center + half, 1), count: bin.count)
        }
    }
}
