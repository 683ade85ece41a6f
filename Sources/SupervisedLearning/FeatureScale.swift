public import Datasets
package import LinearAlgebra

/// How the numbers of a dataset become numbers of about 1, as a network sees them.
public enum FeatureScale: Sendable, Codable, Equatable {
    /// All are multiplied by one factor: pixels of 0 … 255 by 1/255.
    case factor(Float)
    /// Each column has a scale of its own.
    case standardized(Standardization)

    /// Bytes are divided by the largest value that they can have; floats are standardized by the rows `rows`.
    public init(for features: Features, rows: [Int32], largestByte: Float = 255) {
        switch features {
        case .bytes: self = .factor(1 / largestByte)
        case .floats(let matrix): self = .standardized(Standardization(of: matrix, rows: rows))
        }
    }

    /// Whether `sizes` are the widths of a network's layers, and this is a scale for the first of them.
    package func fits(sizes: [Int]) -> Bool {
        guard sizes.count >= 2, sizes.allSatisfy({ (1...1 << 24).contains($0) }) else { return false }
        return switch self {
        case .factor(let factor): factor.isFinite && factor > 0
        case .standardized(let standardization): standardization.fits(columns: sizes[0])
        }
    }

    /// What a network puts out for features, `[n, d]`, in the features' own units.
    package func inverse(_ outputs: Matrix<Float>) -> Matrix<Float> {
        switch self {
        case .factor(let factor): Features.floats(outputs).floats(scaledBy: 1 / factor)
        case .standardized(let change): change.inverse(outputs)
        }
    }

    /// `features` as a network sees them. Bytes stay bytes: they are scaled when they are gathered.
    package func callAsFunction(_ features: Features) -> ScaledFeatures {
        switch (self, features) {
        case (.factor(let factor), .bytes): ScaledFeatures(features: features, byteScale: factor)
        case (.factor(let factor), .floats): ScaledFeatures(features: .floats(features.floats(scaledBy: factor)))
        case (.standardized(let change), _): ScaledFeatures(features: .floats(change(features.floats())))
        }
    }
}

/// Features, and what bytes among them are multiplied by when they are gathered.
package struct ScaledFeatures: Sendable {
    package let features: Features
    package let byteScale: Float

    package init(features: Features, byteScale: Float = 1) {
        self.features = features
        self.byteScale = byteScale
    }

    package var rowCount: Int { features.rowCount }
}
