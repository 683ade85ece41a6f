/// What is known about each sample, before anything is made of it: numbers, columns, texts, or pairs.
public enum RawFeatures: Sendable {
    /// Numbers `[n, d]`; images are rows of pixels, `[n, height · width · channels]`.
    case matrix(Features, image: Dataset.ImageShape?)
    case table(Table)
    case texts([String])
    /// Who rated what: a user and an item for each sample, `[n]` each.
    case ratings(users: [String], items: [String])

    public var rowCount: Int {
        switch self {
        case .matrix(let features, _): features.rowCount
        case .table(let table): table.rowCount
        case .texts(let texts): texts.count
        case .ratings(let users, _): users.count
        }
    }

    /// The rows at `indices`, in that order.
    public func rows(_ indices: some Collection<Int>) -> RawFeatures {
        switch self {
        case .matrix(let features, let image): .matrix(features.rows(indices), image: image)
        case .table(let table): .table(table.rows(indices))
        case .texts(let texts): .texts(indices.map { texts[$0] })
        case .ratings(let users, let items):
            .ratings(users: indices.map { users[$0] }, items: indices.map { items[$0] })
        }
    }

    /// What the features are, in a word, for messages.
    public var kind: String {
        switch self {
        case .matrix(_, image: nil): "numbers"
        case .matrix: "images"
        case .table: "a table"
        case .texts: "texts"
        case .ratings: "ratings"
        }
    }
}

/// What is to be predicted of each sample.
public enum RawTargets: Sendable, Equatable {
    /// Indices into the names of the classes: `[n]`.
    case classes([Int32])
    /// `[n]`
    case numbers([Float])

    public var rowCount: Int {
        switch self {
        case .classes(let labels): labels.count
        case .numbers(let numbers): numbers.count
        }
    }

    /// The rows at `indices`, in that order.
    public func rows(_ indices: some Collection<Int>) -> RawTargets {
        switch self {
        case .classes(let labels): .classes(indices.map { labels[$0] })
        case .numbers(let numbers): .numbers(indices.map { numbers[$0] })
        }
    }
}

/// Samples as they come from a file: their features, and what is to be predicted of them, if it is known.
public struct RawSamples: Sendable {
    public var features: RawFeatures
    /// nil for samples whose targets are to be found.
    public var targets: RawTargets?

    /// - Precondition: there are as many targets as rows of features.
    public init(features: RawFeatures, targets: RawTargets? = nil) {
        let (rows, count) = (features.rowCount, targets?.rowCount)
        precondition(count == nil || count == rows, "\(count ?? 0) targets for \(rows) rows")
        self.features = features
        self.targets = targets
    }

    public var rowCount: Int { features.rowCount }

    /// The samples at `indices`, in that order.
    public func rows(_ indices: some Collection<Int>) -> RawSamples {
        RawSamples(features: features.rows(indices), targets: targets?.rows(indices))
    }
}
