import Datasets
import LinearAlgebra
import SupervisedLearning
import Testing

@Suite struct SamplesTests {
    private func problem(_ features: Features, _ targets: Targets) throws -> String {
        try #require(throws: SamplesError.self) { _ = try Samples(features: features, targets: targets) }.problem
    }

    @Test func `samples that nothing can be learned from are told apart`() throws {
        let two = Matrix<Float>(rows: 2, columns: 2, [1, 2, 3, 4])
        #expect(
            try problem(.floats(two), .classes([0], count: 2)) == "2 rows of features, but targets for 1")
        #expect(
            try problem(.floats(two), .classes([0, 2], count: 2))
                == "row 1 has the label 2; there are the classes 0 ..< 2")
        #expect(
            try problem(.floats(Matrix(rows: 0, columns: 2, [])), .classes([], count: 2))
                == "0 rows of 2 features: too few")
        let broken = Matrix<Float>(rows: 2, columns: 2, [1, 2, .infinity, 4])
        #expect(try problem(.floats(broken), .classes([0, 1], count: 2)) == "feature 0 of row 1 is inf")
        #expect(try problem(.floats(two), .values(broken)) == "target 0 of row 1 is inf")
    }

    @Test func `a dataset's part gives classes, values or an error`() throws {
        let features = Features.bytes(Matrix(rows: 2, columns: 1, [3, 16]))
        let labelled = Dataset.Part(features: features, labels: [1, 0])
        let dataset = Dataset(name: "d", training: labelled, classNames: ["a", "b"], valueRange: 0...16)
        let samples = try Samples(labelled, of: dataset)
        #expect(samples.largestByte == 16)
        guard case .classes([1, 0], count: 2) = samples.targets else {
            Issue.record("the targets are \(samples.targets)")
            return
        }
        let valued = Dataset.Part(features: features, targets: [0.5, -2])
        guard case .values(let values) = try Samples(valued, of: dataset).targets else {
            Issue.record("no values")
            return
        }
        #expect(values == Matrix(rows: 2, columns: 1, [0.5, -2]))
        #expect(throws: SamplesError.self) { _ = try Samples(Dataset.Part(features: features), of: dataset) }
    }
}
