public import LinearAlgebra
internal import Randomness

/// What predicts as a network does: the simple models beside which a network shows what it is worth are quick, and
/// without settings that need a search.
public protocol Predictor: Sendable {
    /// What a network would put out for features `[n, d]` in their own units: `[n, outputs]`, the probabilities of the
    /// classes, or the values.
    func predictions(for features: Matrix<Float>) -> Matrix<Float>
}

/// The rows that a baseline learns from, where there are more than it can do with quickly.
enum BaselineRows {
    /// All of `count` rows, or a random `limit` of them; ascending.
    static func sample(of count: Int, limit: Int, using random: inout RandomStream) -> [Int32] {
        var rows = Array(0..<Int32(count))
        guard count > limit else { return rows }
        random.shuffle(&rows)
        return rows.prefix(limit).sorted()
    }
}

extension Matrix<Float> {
    /// `[d, n]` of `[n, d]`.
    var transposed: Matrix<Float> {
        var result = Matrix(rows: columnCount, columns: rowCount, repeating: 0)
        withSpan { values in
            result.withMutableSpan { result in
                for row in 0..<rowCount {
                    for column in 0..<columnCount {
                        result[column * rowCount + row] = values[row * columnCount + column]
                    }
                }
            }
        }
        return result
    }
}

extension Targets {
    /// Those of some rows, in this order.
    func rows(_ rows: [Int32]) -> Targets {
        switch self {
        case .classes(let labels, let count): .classes(rows.map { labels[Int($0)] }, count: count)
        case .values(let matrix): .values(matrix.rows(rows.lazy.map { Int($0) }))
        }
    }
}
