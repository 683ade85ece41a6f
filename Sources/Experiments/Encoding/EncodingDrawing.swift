internal import Datasets
internal import FileFormats
internal import LinearAlgebra
internal import UnsupervisedLearning

/// What the figures of an autoencoder show beyond its metrics.
///
/// | name in the archive | shape | what it is |
/// |---|---|---|
/// | `originals` | `[examples, d]` | test rows |
/// | `reconstructions` | `[examples, d]` | what became of them |
/// | `places` | `[shown, 2]` | codes of test rows on two principal components |
/// | `labels` | `[shown]` | their classes, where they have some |
/// | `errors` | `[tested]` | the mean squared error of an element of each test row |
/// | `worst` | `[worst, d]` | the test rows of the largest errors, the largest first |
/// | `worstCopies` | `[worst, d]` | what became of them |
/// | `traversal` | `[axes, traversalSteps, d]` | decoded: the mean code ± 2 σ along principal components of the codes |
/// | `interpolation` | `[interpolationSteps, d]` | decoded: from one test row's code to another's |
/// | `interpolated` | `[2, d]` | the two rows |
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
    private static let mostErrors = 20_000
    private static let mostAxes = 5
    static let traversalSteps = 9
    /// How far a traversal goes from the mean code, in standard deviations.
    static let traversalReach = 2.0
    private static let interpolationSteps = 10

    var summary: Summary
    /// Test rows, one of each class where there are classes, and what became of them: `[examples, d]`.
    var originals: [Float]
    var reconstructions: [Float]
    /// The first test rows' codes on two principal components, `[shown, 2]`, and their classes.
    var places: [Float]
    var labels: [Int32]
    var errors: [Float] = []
    var worst: [Float] = []
    var worstCopies: [Float] = []
    var traversal: [Float] = []
    var interpolation: [Float] = []
    var interpolated: [Float] = []

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
        let axes =
            network.codeSize >= 2 && shown.count >= 2
            ? PrincipalComponents(of: codes, count: min(Self.mostAxes, network.codeSize)) : nil
        places = axes.map { Self.firstTwo($0.projections(of: codes)) } ?? []
        labels = axes == nil ? [] : test.labels.map { Array($0[shown]) } ?? []
        summary = Summary(
            meanSquaredError: error, keptVariance: kept.total, keptVarianceOfColumns: kept.columns,
            codeSize: network.codeSize, trainingCount: trainingCount, testCount: test.features.rowCount,
            columnNames: dataset.columnNames, classNames: dataset.classNames ?? [],
            shownVariance: axes?.explainedVarianceRatio ?? [], picture: DataPicture(dataset))
        errors = try network.reconstructionErrors(on: test.features).prefix(Self.mostErrors).map { Float($0) }
        let order = errors.indices.sorted { (errors[$1], $0) < (errors[$0], $1) }.prefix(Self.mostExamples)
        worst = rows.rows(order).array
        worstCopies = copies.rows(order).array
        guard summary.picture != nil else { return }
        if let axes { traversal = try network.decode(Self.traversal(of: codes, along: axes)).array }
        if examples.count >= 2 {
            let ends = test.features.rows(examples.prefix(2))
            interpolated = ends.floats().array
            interpolation = try network.decode(Self.interpolation(try network.encode(ends))).array
        }
    }

    private static func firstTwo(_ matrix: Matrix<Float>) -> [Float] {
        (0..<matrix.rowCount).flatMap { [matrix[$0, 0], matrix[$0, 1]] }
    }

    /// The mean code and places at even distances on both sides of it along each axis, `[axes · steps, codeSize]`. No
    /// entry leaves the range that it has among `codes`: elsewhere the decoder was never trained.
    private static func traversal(of codes: Matrix<Float>, along axes: PrincipalComponents) -> Matrix<Float> {
        let width = codes.columnCount
        let ranges = (0..<width).map { column in
            let values = (0..<codes.rowCount).map { codes[$0, column] }
            return (low: values.min() ?? 0, high: values.max() ?? 0)
        }
        let entries = (0..<axes.components.rowCount).flatMap { axis in
            (0..<traversalSteps).flatMap { step in
                let share = 2 * Double(step) / Double(traversalSteps - 1) - 1
                let distance = Float(share * traversalReach * axes.explainedVariance[axis].squareRoot())
                return (0..<width).map { column in
                    let entry = axes.means[column] + distance * axes.components[axis, column]
                    return min(max(entry, ranges[column].low), ranges[column].high)
                }
            }
        }
        return Matrix(rows: entries.count / width, columns: width, entries)
    }

    /// Even steps from the first to the second of two codes, `[steps, codeSize]`.
    private static func interpolation(_ codes: Matrix<Float>) -> Matrix<Float> {
        let entries = (0..<interpolationSteps).flatMap { step in
            let share = Float(step) / Float(interpolationSteps - 1)
            return (0..<codes.columnCount).map { codes[0, $0] + share * (codes[1, $0] - codes[0, $0]) }
        }
        return Matrix(rows: interpolationSteps, columns: codes.columnCount, entries)
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
        archive.set("errors", errors)
        archive.set("worst", worst)
        archive.set("worstCopies", worstCopies)
        archive.set("traversal", traversal)
        archive.set("interpolation", interpolation)
        archive.set("interpolated", interpolated)
        return archive
    }

    /// - Throws: `FileFormatError` if something is missing or does not fit.
    init(_ archive: Archive) throws {
        summary = try archive.decode("summary")
        originals = try archive.floats("originals")
        reconstructions = try archive.floats("reconstructions", shape: [originals.count])
        places = try archive.floats("places")
        labels = try archive.int32s("labels")
        // Runs of earlier versions have none.
        guard archive.array("errors") != nil else { return }
        errors = try archive.floats("errors")
        worst = try archive.floats("worst")
        worstCopies = try archive.floats("worstCopies", shape: [worst.count])
        traversal = try archive.floats("traversal")
        interpolation = try archive.floats("interpolation")
        interpolated = try archive.floats("interpolated")
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
