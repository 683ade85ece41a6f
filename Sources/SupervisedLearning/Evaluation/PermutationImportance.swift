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
    ///   - repeats: how often each column is shuffled.
    ///   - score: how well the model does when a column's values stand in this order of rows, or on the rows as they are;
    ///     larger is better.
    public init(
        columnCount: Int, rowCount: Int, repeats: Int = 5, using random: inout RandomStream,
        score: (_ column: Int?, _ order: [Int32]) throws -> Double
    ) rethrows {
        precondition(repeats > 0, "\(repeats) shufflings")
        let inOrder = (0..<Int32(rowCount)).map(\.self)
        let original = try score(nil, inOrder)
        self.score = original
        var losses: [[Double]] = []
        for column in 0..<columnCount {
            var ofColumn: [Double] = []
            for _ in 0..<repeats {
                var order = inOrder
                random.shuffle(&order)
                ofColumn.append(original - (try score(column, order)))
            }
            losses.append(ofColumn)
        }
        self.losses = losses
    }

    /// - Parameters:
    ///   - rows: `[n, d]`, rows that the model was not fitted to.
    ///   - repeats: how often each column is shuffled.
    ///   - score: how well the model does on rows in this order; larger is better.
    public init(
        of rows: Matrix<Float>, repeats: Int = 5, using random: inout RandomStream,
        score: (Matrix<Float>) throws -> Double
    ) rethrows {
        try self.init(columnCount: rows.columnCount, rowCount: rows.rowCount, repeats: repeats, using: &random) {
            column, order in
            guard let column else { return try score(rows) }
            var shuffled = rows
            for (row, other) in order.enumerated() { shuffled[row, column] = rows[Int(other), column] }
            return try score(shuffled)
        }
    }
}
