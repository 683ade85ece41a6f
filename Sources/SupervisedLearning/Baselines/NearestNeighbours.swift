public import LinearAlgebra
public import Randomness

/// What the training rows nearest to a row are: the shares of their classes, or the mean of their values (Cover and
/// Hart, 1967). Distances are Euclidean in standardised features, found by comparing with every training row.
public struct NearestNeighbours: Predictor {
    /// How many neighbours are asked.
    public let count: Int
    private let scale: Standardization
    /// The standardised training rows, `[d, m]`.
    private let transposed: Matrix<Float>
    /// Their squared lengths, `[m]`.
    private let squares: [Float]
    private let targets: Targets

    /// With more training rows than this a random part of them is taken: ten thousand test rows of 784 pixels then take
    /// a few seconds.
    public static let rowLimit = 10_000

    /// - Parameters:
    ///   - features: `[n, d]`, finite.
    ///   - count: how many neighbours, at least 1; all where there are fewer rows.
    /// - Precondition: there is a target for each row, and there are rows.
    public init(
        features: Matrix<Float>, targets: Targets, count: Int = 5, rowLimit: Int = rowLimit,
        using random: inout RandomStream
    ) {
        precondition(
            features.rowCount == targets.rowCount && features.rowCount > 0,
            "\(features.rowCount) rows of features, \(targets.rowCount) targets")
        precondition(count >= 1, "\(count) neighbours")
        let rows = BaselineRows.sample(of: features.rowCount, limit: rowLimit, using: &random)
        self.count = min(count, rows.count)
        scale = Standardization(of: features, rows: rows)
        let standardized = scale(features.rows(rows.lazy.map { Int($0) }))
        let columns = features.columnCount
        squares = standardized.withSpan { values in
            rows.indices.map { row in
                var sum: Float = 0
                for column in 0..<columns { sum += values[row * columns + column] * values[row * columns + column] }
                return sum
            }
        }
        transposed = standardized.transposed
        self.targets = targets.rows(rows)
    }

    public func predictions(for features: Matrix<Float>) -> Matrix<Float> {
        let outputs = targets.outputCount
        var predictions = Matrix<Float>(rows: features.rowCount, columns: outputs, repeating: 0)
        let blockSize = 256
        for start in stride(from: 0, to: features.rowCount, by: blockSize) {
            let block = start..<min(start + blockSize, features.rowCount)
            // |x − y|² = |x|² − 2 x·y + |y|², where |x|² is the same for all y.
            let products = scale(features.rows(block)).multiply(transposed)
            for row in block {
                for neighbour in nearest(toRow: row - start, of: products) {
                    switch targets {
                    case .classes(let labels, _): predictions[row, Int(labels[neighbour])] += 1 / Float(count)
                    case .values(let values):
                        for column in 0..<outputs {
                            predictions[row, column] += values[neighbour, column] / Float(count)
                        }
                    }
                }
            }
        }
        return predictions
    }

    /// The training rows with the smallest distances, the nearest first; of equals the earlier.
    private func nearest(toRow row: Int, of products: Matrix<Float>) -> [Int] {
        var nearest: [(distance: Float, row: Int)] = []
        products.withSpan { products in
            for other in squares.indices {
                let distance = squares[other] - 2 * products[row * squares.count + other]
                if nearest.count == count {
                    guard distance < nearest[count - 1].distance else { continue }
                    nearest.removeLast()
                }
                var place = nearest.count
                while place > 0, nearest[place - 1].distance > distance { place -= 1 }
                nearest.insert((distance, other), at: place)
            }
        }
        return nearest.map(\.row)
    }
}
