public import LinearAlgebra
public import Randomness

/// How much worse a model does when a column is shuffled among the rows, which cuts its tie with the others and with what
/// is predicted (Breiman, 2001; Fisher, Rudin and Dominici, 2019).
public struct PermutationImportance: Sendable, Equatable {
    /// The score on the rows as they are.
    public let score: Double
    /// The loss of score at each shuffling, `[d][repeats]`.
    public let losses: [[Double]]

    /// The mean loss of score of each column, `[d]`.
    public var means: [Double] { losses.map { $0.reduce(0, +) / Double($0.count) } }

    /// - Parameters:
    ///   - rows: `[n, d]`, rows that the model was not fitted to.
    ///   - repeats: how often each column is shuffled.
    ///   - score: how well the model does on rows in this order; larger is better.
    public init(
        of rows: Matrix<Float>, repeats: Int = 5, using random: inout RandomStream,
        score: (Matrix<Float>) throws -> Double
    ) rethrows {
        precondition(repeats > 0, "\(repeats) shufflings")
        let original = try score(rows)
        self.score = original
        var losses: [[Double]] = []
        for column in 0..<rows.columnCount {
            var ofColumn: [Double] = []
            for _ in 0..<repeats {
                var order = (0..<Int32(rows.rowCount)).map(\.self)
                random.shuffle(&order)
                var shuffled = rows
                for (row, other) in order.enumerated() { shuffled[row, column] = rows[Int(other), column] }
                ofColumn.append(original - (try score(shuffled)))
            }
            losses.append(ofColumn)
        }
        self.losses = losses
    }
}
