/// Samples to learn from: a training part, perhaps a test part, and what their numbers mean.
public struct Dataset: Sendable {
    /// Samples with what is to be learned about them.
    public struct Part: Sendable, Equatable {
        /// `[n, d]`
        public var features: Features
        /// The class of each sample, an index into `classNames`: `[n]`.
        public var labels: [Int32]?
        /// The number to predict for each sample: `[n]`.
        public var targets: [Float]?

        /// - Precondition: labels and targets, where there are any, are as many as the rows of `features`.
        public init(features: Features, labels: [Int32]? = nil, targets: [Float]? = nil) {
            let rows = features.rowCount
            precondition(labels.map { $0.count == rows } ?? true, "\(labels?.count ?? 0) labels for \(rows) rows")
            precondition(targets.map { $0.count == rows } ?? true, "\(targets?.count ?? 0) targets for \(rows) rows")
            self.features = features
            self.labels = labels
            self.targets = targets
        }

        public var rowCount: Int { features.rowCount }

        /// The samples at `indices`, in that order.
        public func rows(_ indices: some Collection<Int>) -> Part {
            Part(
                features: features.rows(indices),
                labels: labels.map { labels in indices.map { labels[$0] } },
                targets: targets.map { targets in indices.map { targets[$0] } })
        }
    }

    /// The size of each sample's image in pixels; a row of features is the image row by row, the channels of a pixel
    /// beside each other: `[height, width, channels]`.
    public struct ImageShape: Sendable, Equatable, Codable {
        public let height: Int
        public let width: Int
        /// 1 for grey, 3 for red, green and blue.
        public let channels: Int

        public init(height: Int, width: Int, channels: Int = 1) {
            self.height = height
            self.width = width
            self.channels = channels
        }

        /// The number of values of an image.
        public var count: Int { height * width * channels }
    }

    public var name: String
    /// The samples to learn from.
    public var training: Part
    /// The samples that the set's makers put aside for the final measurement.
    public var test: Part?
    /// A name for each label.
    public var classNames: [String]?
    /// What the labels or targets are called.
    public var targetName: String?
    /// A name for each column of the features.
    public var columnNames: [String]
    public var imageShape: ImageShape?
    /// The range that all features share (`0...255`), so that a model may scale them alike; nil if each column has a
    /// scale of its own.
    public var valueRange: ClosedRange<Float>?

    /// - Parameter columnNames: by default `pixel 0,0` and so on (row, column and, if there are several, channel) for images, `column 1` and so on
    ///   otherwise.
    /// - Precondition: names, shape and test part fit the number of columns; labels are below the number of classes.
    public init(
        name: String, training: Part, test: Part? = nil, classNames: [String]? = nil, targetName: String? = nil,
        columnNames: [String]? = nil, imageShape: ImageShape? = nil, valueRange: ClosedRange<Float>? = nil
    ) {
        let columns = training.features.columnCount
        if let imageShape {
            precondition(
                imageShape.count == columns,
                "an image of \(imageShape.height) × \(imageShape.width) × \(imageShape.channels) in \(columns) columns")
        }
        for part in [training, test].compactMap(\.self) {
            let count = part.features.columnCount
            precondition(count == columns, "\(count) columns in one part, \(columns) in the other")
            for label in part.labels ?? [] {
                let classes = classNames?.count ?? 0
                precondition(label >= 0 && label < classes, "the label \(label) with \(classes) classes")
            }
        }
        self.name = name
        self.training = training
        self.test = test
        self.classNames = classNames
        self.targetName = targetName
        self.columnNames = columnNames ?? Self.columnNames(count: columns, imageShape: imageShape)
        self.imageShape = imageShape
        self.valueRange = valueRange
        precondition(self.columnNames.count == columns, "\(self.columnNames.count) names for \(columns) columns")
    }

    package static func columnNames(count: Int, imageShape: ImageShape?) -> [String] {
        (0..<count).map { index in
            guard let imageShape else { return "column \(index + 1)" }
            let (pixel, channel) = index.quotientAndRemainder(dividingBy: imageShape.channels)
            let place = "pixel \(pixel / imageShape.width),\(pixel % imageShape.width)"
            return imageShape.channels == 1 ? place : place + ",\(channel)"
        }
    }
}
