internal import LinearAlgebra

/// Linear least squares with a penalty on the squared weights (Hoerl and Kennard, 1970), in closed form: the minimum of
/// ‖Y − X W‖² + λ ‖W‖² is W = (XᵀX + λI)⁻¹ XᵀY; with fewer rows than columns it is found as Xᵀ (XXᵀ + λI)⁻¹ Y, the same
/// with a smaller system.
struct RidgeRegression {
    /// XᵀX `[d, d]`, or XXᵀ `[n, n]`.
    private let products: [Double]
    private let size: Int
    private let isDual: Bool
    private let transposed: Matrix<Float>
    private let targets: Matrix<Float>

    /// - Parameters:
    ///   - features: X `[n, d]`, each column with mean 0.
    ///   - targets: Y `[n, outputs]`, likewise.
    init(_ features: Matrix<Float>, _ targets: Matrix<Float>) {
        transposed = features.transposed
        self.targets = targets
        isDual = features.rowCount < features.columnCount
        let factor = isDual ? transposed : features
        size = factor.columnCount
        // Products of a few rows in single precision, summed in double.
        var sums = [Double](repeating: 0, count: size * size)
        for start in stride(from: 0, to: factor.rowCount, by: 256) {
            let block = factor.rows(start..<min(start + 256, factor.rowCount)).transposedProduct
            block.withSpan { block in for index in sums.indices { sums[index] += Double(block[index]) } }
        }
        products = sums
    }

    /// W `[d, outputs]`; nil where rounding leaves nothing to be solved, as with λ = 0 and dependent columns.
    func weights(penalty: Double) -> Matrix<Float>? {
        var system = products
        for index in 0..<size { system[index * size + index] += penalty }
        guard let factor = Cholesky(system, size: size) else { return nil }
        let rightSides = isDual ? targets : transposed.multiply(targets)
        var solution = rightSides
        for output in 0..<targets.columnCount {
            let x = factor.solve((0..<size).map { Double(rightSides[$0, output]) })
            for row in 0..<size { solution[row, output] = Float(x[row]) }
        }
        return isDual ? transposed.multiply(solution) : solution
    }
}
