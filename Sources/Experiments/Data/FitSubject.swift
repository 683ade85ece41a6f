public import Datasets
internal import FileFormats
internal import Foundation
internal import LinearAlgebra
internal import SupervisedLearning

/// Data of any kind as the subject of a fit.
public struct FitSubject: Sendable {
    public let dataset: RawDataset
    let subject: RunRecord.Subject
    let source: DataSource

    /// Reads the data set of this name, or what is at this path.
    ///
    /// - Throws: `DatasetError`, `FileFormatError` or `ExperimentError` if it cannot be had.
    public init(named name: String, options: RawDataset.Options = RawDataset.Options()) throws {
        try DataSubject.requireFile(name)
        let dataset = try RawDataset.load(name, options: options)
        self.dataset = dataset
        source = DataSource(dataset, name: name, options: options)
        let test = dataset.test.map { " and \($0.rowCount) test rows" } ?? ""
        subject = .init(
            id: dataset.name, title: dataset.name,
            origin: "\(name), \(dataset.training.rowCount) rows\(test) of \(dataset.training.features.kind)")
    }

    /// The data that a run was begun with.
    ///
    /// - Throws: `ExperimentError` if it has changed since; what `init(named:options:)` throws.
    init(of record: RunRecord) throws {
        guard let source = record.data else {
            throw ExperimentError(.badData, "the run \(record.name) does not say which data it works on")
        }
        try self.init(named: source.name, options: source.options)
        guard self.source.checksum == source.checksum else {
            throw ExperimentError(
                .badData, "\(source.name) is not as it was when the run \(record.name) began",
                advice: "put the old data back, or begin another run with the new")
        }
    }
}

extension DataSource {
    init(_ dataset: RawDataset, name: String, options: RawDataset.Options) {
        self.init(name: name, target: options.target, checksum: Self.hash(of: dataset))
        task = options.task
        layout = options.layout == .automatic ? nil : options.layout
        classNames = options.classNames
        types = options.types.isEmpty ? nil : options.types
    }

    /// How the data were read.
    var options: RawDataset.Options {
        RawDataset.Options(
            target: target, task: task, layout: layout ?? .automatic, types: types ?? [:], classNames: classNames)
    }

    private static func hash(of dataset: RawDataset) -> UInt64 {
        var hash = StateHash()
        for part in [dataset.training, dataset.test].compactMap(\.self) {
            switch part.features {
            case .matrix(.bytes(let rows), _): rows.withSpan { hash.combine($0) }
            case .matrix(.floats(let rows), _): rows.withSpan { hash.combine($0) }
            case .table(let table):
                for column in table.columns { column.combine(into: &hash) }
            case .texts(let texts): for text in texts { hash.combine(Array(text.utf8)) }
            case .ratings(let users, let items): for text in users + items { hash.combine(Array(text.utf8)) }
            }
            switch part.targets {
            case .classes(let labels)?: hash.combine(labels)
            case .numbers(let numbers)?: hash.combine(numbers)
            case nil: break
            }
        }
        return hash.value
    }
}

extension Column {
    fileprivate func combine(into hash: inout StateHash) {
        hash.combine(Array(name.utf8))
        switch values {
        case .numbers(let numbers): hash.combine(numbers.map { $0.map { Float($0) } ?? .nan })
        case .categories(let codes, let names):
            hash.combine(codes.map { $0 ?? -1 })
            for name in names { hash.combine(Array(name.utf8)) }
        case .texts(let texts): for text in texts { hash.combine(Array((text ?? "\u{0}").utf8)) }
        case .dates(let dates): for date in dates { hash.combine(Array("\(date.map { "\($0)" } ?? "")".utf8)) }
        }
    }
}
