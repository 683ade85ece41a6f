internal import Datasets
internal import FileFormats
internal import LinearAlgebra
public import SupervisedLearning

/// What a model file says of its model besides what it needs to predict: how good it was found to be, and what the rows
/// looked like that it learned from.
public struct ModelFacts: Sendable, Equatable {
    /// What was measured, by name: on the test rows, else the means over the folds of a cross-validation.
    public var metrics: [String: Double] = [:]
    /// nil where there are too many features to be watched.
    public var signature: DataSignature?

    /// More features are not watched.
    private static let mostFeatures = 200

    init(_ result: FittingResult, training: Samples) throws {
        if let test = result.test {
            metrics = test.metrics
        } else {
            for entry in result.crossValidation?.entries ?? [] { metrics[entry.name] = entry.mean }
        }
        if let columns = training.features.watched(atMost: Self.mostFeatures) {
            signature = try DataSignature(of: columns)
        }
    }

    init(in archive: Archive) {
        metrics = (try? archive.decode("metrics")) ?? [:]
        signature = try? archive.decode("signature")
    }

    func save(into archive: inout Archive) throws {
        try archive.encode("metrics", metrics)
        if let signature { try archive.encode("signature", signature) }
    }
}

extension RawFeatures {
    /// The features whose distribution can be watched: columns of a table or of numbers.
    func watched(atMost limit: Int) -> [DataSignature.Column]? {
        switch self {
        case .table(let table):
            let columns = table.columns.filter(\.inference.isFeature).compactMap { column -> DataSignature.Column? in
                switch column.values {
                case .numbers(let numbers):
                    DataSignature.Column(name: column.name, values: .numbers(numbers.map { $0 ?? .nan }))
                case .categories(let codes, let names):
                    DataSignature.Column(
                        name: column.name, values: .categories(codes.map { $0.map { names[Int($0)] } }))
                case .texts, .dates: nil
                }
            }
            return columns.isEmpty || columns.count > limit ? nil : columns
        case .matrix(.floats(let matrix), image: nil) where matrix.columnCount <= limit:
            return zip(Dataset.columnNames(count: matrix.columnCount, imageShape: nil), 0...).map { name, column in
                DataSignature.Column(
                    name: name, values: .numbers((0..<matrix.rowCount).map { Double(matrix[$0, column]) }))
            }
        default: return nil
        }
    }
}
