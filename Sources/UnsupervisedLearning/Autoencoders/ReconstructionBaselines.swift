public import Datasets
package import LinearAlgebra
import SupervisedLearning

/// What simpler methods lose where an autoencoder has its reconstruction error: on the same test rows, at the scale at
/// which the network sees them. An autoencoder without hidden layers and activations could at best find the principal
/// components (Baldi and Hornik, 1989); what it does better is owed to its depth.
public struct ReconstructionBaselines: Sendable, Equatable {
    /// The mean squared error of an element where each row is taken for the mean of the training rows.
    public let meanError: Double
    /// The same where each row is reproduced from as many principal components as a code has numbers; nil where there
    /// are fewer than two training rows.
    public let principalComponentsError: Double?
    /// How many training rows the two were fitted to.
    public let rowCount: Int

    /// So many rows give components that are as good as those of all: their error grows by d/n of itself.
    private static let mostRows = 10_000
    /// The error of a subspace is settled long before each of its directions is.
    private static let tolerance = 1e-5

    public init(_ network: AutoencoderNetwork, training: Features, test: Features) {
        self.init(
            training: Self.seen(network, Self.spread(training)), test: Self.seen(network, Self.spread(test)),
            codeSize: network.codeSize)
    }

    /// - Parameters:
    ///   - training: `[n, d]`
    ///   - test: `[m, d]`
    package init(training: Matrix<Float>, test: Matrix<Float>, codeSize: Int) {
        let d = training.columnCount
        rowCount = training.rowCount
        let axes =
            training.rowCount >= 2
            ? PrincipalComponents(of: training, count: min(codeSize, d), tolerance: Self.tolerance) : nil
        let means = axes?.means ?? training.row(0)
        var rests = test
        rests.withMutableSpan { values in
            for index in values.indices { values[index] -= means[index % d] }
        }
        let squares = Self.sumOfSquares(rests)
        meanError = squares / Double(max(rests.count, 1))
        principalComponentsError = axes.map { axes in
            // The directions are orthonormal: what they keep and what they lose add up to the squares (Pythagoras).
            var columns = Matrix<Float>(rows: d, columns: axes.components.rowCount, repeating: 0)
            for component in 0..<axes.components.rowCount {
                for column in 0..<d { columns[column, component] = axes.components[component, column] }
            }
            return max(0, squares - Self.sumOfSquares(rests.multiply(columns))) / Double(max(rests.count, 1))
        }
    }

    /// Not more rows than needed, spread over all of them.
    private static func spread(_ features: Features) -> Features {
        guard features.rowCount > mostRows else { return features }
        return features.rows((0..<mostRows).map { $0 * features.rowCount / mostRows })
    }

    private static func seen(_ network: AutoencoderNetwork, _ features: Features) -> Matrix<Float> {
        let scaled = network.scaled(features)
        return scaled.features.floats(scaledBy: scaled.byteScale)
    }

    private static func sumOfSquares(_ matrix: Matrix<Float>) -> Double {
        matrix.withSpan { values in
            var sum = 0.0
            for index in values.indices { sum += Double(values[index]) * Double(values[index]) }
            return sum
        }
    }
}
