public import Datasets
public import LinearAlgebra

/// What is to be predicted of each sample.
public enum Targets: Sendable {
    /// One of `count` classes, 0 ..< count, for each row.
    case classes([Int32], count: Int)
    /// Numbers, `[n, outputs]`.
    case values(Matrix<Float>)

    var rowCount: Int {
        switch self {
        case .classes(let labels, _): labels.count
        case .values(let matrix): matrix.rowCount
        }
    }

    /// How many numbers a network puts out for a row: one for each class, or for each value.
    public var outputCount: Int {
        switch self {
        case .classes(_, let count): count
        case .values(let matrix): matrix.columnCount
        }
    }
}

/// Samples to learn from or to be tested on: features, and what is to be predicted of them.
public struct Samples: Sendable {
    public let features: RawFeatures
    public let targets: Targets
    /// What the labels or values are called; nil if they have no name.
    public var targetName: String?
    /// A name for each class; empty for values, or where classes have none.
    public var classNames: [String] = []
    /// How samples to predict are read; nil where they come from no file.
    public var schema: RawSchema?
    /// The largest value that bytes among the features can have.
    public let largestByte: Float

    /// - Throws: `SamplesError` if there are no samples, the numbers of rows differ, a label is not one of the classes,
    ///   or a number is not finite.
    public init(features: RawFeatures, targets: Targets, largestByte: Float = 255) throws {
        if case .matrix(let matrix, _) = features { try Self.check(matrix) }
        guard features.rowCount > 0 else { throw SamplesError(problem: "there are no samples") }
        guard features.rowCount == targets.rowCount else {
            throw SamplesError(
                problem: "\(features.rowCount) rows of features, but targets for \(targets.rowCount)")
        }
        switch targets {
        case .classes(let labels, let count):
            if let row = labels.firstIndex(where: { $0 < 0 || $0 >= count }) {
                throw SamplesError(
                    problem: "row \(row) has the label \(labels[row]); there are the classes 0 ..< \(count)")
            }
        case .values(let matrix): try Self.check(matrix, called: "target")
        }
        self.features = features
        self.targets = targets
        self.largestByte = largestByte
    }

    /// As above, for numbers.
    public init(features: Features, targets: Targets, largestByte: Float = 255) throws {
        try self.init(features: .matrix(features, image: nil), targets: targets, largestByte: largestByte)
    }

    /// The samples of one part of `dataset`.
    ///
    /// - Throws: `SamplesError` if there is nothing to predict, or nothing can be learned from it.
    public init(_ part: RawSamples, of dataset: RawDataset) throws {
        let targets: Targets
        switch part.targets {
        case .classes(let labels)?: targets = .classes(labels, count: dataset.classNames?.count ?? 0)
        case .numbers(let values)?: targets = .values(Matrix(rows: values.count, columns: 1, values))
        case nil: throw SamplesError(problem: "\(dataset.name) has neither labels nor values to predict")
        }
        try self.init(features: part.features, targets: targets, largestByte: dataset.largestByte)
        targetName = dataset.targetName
        classNames = dataset.classNames ?? []
        schema = dataset.schema
    }

    /// The samples of one part of `dataset`: its classes where it has labels, else its values.
    ///
    /// - Throws: `SamplesError` if it has neither, or nothing can be learned from it.
    public init(_ part: Dataset.Part, of dataset: Dataset) throws {
        let raw = RawSamples(
            features: .matrix(part.features, image: dataset.imageShape),
            targets: part.labels.map(RawTargets.classes) ?? part.targets.map(RawTargets.numbers))
        try self.init(raw, of: RawDataset(dataset))
    }

    public var rowCount: Int { features.rowCount }

    /// Those of some rows, in this order.
    public func rows(_ rows: [Int32]) -> Samples { Samples(self, rows) }

    private init(_ all: Samples, _ rows: [Int32]) {
        features = all.features.rows(rows.map { Int($0) })
        targets = all.targets.rows(rows)
        targetName = all.targetName
        classNames = all.classNames
        schema = all.schema
        largestByte = all.largestByte
    }

    /// - Throws: `SamplesError` if there are no features, or one is not finite.
    package static func check(_ features: Features) throws {
        guard features.rowCount > 0, features.columnCount > 0 else {
            throw SamplesError(problem: "\(features.rowCount) rows of \(features.columnCount) features: too few")
        }
        if case .floats(let matrix) = features { try check(matrix, called: "feature") }
    }

    /// - Throws: `SamplesError` too if there are not as many features as a network was fitted to.
    package static func check(_ features: Features, fittedTo featureCount: Int) throws {
        try check(features)
        guard features.columnCount == featureCount else {
            throw SamplesError(
                problem: "\(features.columnCount) features a row; the network was fitted to \(featureCount)")
        }
    }

    private static func check(_ matrix: Matrix<Float>, called name: String) throws {
        let wrong = matrix.withSpan { values in values.indices.first { !values[$0].isFinite } }
        if let wrong {
            let (row, column) = wrong.quotientAndRemainder(dividingBy: matrix.columnCount)
            throw SamplesError(problem: "\(name) \(column) of row \(row) is \(matrix[row, column])")
        }
    }
}

/// Samples that nothing can be learned from.
public struct SamplesError: Error, Equatable, CustomStringConvertible {
    public let problem: String

    public init(problem: String) { self.problem = problem }

    public var description: String { problem }
}
