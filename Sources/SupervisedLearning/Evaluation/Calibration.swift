/// Whether probabilities mean what they say: of the rows predicted with a confidence of about p, is the share p right?
/// (Guo, Pleiss, Sun and Weinberger, 2017.)
public struct Calibration: Sendable, Equatable {
    /// The rows whose confidence lies in one of equally wide intervals.
    public struct Bin: Sendable, Equatable {
        /// The mean confidence of its rows.
        public let confidence: Double
        /// The share of them that is right.
        public let accuracy: Double
        public let count: Int
    }

    /// Those that have rows, ascending.
    public let bins: [Bin]

    /// - Parameters:
    ///   - confidences: the probability of the predicted class of each row, `[n]`.
    ///   - isCorrect: whether it is right, `[n]`.
    ///   - binCount: how many intervals 0 … 1 is divided into, each with its upper end.
    public init(confidences: [Float], isCorrect: [Bool], binCount: Int = 15) {
        precondition(
            confidences.count == isCorrect.count, "\(confidences.count) confidences, \(isCorrect.count) answers")
        precondition(binCount > 0, "\(binCount) bins")
        var sums = [Double](repeating: 0, count: binCount)
        var correct = [Int](repeating: 0, count: binCount)
        var counts = correct
        for (confidence, isCorrect) in zip(confidences, isCorrect) {
            let place = (Double(confidence) * Double(binCount)).rounded(.up) - 1
            let bin = min(max(Int(place.isNaN ? 0 : place), 0), binCount - 1)
            sums[bin] += Double(confidence)
            counts[bin] += 1
            if isCorrect { correct[bin] += 1 }
        }
        bins = (0..<binCount).filter { counts[$0] > 0 }.map { bin in
            Bin(
                confidence: sums[bin] / Double(counts[bin]), accuracy: Double(correct[bin]) / Double(counts[bin]),
                count: counts[bin])
        }
    }

    /// The expected calibration error: Σ nᵦ/n · |accuracy − confidence| over the bins (eq. 3).
    public var expectedError: Double {
        let total = bins.reduce(0) { $0 + $1.count }
        return bins.reduce(0) { $0 + Double($1.count) / Double(total) * abs($1.accuracy - $1.confidence) }
    }
}
