internal import Datasets
internal import FileFormats
internal import Foundation
internal import LinearAlgebra
internal import SupervisedLearning

/// What a model predicts of the rows of a file.
public struct Predictions: Sendable {
    /// The names of the classes; empty for values.
    public let classNames: [String]
    public let targetName: String
    /// The predicted class of each row; empty for values.
    public let classes: [Int32]
    /// The probability of each class, or the values, row by row: `[n · outputs]`.
    public let outputs: [Float]
    public let outputCount: Int
    public var rowCount: Int { outputs.count / outputCount }
    /// What should be known of these rows: a sentence each.
    public let warnings: [String]

    /// - Throws: `FileFormatError` with line and field for a missing column or a value that does not fit; what
    ///   `FittedNetwork.predictions` throws.
    public init(of path: String, by model: StoredModel) throws {
        let network = model.network
        guard let schema = network.schema else {
            throw ExperimentError(.badData, "\(model.path) does not say how its samples are read")
        }
        if !Dataset.sources().contains(where: { $0.name == path }), !FileManager.default.fileExists(atPath: path) {
            throw ExperimentError(
                .missingInput, "there is no file \(path)", advice: DataSubject.nearestFile(to: path))
        }
        let features = try RawFeatures(path: path, schema: schema)
        let matrix = try network.predictions(for: features)
        outputs = matrix.array
        outputCount = network.outputCount
        targetName = network.target.name ?? "prediction"
        guard network.target.hasClasses else {
            (classNames, classes) = ([], [])
            warnings = try Self.warnings(of: features, model)
            return
        }
        classNames =
            network.target.classNames.isEmpty ? (0..<outputCount).map(String.init) : network.target.classNames
        classes = (0..<matrix.rowCount).map { row in
            // Of equally likely classes it is the first.
            let most = (0..<matrix.columnCount).max { (matrix[row, $0], $1) < (matrix[row, $1], $0) }
            return Int32(most ?? 0)
        }
        warnings = try Self.warnings(of: features, model)
    }

    private static func warnings(of features: RawFeatures, _ model: StoredModel) throws -> [String] {
        var warnings: [String] = []
        if case .ratings(let users, let items) = features, case .identifiers(let index) = model.network.preprocessing {
            let unknown = index.unknownCount(users: users, items: items)
            if unknown.users + unknown.items > 0 {
                warnings.append(
                    "\(unknown.users) rows have users and \(unknown.items) have items that the model has never seen: "
                        + "they are taken for average ones")
            }
        }
        guard let signature = model.facts.signature, let columns = features.watched(atMost: .max) else {
            return warnings
        }
        let known = Set(signature.features.map(\.name))
        for drift in try signature.drift(of: columns.filter { known.contains($0.name) })
        where drift.reading == .large {
            warnings.append(
                "\"\(drift.name)\" is spread otherwise than in the rows that the model learned from (stability index "
                    + "\(String(format: "%.2f", drift.stabilityIndex)), above 0.25): its predictions may be worse than "
                    + "they were measured to be")
        }
        return warnings
    }

    /// A line for each row: the prediction, and of classes the probability of each.
    public var csv: String {
        var lines = [([targetName] + classNames.map { "p(\($0))" }).map(Self.field).joined(separator: ",")]
        for row in 0..<rowCount {
            let own = outputs[row * outputCount..<(row + 1) * outputCount].map { "\($0)" }
            let fields = classes.isEmpty ? own : [Self.field(classNames[Int(classes[row])])] + own
            lines.append(fields.joined(separator: ","))
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// One object: what is predicted, and for each row the prediction and the probabilities.
    public func json() throws -> String {
        struct Row: Encodable {
            var prediction: String?
            var value: Float?
            var probabilities: [String: Float]?
        }
        struct Answer: Encodable {
            let target: String
            let rows: [Row]
            let warnings: [String]
        }
        let rows = (0..<rowCount).map { row -> Row in
            let own = outputs[row * outputCount..<(row + 1) * outputCount]
            guard !classes.isEmpty else { return Row(value: own.first) }
            return Row(
                prediction: classNames[Int(classes[row])],
                probabilities: Dictionary(zip(classNames, own), uniquingKeysWith: { first, _ in first }))
        }
        return try JSONText.line(Answer(target: targetName, rows: rows, warnings: warnings))
    }

    /// Writes `text` to a file.
    ///
    /// - Throws: `ExperimentError` if that cannot be.
    public func write(_ text: String, to path: String) throws {
        try writeFile(Array(text.utf8), to: path)
    }

    /// Quoted where it has to be.
    private static func field(_ text: String) -> String {
        guard text.contains(where: { ",\"\n\r".contains($0) }) else { return text }
        return "\"" + text.replacingOccurrences(of: "\"", with: "\"\"") + "\""
    }
}
