internal import LinearAlgebra

/// What all pixels of images have in common, gone through once.
struct PixelSummary {
    let lowest: Float
    let highest: Float
    /// The mean value of each image, `[n]`.
    let imageMeans: [Double]
    /// The mean image of each class, `[classes][d]`.
    let means: [[Float]]
    private let lowestCount: Int
    private let valueCount: Int

    init(_ rows: Matrix<Float>, labels: [Int]?, classCount: Int) {
        let width = rows.columnCount
        var (lowest, highest, lowestCount) = (Float.infinity, -Float.infinity, 0)
        var imageMeans: [Double] = []
        var sums = [Float](repeating: 0, count: classCount * width)
        var counts = [Float](repeating: 0, count: classCount)
        rows.withSpan { values in
            for row in 0..<rows.rowCount {
                let start = row * width
                let base = labels.map { $0[row] * width }
                if let labels { counts[labels[row]] += 1 }
                var sum: Float = 0
                for column in 0..<width {
                    let value = values[start + column]
                    sum += value
                    if value < lowest { (lowest, lowestCount) = (value, 0) }
                    if value == lowest { lowestCount += 1 }
                    if value > highest { highest = value }
                    if let base { sums[base + column] += value }
                }
                imageMeans.append(Double(sum) / Double(max(width, 1)))
            }
        }
        means = (0..<classCount).map { label in
            (0..<width).map { sums[label * width + $0] / max(counts[label], 1) }
        }
        (self.lowest, self.highest, self.lowestCount, self.imageMeans) = (lowest, highest, lowestCount, imageMeans)
        valueCount = rows.rowCount * width
    }

    /// Whether so large a share of all pixels has the lowest value.
    func isSparse(atLeast share: Double) -> Bool { Double(lowestCount) >= share * Double(valueCount) }
}
