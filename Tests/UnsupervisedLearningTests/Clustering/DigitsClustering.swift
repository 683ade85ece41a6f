import FileFormats
import Foundation
import LinearAlgebra

/// Clusterings of the digits by scikit-learn from the same first centroids.
struct DigitsClustering: Decodable {
    struct Clustering: Decodable {
        var iterations: Int
        var inertia: Double
        /// One digit a row.
        var labels: String
        var counts: [Int]
        var centroidSum: Double
        var centroidSquareSum: Double
        var centroidChecksum: Double
    }

    var initialRows: [Int]
    var clusterings: [String: Clustering]
    private var images: Data

    static let fixture = Result {
        try JSONDecoder().decode(DigitsClustering.self, from: Data(PackageResources.digits_clustering_json))
    }

    /// The digits `[1797, 64]`.
    func rows() throws -> Matrix<UInt8> {
        Matrix(rows: 1797, columns: 64, try Gzip.decompress(Array(images), name: "digits"))
    }
}

extension Matrix where Element == UInt8 {
    /// The same numbers as floats.
    var asFloats: Matrix<Float> { Matrix<Float>(rows: rowCount, columns: columnCount, array.map { Float($0) }) }
}
