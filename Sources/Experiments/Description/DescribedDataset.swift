public import Datasets
internal import FileFormats
internal import Foundation
public import Plotting

/// A dataset with what there is to see in it before anything is learned from it.
public struct DescribedDataset: Sendable {
    public let dataset: RawDataset
    public let description: DatasetDescription
    /// Its name or path, as it was given.
    let origin: String

    public init(_ dataset: RawDataset, origin: String) {
        self.dataset = dataset
        self.origin = origin
        description = DatasetDescription(dataset)
    }

    /// Reads the dataset of this name, or what is at this path. Where the column to learn is not named and the one that
    /// `fledge fit` would take cannot be learned, it is described without one, and a note says why.
    ///
    /// - Throws: `DatasetError`, `FileFormatError` or `ExperimentError` if it cannot be had.
    public init(named name: String, target: String? = nil) throws {
        try DataSubject.requireFile(name)
        var options = RawDataset.Options(target: target.map { .named($0) } ?? .automatic)
        do {
            let dataset = try RawDataset.load(name, options: options)
            guard target == nil || target == dataset.targetName else {
                throw ExperimentError(
                    .usage, "what is to be learned of \(dataset.name) cannot be chosen",
                    advice: dataset.targetName.map { "it is \"\($0)\": leave --target out" } ?? "leave --target out")
            }
            self.init(dataset, origin: name)
        } catch let error as FileFormatError where target == nil {
            options.target = .absent
            // What is wrong with more than the target is wrong still.
            var dataset = try RawDataset.load(name, options: options)
            dataset.notes.append("nothing is taken as the target: \(error)")
            self.init(dataset, origin: name)
        }
    }

    /// What it is, in a few words: `1,797 images of 8 × 8 pixels in 10 classes`.
    public var headline: String {
        let rows = dataset.training.rowCount
        let what: String =
            switch dataset.training.features {
            case .matrix(let features, image: nil):
                "\(FigureWords.count(rows, "row")) of \(FigureWords.count(features.columnCount, "number"))"
            case .matrix(_, image: let shape?):
                "\(FigureWords.count(rows, "image")) of \(shape.height) × \(shape.width) pixels"
                    + (shape.channels == 3 ? " in colour" : "")
            case .table(let table):
                "\(FigureWords.count(rows, "row")) of \(FigureWords.count(table.columns.count, "column"))"
            case .texts: FigureWords.count(rows, "text")
            case .ratings: FigureWords.count(rows, "rating")
            }
        let classes = description.classes.count
        return what + (classes > 0 ? " in \(FigureWords.count(classes, "class", plural: "classes"))" : "")
            + (dataset.test.map { ", \(NumberText.fixed(Double($0.rowCount))) more to test" } ?? "")
    }

    /// The columns of numbers that are no image, or what is counted of their rows where they are too many.
    private var columns: Table {
        let features = dataset.training.features
        return DatasetDescription.table(of: features) ?? Table(columns: DatasetDescription.counted(features).columns)
    }

    /// The description as a picture, which says inside its file where it comes from.
    ///
    /// - Parameter command: what asked for it.
    public func figure(command: [String]) -> Figure {
        var figure: Figure =
            switch dataset.training.features {
            case .table(let table): TableDescriptionFigure(self, table).figure
            case .matrix(let features, image: let shape?): ImageDescriptionFigure(self, features, shape).figure
            case .matrix(_, image: nil): TableDescriptionFigure(self, columns).figure
            case .texts(let texts): TextDescriptionFigure(self, texts).figure
            case .ratings(let users, let items): RatingDescriptionFigure(self, users: users, items: items).figure
            }
        figure.metadata = [
            ("Command", command.joined(separator: " ")), ("Origin", "\(origin), \(headline)"),
            ("Version", Versions.current.fledge),
        ]
        return figure
    }
}
