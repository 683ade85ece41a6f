public import Datasets

/// The kinds of networks that a fit can choose among.
public enum ModelKind: String, Sendable, Codable, CaseIterable {
    /// Dense layers.
    case mlp
    /// One dense layer, or for texts a weight for each term: logistic or linear regression.
    case linear
    /// Convolutions, for images.
    case cnn
    /// A learned embedding of words, for texts.
    case text
    /// Users and items as vectors, for ratings.
    case factorization

    /// The kinds that fit such samples, the usual choice first.
    public static func kinds(for features: RawFeatures) -> [ModelKind] {
        switch features {
        case .matrix(_, let image?) where min(image.height, image.width) >= 4: [.cnn, .mlp, .linear]
        case .matrix, .table: [.mlp, .linear]
        case .texts: [.linear, .mlp, .text]
        case .ratings: [.factorization]
        }
    }
}

/// How a text becomes one vector once its words have theirs.
public enum TextEncoder: String, Sendable, Codable, CaseIterable {
    /// Their mean.
    case mean
    /// The last state of a recurrent layer that has read them.
    case lstm, gru
    /// The mean of what each makes of the others by attention.
    case attention
}

/// What a regression makes as small as it can.
public enum ValueLoss: String, Sendable, Codable, CaseIterable {
    /// The mean squared error: the fit goes to the mean.
    case squared
    /// The mean absolute error: the fit goes to the median.
    case absolute
    /// Squared near zero, absolute beyond one standard deviation: Huber (1964).
    case huber
}

/// What a missing number is taken for.
public enum MissingNumbers: String, Sendable, Codable, CaseIterable {
    /// The median, or the mean, of the rows that are learned from.
    case median, mean
    case zero
}

/// How much each class counts.
public enum ClassWeighting: String, Sendable, Codable, CaseIterable {
    /// Every row counts the same.
    case none
    /// Every class counts the same: rows of rare classes more.
    case balanced
}
