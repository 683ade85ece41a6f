internal import Datasets
internal import FileFormats
internal import LinearAlgebra
internal import Randomness
internal import SupervisedLearning

/// What the figures of a fit show beyond its metrics.
///
/// | name in the archive | shape | what it is |
/// |---|---|---|
/// | `confusion` | `[classes · classes]` | test rows of each class that were taken for each |
/// | `mistakes` | `[mistakes, d]` | the test rows most confidently taken for a wrong class |
/// | `mistakeClasses`, `mistakePredictions`, `mistakeProbabilities` | `[mistakes]` | what they are, what they were taken for, and how surely |
/// | `values`, `predictions` | `[shown]` | the first test rows' values and what was predicted |
/// | `curvePoints` | `[2 · classes]` | points of each class's receiver operating characteristic, then precision–recall curve |
/// | `curveX`, `curveY` | `[Σ curvePoints]` | these points |
/// | `areas` | `[2, classes]` | areas under the characteristics, average precisions |
/// | `calibration` | `[bins, 3]` | mean confidence, share right, rows |
/// | `importances` | `[d, repeats]` | the loss of score when a column is shuffled |
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
        /// Names of the columns whose importance was measured; nil where it was not.
        var columnNames: [String]?
        /// Whether the predictions are those of the folds of a cross-validation; nil in runs of earlier versions.
        var isOutOfFold: Bool?
        /// All that was measured on the test rows; nil in runs of earlier versions.
        var metrics: [String: Double]?
    }

    /// As many as a figure has room for.
    private static let mostMistakes = 6
    private static let mostPoints = 3000
    /// More classes have no curves of their own.
    static let mostCurves = 10
    /// Points of a curve as near to each other as this are one.
    private static let curveDistance = 1.0 / 400
    static let calibrationBins = 15
    /// Importance is measured of tables of at most so many columns, on so many rows.
    private static let (mostColumns, mostImportanceRows) = (50, 500)
    static let importanceRepeats = 5

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
    var curvePoints: [Int32] = []
    var curveX: [Float] = []
    var curveY: [Float] = []
    var areas: [Double] = []
    var calibration: [Double] = []
    var importances: [Double] = []

    /// - Parameters:
    ///   - evaluation: of `test`.
    ///   - isOutOfFold: whether the predictions are those of the folds of a cross-validation.
    /// - Throws: `SamplesError` if the network does not fit the samples.
    init(
        _ network: FittedNetwork, _ evaluation: FittedNetwork.Evaluation, test: Samples, trainingCount: Int,
        isOutOfFold: Bool = false
    ) throws {
        var classNames = test.classNames
        if case .classes(_, let count) = test.targets, classNames.isEmpty { classNames = (0..<count).map(String.init) }
        summary = Summary(
            accuracy: evaluation.accuracy, loss: evaluation.loss, trainingCount: trainingCount,
            testCount: test.rowCount, classNames: classNames, targetName: test.targetName,
            picture: DataPicture(test))
        summary.isOutOfFold = isOutOfFold
        summary.metrics = [:]
        for metric in evaluation.scores.metrics { summary.metrics?[metric.name] = metric.value }
        let outputs = evaluation.predictions
        switch test.targets {
        case .values(let matrix):
            values = Array(matrix.array.prefix(Self.mostPoints))
            predictions = Array(outputs.array.prefix(Self.mostPoints))
        case .classes(let labels, _):
            confusion = evaluation.confusion?.counts.map { Int64($0) } ?? []
            keepMistakes(outputs, labels, test.features)
            measureScores(outputs, labels)
        }
        try measureImportance(network, test)
    }

    /// The curves over all thresholds of each class against the others, and whether probabilities mean what they say.
    private mutating func measureScores(_ probabilities: Matrix<Float>, _ labels: [Int32]) {
        let classes = probabilities.columnCount
        var confidences: [Float] = []
        var isCorrect: [Bool] = []
        for row in labels.indices {
            let shares = probabilities.row(row)
            let prediction = shares.indices.max { shares[$0] < shares[$1] } ?? 0
            confidences.append(shares[prediction])
            isCorrect.append(prediction == Int(labels[row]))
        }
        calibration = Calibration(confidences: confidences, isCorrect: isCorrect, binCount: Self.calibrationBins).bins
            .flatMap { [$0.confidence, $0.accuracy, Double($0.count)] }
        guard classes <= Self.mostCurves else { return }
        var curves: [ThresholdCurve] = [], precisions: [ThresholdCurve] = []
        var averages: [Double] = []
        for label in 0..<classes {
            let scores = (0..<labels.count).map { probabilities[$0, label] }
            let isPositive = labels.map { Int($0) == label }
            let characteristic = ReceiverOperatingCharacteristic(scores: scores, isPositive: isPositive)
            let precisionRecall = PrecisionRecall(scores: scores, isPositive: isPositive)
            curves.append(characteristic.curve.thinned(to: Self.curveDistance))
            precisions.append(precisionRecall.curve.thinned(to: Self.curveDistance))
            areas.append(characteristic.area)
            averages.append(precisionRecall.averagePrecision)
        }
        areas += averages
        for curve in curves + precisions {
            curvePoints.append(Int32(curve.x.count))
            curveX += curve.x.map { Float($0) }
            curveY += curve.y.map { Float($0) }
        }
    }

    /// What the network loses when a column of the test rows is shuffled: in accuracy, or in the share of variance that it
    /// explains.
    private mutating func measureImportance(_ network: FittedNetwork, _ test: Samples) throws {
        guard summary.picture == nil, let names = test.columnNames, (2...Self.mostColumns).contains(names.count) else {
            return
        }
        var random = RandomStream(seed: 0, purpose: "permutation importance")
        let sample = test.rows(Array(0..<Int32(min(test.rowCount, Self.mostImportanceRows))))
        let importance = try PermutationImportance(
            columnCount: names.count, rowCount: sample.rowCount, repeats: Self.importanceRepeats, using: &random
        ) { column, order in
            let shuffled = column.map { sample.features.shuffling($0, order) } ?? sample.features
            let predictions = try network.predictions(for: shuffled)
            return try network.evaluation(of: predictions, beside: sample).scores.primary.value ?? 0
        }
        importances = importance.losses.flatMap(\.self)
        summary.columnNames = names
    }

    private mutating func keepMistakes(_ probabilities: Matrix<Float>, _ labels: [Int32], _ features: RawFeatures) {
        // Only images can be shown.
        guard case .matrix(let features, _) = features, summary.picture != nil else { return }
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
        archive.set("curvePoints", curvePoints)
        archive.set("curveX", curveX)
        archive.set("curveY", curveY)
        archive.set("areas", areas)
        archive.set("calibration", calibration)
        archive.set("importances", importances)
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
        // Runs of earlier versions have none.
        guard archive.array("curvePoints") != nil else { return }
        curvePoints = try archive.int32s("curvePoints")
        let points = curvePoints.reduce(0) { $0 + Int($1) }
        curveX = try archive.floats("curveX", shape: [points])
        curveY = try archive.floats("curveY", shape: [points])
        areas = try archive.doubles("areas", shape: [curvePoints.count])
        calibration = try archive.doubles("calibration")
        importances = try archive.doubles(
            "importances", shape: [(summary.columnNames?.count ?? 0) * Self.importanceRepeats])
    }
}

extension StoredRun.Seed {
    /// Whether its model was measured on a test part.
    var hasTest: Bool { (try? FittingDrawing(drawing)).map { $0.summary.isOutOfFold != true } ?? false }
}

extension Samples {
    /// Names of the columns of a table or of numbers; nil for other samples.
    fileprivate var columnNames: [String]? {
        switch features {
        case .table(let table): table.columns.filter(\.inference.isFeature).map(\.name)
        case .matrix(let matrix, image: nil): Dataset.columnNames(count: matrix.columnCount, imageShape: nil)
        default: nil
        }
    }
}

extension RawFeatures {
    /// The same with the values of one column, among those that are features, in another order.
    fileprivate func shuffling(_ index: Int, _ order: [Int32]) -> RawFeatures {
        switch self {
        case .table(let table):
            let name = table.columns.filter(\.inference.isFeature)[index].name
            let rows = order.map { Int($0) }
            return .table(table.replacing(name) { $0.rows(rows) })
        case .matrix(let features, let image):
            let original = features.floats()
            var shuffled = original
            for (row, other) in order.enumerated() { shuffled[row, index] = original[Int(other), index] }
            return .matrix(.floats(shuffled), image: image)
        case .texts, .ratings: return self
        }
    }
}
