internal import Datasets
internal import FileFormats
internal import LinearAlgebra
internal import UnsupervisedLearning

/// What the figure of an autoencoder shows beyond its metrics.
struct EncodingDrawing {
    /// The numbers and names in the figure.
    struct Summary: Codable, Equatable {
        var meanSquaredError: Double
        /// The share of the test rows' variance that the reconstructions keep; of all columns and of each.
        var keptVariance: Double
        var keptVarianceOfColumns: [Double]
        var codeSize: Int
        var trainingCount: Int
        var testCount: Int
        var columnNames: [String]
        var classNames: [String]
        /// The share of the codes' variance along the two axes of the scatter.
        var shownVariance: [Double]
        var picture: DataPicture?
    }

    private static let mostExamples = 10
    private static let mostShown = 3000

    var summary: Summary
    /// Test rows, one of each class where there are classes, and what became of them: `[examples, d]`.
    var originals: [Float]
    var reconstructions: [Float]
    /// The first test rows' codes on two principal components, `[shown, 2]`, and their classes.
    var places: [Float]
    var labels: [Int32]

    init(
        _ network: AutoencoderNetwork, error: Double, test: Dataset.Part, trainingCount: Int, of dataset: Dataset
    ) throws {
        let rows = test.features.floats()
        let copies = try network.reconstruct(test.features)
        let kept = KeptVariance(rows, copies)
        let examples = Self.examples(test)
        originals = rows.rows(examples).array
        reconstructions = copies.rows(examples).array
        let shown = 0..<min(test.features.rowCount, Self.mostShown)
        let codes = try network.encode(test.features.rows(shown))
        let axes = network.codeSize >= 2 && shown.count >= 2 ? PrincipalComponents(of: codes, count: 2) : nil
        places = axes?.projections(of: codes).array ?? []
        labels = axes == nil ? [] : test.labels.map { Array($0[shown]) } ?? []
        summary = Summary(
            meanSquaredError: error, keptVariance: kept.total, keptVarianceOfColumns: kept.columns,
            codeSize: network.codeSize, trainingCount: trainingCount, testCount: test.features.rowCount,
            columnNames: dataset.columnNames, classNames: dataset.classNames ?? [],
            shownVariance: axes?.explainedVarianceRatio ?? [], picture: DataPicture(dataset))
    }

    /// The first row of each class, then the first others.
    private static func examples(_ test: Dataset.Part) -> [Int] {
        var chosen: [Int] = []
        if let labels = test.labels {
            for label in Set(labels).sorted().prefix(mostExamples) {
                if let row = labels.firstIndex(of: label) { chosen.append(row) }
            }
        }
        for row in 0..<test.features.rowCount where chosen.count < mostExamples && !chosen.contains(row) {
            chosen.append(row)
        }
        return chosen
    }

    func archive() throws -> Archive {
        var archive = Archive()
        try archive.encode("summary", summary)
        archive.set("originals", originals)
        archive.set("reconstructions", reconstructions)
        archive.set("places", places, shape: [places.count / 2, 2])
        archive.set("labels", labels)
        return archive
    }

    /// - Throws: `FileFormatError` if something is missing or does not fit.
    init(_ archive: Archive) throws {
        summary = try archive.decode("summary")
        originals = try archive.floats("originals")
        reconstructions = try archive.floats("reconstructions", shape: [originals.count])
        places = try archive.floats("places")
        labels = try archive.int32s("labels")
    }
}

/// 1 − Σ (x − copy)² / Σ (x − mean)²: of all columns together, and of each.
private struct KeptVariance {
    let total: Double
    let columns: [Double]

    init(_ rows: Matrix<Float>, _ copies: Matrix<Float>) {
        let (n, d) = (rows.rowCount, rows.columnCount)
        var sums = [Double](repeating: 0, count: d)
        var squares = sums
        var errors = sums
        rows.withSpan { values in
            copies.withSpan { copies in
                for row in 0..<n {
                    for column in 0..<d {
                        let value = Double(values[row * d + column])
                        let error = value - Double(copies[row * d + column])
                        sums[column] += value
                        squares[column] += value * value
                        errors[column] += error * error
                    }
                }
            }
        }
        let spreads = (0..<d).map { max(0, squares[$0] - sums[$0] * sums[$0] / Double(max(n, 1))) }
        columns = (0..<d).map { spreads[$0] > 0 ? 1 - errors[$0] / spreads[$0] : 1 }
        let spread = spreads.reduce(0, +)
        total = spread > 0 ? 1 - errors.reduce(0, +) / spread : 1
    }
}
