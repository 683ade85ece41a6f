internal import LinearAlgebra

/// What there is to see in a dataset before anything is learned from it: types, ranges, what is missing, repeated rows,
/// the balance of the classes, correlations, and columns that know the target.
public struct DatasetDescription: Sendable, Codable, Equatable {
    /// Associations of columns with each other, the target among them where it is known.
    public struct Associations: Sendable, Codable, Equatable {
        /// The target is the last.
        public let names: [String]
        /// `[names, names]`, nil where there is none; see `Association`.
        public let values: [[Double?]]
    }

    /// Of wider tables the associations with the target alone are told.
    static let mostAssociated = 60

    public let name: String
    /// A table, numbers, images, texts or ratings.
    public let kind: String
    public let rowCount: Int
    public let testRowCount: Int?
    /// The columns of a table, and what is counted of other kinds: the words of a text, the ratings of a user.
    public let columns: [ColumnSummary]
    public let targetName: String?
    /// How many samples each class has, in the order of the classes.
    public let classes: [ValueCount]
    /// The numbers to be learned.
    public let targetNumbers: NumberSummary?
    public let repeatedRows: RepeatedRows
    /// For tables with two columns at least.
    public let associations: Associations?
    /// The association of each column of a table with the target, the strongest first.
    public let targetAssociations: [TargetAssociation]
    public let leaks: [Leak]
    /// What else stands out, a sentence each.
    public let notes: [String]

    public struct TargetAssociation: Sendable, Codable, Equatable {
        public let column: String
        public let value: Double
    }

    public init(_ dataset: RawDataset) {
        let training = dataset.training
        name = dataset.name
        kind = training.features.kind
        rowCount = training.rowCount
        testRowCount = dataset.test?.rowCount
        targetName = dataset.targetName
        let repeated = RepeatedRows(training: training, test: dataset.test)
        repeatedRows = repeated
        let target = Self.targetColumn(dataset)
        classes = Self.balance(dataset)
        if case .numbers(let values)? = target?.values {
            targetNumbers = NumberSummary(values.compactMap(\.self))
        } else {
            targetNumbers = nil
        }
        var notes = dataset.notes
        if let table = Self.table(of: training.features) {
            columns = table.columns.map(ColumnSummary.init)
            let features = table.columns.filter(\.inference.isFeature)
            targetAssociations = target.map { Self.targetAssociations(features, $0) } ?? []
            let all = features + [target].compactMap(\.self)
            associations =
                (2...Self.mostAssociated).contains(all.count)
                ? Associations(names: all.map(\.name), values: Association.matrix(all)) : nil
            leaks = target.map { Leak.find(in: table, target: $0) } ?? []
            notes += associations.map { Self.copies($0, hasTarget: target != nil) } ?? []
        } else {
            let counted = Self.counted(training.features)
            columns = counted.columns.map(ColumnSummary.init)
            notes += counted.notes
            (targetAssociations, associations, leaks) = ([], nil, [])
        }
        notes += Self.warnings(repeated, training.rowCount, classes)
        self.notes = notes
    }

    /// Arrays of more numbers are described row by row only.
    private static let mostNumbers = 5_000_000

    /// Samples whose columns are described one by one: a table, or numbers that are no image, if they are not too many.
    package static func table(of features: RawFeatures) -> Table? {
        switch features {
        case .table(let table): return table
        case .matrix(let numbers, image: nil) where numbers.rowCount * numbers.columnCount <= mostNumbers:
            return Table(numbers: numbers)
        case .matrix, .texts, .ratings: return nil
        }
    }

    static func targetColumn(_ dataset: RawDataset) -> Column? {
        let name = dataset.targetName ?? "target"
        return switch dataset.training.targets {
        case .classes(let labels)?:
            Column(name: name, values: .categories(codes: labels.map(Optional.init), names: dataset.classNames ?? []))
        case .numbers(let numbers)?: Column(name: name, values: .numbers(numbers.map { Double($0) }))
        case nil: nil
        }
    }

    private static func balance(_ dataset: RawDataset) -> [ValueCount] {
        guard case .classes(let labels)? = dataset.training.targets, let names = dataset.classNames else { return [] }
        var counts = [Int](repeating: 0, count: names.count)
        for label in labels { counts[Int(label)] += 1 }
        return zip(names, counts).map { ValueCount(value: $0, count: $1) }
    }

    private static func targetAssociations(_ features: [Column], _ target: Column) -> [TargetAssociation] {
        features.compactMap { column in
            Association.between(column, target).map { TargetAssociation(column: column.name, value: $0) }
        }
        .sorted { (-abs($0.value), $0.column) < (-abs($1.value), $1.column) }
    }

    /// Features that say the same as another.
    private static func copies(_ associations: Associations, hasTarget: Bool) -> [String] {
        let features = associations.names.indices.dropLast(hasTarget ? 1 : 0)
        return features.flatMap { row in
            features.filter { $0 > row && abs(associations.values[row][$0] ?? 0) >= 0.9999 }.map {
                "\"\(associations.names[row])\" and \"\(associations.names[$0])\" say the same"
            }
        }
    }

    private static func warnings(_ repeated: RepeatedRows, _ rows: Int, _ classes: [ValueCount]) -> [String] {
        var notes: [String] = []
        if repeated.count > 0 {
            notes.append(
                "\(repeated.count) of \(rows) rows \(repeated.count == 1 ? "repeats" : "repeat") an earlier one"
                    + (repeated.conflictCount > 0 ? ", \(repeated.conflictCount) of them with another target" : ""))
        }
        if let count = repeated.testCount, count > 0 {
            notes.append(
                count == 1
                    ? "1 row of the test part is in the training part too: it tests nothing"
                    : "\(count) rows of the test part are in the training part too: they test nothing")
        }
        if let rare = classes.min(by: { $0.count < $1.count }), let frequent = classes.max(by: { $0.count < $1.count }),
            rare.count * 10 < frequent.count
        {
            notes.append(
                "the classes are unbalanced: \(frequent.count) of \"\(frequent.value)\", \(rare.count) of \"\(rare.value)\""
            )
        }
        return notes
    }
}
