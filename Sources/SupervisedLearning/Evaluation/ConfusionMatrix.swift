/// How often each class was taken for each.
public struct ConfusionMatrix: Sendable, Equatable {
    public let classes: Int
    /// `[classes · classes]`: row by row, how many samples of one class were predicted to be of each.
    public let counts: [Int]

    /// - Precondition: labels and predictions are as many, and all lie in 0 ..< classes.
    public init(labels: [Int32], predictions: [Int32], classes: Int) {
        precondition(labels.count == predictions.count, "\(labels.count) labels, \(predictions.count) predictions")
        var counts = [Int](repeating: 0, count: classes * classes)
        for (label, prediction) in zip(labels, predictions) { counts[Int(label) * classes + Int(prediction)] += 1 }
        self.classes = classes
        self.counts = counts
    }

    /// How many samples of the class `label` were predicted to be of the class `prediction`.
    public subscript(label: Int, prediction: Int) -> Int { counts[label * classes + prediction] }

    /// The share of all samples that were predicted right.
    public var accuracy: Double {
        Double((0..<classes).reduce(0) { $0 + self[$1, $1] }) / Double(counts.reduce(0, +))
    }

    /// Of the samples of a class, the share that was found; NaN where there are none.
    public func recall(_ label: Int) -> Double {
        Double(self[label, label]) / Double((0..<classes).reduce(0) { $0 + self[label, $1] })
    }

    /// Of the samples predicted to be of a class, the share that is; NaN where there are none.
    public func precision(_ label: Int) -> Double {
        Double(self[label, label]) / Double((0..<classes).reduce(0) { $0 + self[$1, label] })
    }
}
