internal import Datasets
internal import FileFormats
internal import LinearAlgebra
internal import SupervisedLearning

/// What the figure of a fit shows beyond its metrics.
struct FittingDrawing {
    /// The numbers and names in the figure.
    struct Summary: Codable, Equatable {
        var accuracy: Double?
        var loss: Double
        var trainingCount: Int
        var testCount: Int
        var classNames: [String]
        var targetName: String?
        var picture: DataPicture?
    }

    /// As many as a figure has room for.
    private static let mostMistakes = 6
    private static let mostPoints = 3000

    var summary: Summary
    /// How many test rows of each class (row) were taken for each class (column), `[classes, classes]`.
    var confusion: [Int64] = []
    /// The test rows that were most confidently taken for a wrong class, `[mistakes, d]`.
    var mistakes: [Float] = []
    /// The class, the predicted class and its probability of each mistake.
    var mistakeClasses: [Int32] = []
    var mistakePredictions: [Int32] = []
    var mistakeProbabilities: [Float] = []
    /// The first test rows' values and what was predicted for them.
    var values: [Float] = []
    var predictions: [Float] = []

    /// - Throws: `SamplesError` if the network does not fit the samples.
    init(
        _ network: FittedNetwork, _ evaluation: FittedNetwork.Evaluation, test: Samples, trainingCount: Int,
        of dataset: Dataset
    ) throws {
        summary = Summary(
            accuracy: evaluation.accuracy, loss: evaluation.loss, trainingCount: trainingCount,
            testCount: test.features.rowCount, classNames: dataset.classNames ?? [], targetName: dataset.targetName,
            picture: DataPicture(dataset))
        let outputs = try network.predictions(for: test.features)
        switch test.targets {
        case .values(let matrix):
            values = Array(matrix.array.prefix(Self.mostPoints))
            predictions = Array(outputs.array.prefix(Self.mostPoints))
        case .classes(let labels, _):
            confusion = evaluation.confusion?.counts.map { Int64($0) } ?? []
            keepMistakes(outputs, labels, test.features)
        }
    }

    private mutating func keepMistakes(_ probabilities: Matrix<Float>, _ labels: [Int32], _ features: Features) {
        var wrong: [(row: Int, prediction: Int, probability: Float)] = []
        for row in labels.indices {
            let shares = probabilities.row(row)
            guard let prediction = shares.indices.max(by: { shares[$0] < shares[$1] }) else { continue }
            if prediction != Int(labels[row]) { wrong.append((row, prediction, shares[prediction])) }
        }
        let worst = wrong.sorted { ($1.probability, $0.row) < ($0.probability, $1.row) }.prefix(Self.mostMistakes)
        mistakes = features.rows(worst.map(\.row)).floats().array
        mistakeClasses = worst.map { labels[$0.row] }
        mistakePredictions = worst.map { Int32($0.prediction) }
        mistakeProbabilities = worst.map(\.probability)
    }

    func archive() throws -> Archive {
        var archive = Archive()
        try archive.encode("summary", summary)
        archive.set("confusion", confusion)
        archive.set("mistakes", mistakes)
        archive.set("mistakeClasses", mistakeClasses)
        archive.set("mistakePredictions", mistakePredictions)
        archive.set("mistakeProbabilities", mistakeProbabilities)
        archive.set("values", values)
        archive.set("predictions", predictions)
        return archive
    }

    /// - Throws: `FileFormatError` if something is missing or does not fit.
    init(_ archive: Archive) throws {
        summary = try archive.decode("summary")
        let classes = summary.classNames.count
        confusion = try archive.int64s("confusion", shape: [classes * classes])
        mistakeClasses = try archive.int32s("mistakeClasses")
        mistakePredictions = try archive.int32s("mistakePredictions", shape: [mistakeClasses.count])
        mistakeProbabilities = try archive.floats("mistakeProbabilities", shape: [mistakeClasses.count])
        mistakes = try archive.floats("mistakes")
        values = try archive.floats("values")
        predictions = try archive.floats("predictions", shape: [values.count])
    }
}
