import Foundation

/// What scikit-learn gives for the same texts and numbers (Fixtures/scikit-learn-preprocessing.json).
struct ScikitLearnValues: Decodable {
    struct Vectorizer: Decodable {
        let words: [Int]
        let characters: [Int]?
        let fewestTexts: Int
        let mostTerms: Int?
        let dampsCounts: Bool
        let weighsByRarity: Bool
        let terms: [String]
        let matrix: [[Float]]
    }

    let corpus: [String]
    let test: [String]
    let vectorizers: [Vectorizer]
    let numbers: [Double?]
    let columns: [String: [Float]]

    static func read() throws -> ScikitLearnValues {
        try JSONDecoder().decode(
            ScikitLearnValues.self, from: Data(PackageResources.scikit_learn_preprocessing_json))
    }
}
