internal import Glibc
internal import LinearAlgebra

/// Multinomial logistic regression (Cox, 1966): probabilities are the softmax of X W + b, and W and b the minimum of
/// Σ −log p + ½ λ ‖W‖², found by L-BFGS. Products of matrices are in single precision, all else in double.
struct LogisticRegression {
    /// `[d, classes]`
    let weights: Matrix<Float>
    /// `[classes]`, not penalised.
    let intercepts: [Float]

    /// - Parameter features: `[n, d]`, standardised.
    init(_ features: Matrix<Float>, labels: [Int32], classes: Int, penalty: Double) {
        let (n, d) = (features.rowCount, features.columnCount)
        let minimum = LimitedMemoryBFGS().minimum(from: [Double](repeating: 0, count: (d + 1) * classes)) { point in
            // The parameters are Wᵀ [classes, d], then b; so the thin products run along the rows of X.
            let logits = features.multiply(Self.weights(in: point, d, classes))
            var residuals = Matrix<Float>(rows: classes, columns: n, repeating: 0)
            var gradient = [Double](repeating: 0, count: point.count)
            var loss = 0.0
            residuals.withMutableSpan { residuals in
                logits.withSpan { logits in
                    var row = [Double](repeating: 0, count: classes)
                    for index in 0..<n {
                        for column in 0..<classes {
                            row[column] = Double(logits[index * classes + column]) + point[d * classes + column]
                        }
                        let label = Int(labels[index])
                        let ofLabel = row[label]
                        loss += Self.softmax(&row) - ofLabel
                        row[label] -= 1
                        for column in 0..<classes {
                            residuals[column * n + index] = Float(row[column])
                            gradient[d * classes + column] += row[column]
                        }
                    }
                }
            }
            let products = residuals.multiply(features)
            products.withSpan { products in
                for index in products.indices {
                    gradient[index] = Double(products[index]) + penalty * point[index]
                    loss += penalty / 2 * point[index] * point[index]
                }
            }
            return (loss / Double(n), gradient.map { $0 / Double(n) })
        }
        weights = Self.weights(in: minimum, d, classes)
        intercepts = minimum.suffix(classes).map { Float($0) }
    }

    private static func weights(in point: [Double], _ d: Int, _ classes: Int) -> Matrix<Float> {
        Matrix(rows: classes, columns: d, point.prefix(d * classes).map { Float($0) }).transposed
    }

    /// Makes probabilities of `row`; returns log Σ exp of it.
    static func softmax(_ row: inout [Double]) -> Double {
        let largest = row.max() ?? 0
        var sum = 0.0
        for index in row.indices {
            row[index] = exp(row[index] - largest)
            sum += row[index]
        }
        for index in row.indices { row[index] /= sum }
        return largest + log(sum)
    }
}
