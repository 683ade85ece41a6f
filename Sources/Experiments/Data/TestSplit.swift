internal import Datasets
internal import Randomness

/// The rows to learn from and those to test on: the data set's own test part, or a share of its rows that is the same
/// for every run.
struct TestSplit {
    let training: Dataset.Part
    let test: Dataset.Part

    /// - Throws: `ExperimentError` if there are too few rows for both.
    init(_ dataset: Dataset, share: Double) throws {
        if let test = dataset.test {
            self.training = dataset.training
            self.test = test
            return
        }
        let count = dataset.training.features.rowCount
        let testCount = Int((share * Double(count)).rounded())
        guard testCount > 0, testCount < count else {
            throw ExperimentError(.badData, "\(dataset.name) has \(count) rows, too few to put some aside for a test")
        }
        var order = (0..<Int32(count)).map(\.self)
        var random = RandomStream(seed: 0, purpose: "test rows")
        random.shuffle(&order)
        test = dataset.training.rows(order.prefix(testCount).sorted().map { Int($0) })
        training = dataset.training.rows(order.dropFirst(testCount).sorted().map { Int($0) })
    }
}
