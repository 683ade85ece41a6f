public import Datasets
internal import LinearAlgebra

/// Numbers or images brought to the scale of a network, and the shape that they must have.
public struct MatrixPreprocessing: Sendable, Codable, Equatable {
    public let scale: FeatureScale
    public let columnCount: Int
    /// nil if the numbers are no image.
    public let image: Dataset.ImageShape?

    init(fitting features: Features, image: Dataset.ImageShape?, rows: [Int32], largestByte: Float) {
        scale = FeatureScale(for: features, rows: rows, largestByte: largestByte)
        columnCount = features.columnCount
        self.image = image
    }

    /// - Throws: `SamplesError` if a row has another number of columns, or a value is not finite; `PreprocessingError` if
    ///   the images are of another shape.
    package func callAsFunction(_ features: Features, image: Dataset.ImageShape?) throws -> ScaledFeatures {
        if let own = self.image, let image, own != image {
            throw PreprocessingError(
                "images of \(image.height) × \(image.width) × \(image.channels); the model was fitted to "
                    + "\(own.height) × \(own.width) × \(own.channels)", advice: "bring them to that size")
        }
        try Samples.check(features, fittedTo: columnCount)
        return scale(features)
    }

    var isConsistent: Bool {
        columnCount > 0 && image.map(isConsistent) ?? true && scale.fits(sizes: [columnCount, 1])
    }

    /// Whether an image of this shape has as many numbers as there are columns.
    private func isConsistent(_ image: Dataset.ImageShape) -> Bool {
        let extents = [image.height, image.width, image.channels]
        return extents.allSatisfy { (1...columnCount).contains($0) }
            && Double(image.height) * Double(image.width) * Double(image.channels) == Double(columnCount)
    }
}
