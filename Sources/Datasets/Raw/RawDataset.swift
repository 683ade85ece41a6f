/// A dataset of any kind: tables, arrays, images, texts or ratings, and what is to be learned of them.
public struct RawDataset: Sendable {
    /// How a dataset is to be read.
    public struct Options: Sendable, Equatable {
        /// What is to be learned.
        public enum Task: String, Sendable, Codable, CaseIterable {
            case classification, regression
        }

        /// What a table is taken for.
        public enum Layout: String, Sendable, Codable, CaseIterable {
            /// Texts if its only feature is free text, columns otherwise.
            case automatic
            case table
            /// One text a row: the column of free text.
            case texts
            /// Who gave what how many points.
            case ratings
        }

        /// The column or the array to be learned; `.absent` for prediction.
        public var target: TargetColumn
        /// nil: by the target's values, which are classes if they are texts or at most 20 different whole numbers.
        public var task: Task?
        public var layout: Layout
        /// Types of columns that are known better than their values tell, by name.
        public var types: [String: ColumnType]
        /// The classes of an earlier model, in its order: others are refused. nil: those that occur, in rising order.
        public var classNames: [String]?

        public init(
            target: TargetColumn = .automatic, task: Task? = nil, layout: Layout = .automatic,
            types: [String: ColumnType] = [:], classNames: [String]? = nil
        ) {
            self.target = target
            self.task = task
            self.layout = layout
            self.types = types
            self.classNames = classNames
        }
    }

    public var name: String
    /// The samples to learn from.
    public var training: RawSamples
    /// The samples that the set's makers put aside for the final measurement.
    public var test: RawSamples?
    /// What the labels or numbers to learn are called.
    public var targetName: String?
    /// A name for each class; nil if there are none.
    public var classNames: [String]?
    /// How the features of more such samples are to be read.
    public var schema: RawSchema
    /// The largest value that bytes among the features can have.
    public var largestByte: Float
    /// What was decided while reading, and why: a sentence each.
    public var notes: [String]

    /// - Parameter schema: by default that of the training samples.
    /// - Precondition: labels are indices of `classNames`.
    public init(
        name: String, training: RawSamples, test: RawSamples? = nil, targetName: String? = nil,
        classNames: [String]? = nil, schema: RawSchema? = nil, largestByte: Float = 255, notes: [String] = []
    ) {
        for case .classes(let labels)? in [training.targets, test?.targets] {
            let count = classNames?.count ?? 0
            let stranger = labels.first { $0 < 0 || $0 >= count }
            precondition(stranger == nil, "the label \(stranger ?? 0) with \(count) classes")
        }
        self.name = name
        self.training = training
        self.test = test
        self.targetName = targetName
        self.classNames = classNames
        self.schema = schema ?? RawSchema(of: training.features)
        self.largestByte = largestByte
        self.notes = notes
    }

    /// A dataset of numbers.
    public init(_ dataset: Dataset) {
        func samples(_ part: Dataset.Part) -> RawSamples {
            RawSamples(
                features: .matrix(part.features, image: dataset.imageShape),
                targets: part.labels.map(RawTargets.classes) ?? part.targets.map(RawTargets.numbers))
        }
        self.init(
            name: dataset.name, training: samples(dataset.training), test: dataset.test.map(samples),
            targetName: dataset.targetName, classNames: dataset.classNames,
            largestByte: dataset.valueRange?.upperBound ?? 255)
    }
}
