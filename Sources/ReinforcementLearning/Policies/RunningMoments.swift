import FileFormats

/// The mean and variance of each column of all rows seen so far, in double precision: batches are merged by Chan, Golub
/// and LeVeque, "Updating formulae and a pairwise algorithm for computing sample variances" (1979), equation 2.1.
///
/// As in Stable-Baselines3 it starts from mean 0 and variance 1 with the weight of 10⁻⁴ rows, so that the variance is
/// never 0 in the beginning.
public struct RunningMoments: Sendable, Equatable {
    /// [columns]
    public private(set) var mean: [Double]
    /// [columns], the population's variance (divided by the count).
    public private(set) var variance: [Double]
    public private(set) var count = 1e-4

    public init(columns: Int) {
        precondition(columns > 0, "\(columns) columns have no moments")
        mean = [Double](repeating: 0, count: columns)
        variance = [Double](repeating: 1, count: columns)
    }

    /// Takes the rows `rows` of `values`, [any, columns], into account.
    public mutating func merge<Element: BinaryFloatingPoint>(_ values: [Element], rows: Range<Int>) {
        guard !rows.isEmpty else { return }
        let columns = mean.count
        let batchCount = Double(rows.count)
        let total = count + batchCount
        for column in 0..<columns {
            var sum = 0.0
            for row in rows { sum += Double(values[row * columns + column]) }
            let batchMean = sum / batchCount
            var squares = 0.0
            for row in rows {
                let deviation = Double(values[row * columns + column]) - batchMean
                squares += deviation * deviation
            }
            let shift = batchMean - mean[column]
            mean[column] += shift * batchCount / total
            variance[column] =
                (variance[column] * count + squares + shift * shift * count * batchCount / total) / total
        }
        count = total
    }

    func save(into archive: inout Archive) {
        archive.set("mean", mean)
        archive.set("variance", variance)
        archive.set("count", [count])
    }

    mutating func restore(from archive: Archive) throws {
        let mean = try archive.doubles("mean", shape: [mean.count])
        let variance = try archive.doubles("variance", shape: [mean.count])
        let count = try archive.doubles("count", shape: [1])[0]
        (self.mean, self.variance, self.count) = (mean, variance, count)
    }
}
