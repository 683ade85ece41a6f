import Foundation
import LinearAlgebra

/// Metrics and simple models as scikit-learn 1.x computes them, read from `Fixtures/scikit-learn.json`. Matrices are
/// flat, row by row; a metric that it does not define for the rows is missing.
struct ScikitLearn: Decodable {
    struct Classification: Decodable, Sendable {
        var name: String
        var classes: Int
        var probabilities: [Float]
        var labels: [Int32]
        var metrics: [String: Double]
        var top2Accuracy: Double?
    }
    struct Regression: Decodable, Sendable {
        var name: String
        var outputs: Int
        var predictions, targets: [Float]
        var metrics: [String: Double]
    }
    struct Ranking: Decodable, Sendable {
        var name: String
        var k: Int
        var users: [Int32]
        var scores, relevances: [Float]
        var ndcg: Double
    }
    struct Iris: Decodable {
        /// `[90, 4]` and `[n, 4]`
        var training, test: [Float]
        var labels: [Int32]
        /// `[n, 3]`, of standardised features: multinomial logistic regression with C = 1, and 5 neighbours.
        var logistic, nearest: [Double]
    }
    struct Diabetes: Decodable {
        /// `[80, 10]` and `[n, 10]`
        var training, test: [Float]
        var values: [Float]
        /// `[n]`, of standardised features: ridge regression with α = 4, that on the first 8 rows with α = 2, and 5
        /// neighbours.
        var ridge, wideRidge, nearest: [Double]
    }

    var classification: [Classification]
    var regression: [Regression]
    var ranking: [Ranking]
    var iris: Iris
    var diabetes: Diabetes

    static func load() throws -> ScikitLearn {
        try JSONDecoder().decode(ScikitLearn.self, from: Data(PackageResources.scikit_learn_json))
    }
}
