internal import Datasets
internal import LinearAlgebra
internal import Plotting
internal import SupervisedLearning

/// How rows of a data set become pictures; kept in drawings.
struct DataPicture: Codable, Sendable, Equatable {
    let width: Int
    let height: Int
    /// The values of paper and ink.
    let lowest: Float
    let highest: Float

    /// nil if the rows are no images.
    init?(_ dataset: Dataset) {
        guard let shape = dataset.imageShape else { return nil }
        width = shape.width
        height = shape.height
        lowest = dataset.valueRange?.lowerBound ?? 0
        highest = dataset.valueRange?.upperBound ?? 1
    }

    /// nil if the samples are no grey images.
    init?(_ samples: Samples) {
        guard case .matrix(let features, let shape?) = samples.features, shape.channels == 1 else { return nil }
        width = shape.width
        height = shape.height
        lowest = 0
        if case .bytes = features { highest = samples.largestByte } else { highest = 1 }
    }

    /// The rows of `values`, `[n, width · height]`.
    func images(_ values: [Float]) -> [GreyImage] {
        stride(from: 0, to: values.count, by: width * height).map { start in
            GreyImage(
                width: width, height: height, values: values[start..<start + width * height], paper: lowest,
                ink: highest)
        }
    }
}
