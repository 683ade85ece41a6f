import Foundation
import SupervisedLearning
import Testing

struct DataSignatureTests {
    private func numbers(_ name: String, _ values: [Double]) -> DataSignature.Column {
        DataSignature.Column(name: name, values: .numbers(values))
    }

    private func categories(_ name: String, _ values: [String?]) -> DataSignature.Column {
        DataSignature.Column(name: name, values: .categories(values))
    }

    @Test func `numbers are divided into bins that hold as many rows`() throws {
        let signature = try DataSignature(of: [numbers("x", (1...20).map(Double.init))], binCount: 4)
        let feature = signature.features[0]
        guard case .number(let mean, let deviation, let edges) = feature.kind else {
            Issue.record("x is a number")
            return
        }
        #expect(mean == 10.5)
        #expect(isNear(deviation, (399.0 / 12).squareRoot()))
        #expect(edges == [5, 10, 15])
        #expect(feature.shares == [0.25, 0.25, 0.25, 0.25, 0])
    }

    @Test func `the stability index worked by hand`() throws {
        let old = categories("c", (0..<1_000).map { $0 < 500 ? "a" : $0 < 800 ? "b" : nil })
        let signature = try DataSignature(of: [old])
        #expect(signature.features[0].shares == [0.5, 0.3, 0, 0.2])
        let new = categories("c", (0..<1_000).map { $0 < 300 ? "a" : $0 < 600 ? "b" : $0 < 900 ? "new" : nil })
        let drift = try signature.drift(of: [numbers("more", [Double](repeating: 0, count: 1_000)), new])
        // Shares 0.3, 0.3, 0.3, 0.1, the third of a floor of 0.0001.
        let fromA = -0.2 * log(0.3 / 0.5)
        let fromOther = 0.2999 * log(0.3 / 0.0001)
        let fromMissing = -0.1 * log(0.1 / 0.2)
        #expect(drift.map(\.name) == ["c"])
        #expect(isNear(drift[0].stabilityIndex, fromA + fromOther + fromMissing))
        #expect(drift[0].reading == .large)
        #expect(isNear(drift[0].expectedByChance, 3 * 0.002))
        let same = try signature.drift(of: [old])
        #expect(same[0].stabilityIndex == 0 && same[0].reading == .stable)
    }

    @Test func `a shifted number drifts the more the further it is shifted`() throws {
        let values = (0..<1_000).map { Double($0 * 389 % 1_000) }
        let signature = try DataSignature(of: [numbers("x", values)])
        func reading(_ shift: Double) throws -> DataSignature.Drift.Reading {
            try signature.drift(of: [numbers("x", values.map { $0 + shift })])[0].reading
        }
        #expect(try reading(20) == .stable)
        #expect(try reading(100) != .stable)
        #expect(try reading(500) == .large)
        let few = try signature.drift(of: [numbers("x", Array(values.prefix(20)))])
        #expect(few[0].reading == .tooFewRows)
    }

    @Test func `frequent values, missing ones and columns without any do no harm`() throws {
        let signature = try DataSignature(of: [
            numbers("mostly", [0, 0, 0, 0, 0, 0, 0, 0, 1, .nan]), numbers("none", [Double](repeating: .nan, count: 10)),
            numbers("endless", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]),
        ])
        #expect(signature.features[0].shares == [0.8, 0.1, 0, 0.1])
        #expect(signature.features[1].shares == [0, 1])
        let drift = try signature.drift(of: [
            numbers("none", [1]), numbers("mostly", [.infinity]), numbers("endless", [-.infinity]),
        ])
        #expect(drift.map(\.name) == ["mostly", "none", "endless"])
        #expect(drift.allSatisfy { $0.stabilityIndex.isFinite })
        let decoded = try JSONDecoder().decode(DataSignature.self, from: JSONEncoder().encode(signature))
        #expect(decoded == signature)
    }

    @Test func `a column that is missing or of the other kind is named`() throws {
        let signature = try DataSignature(of: [numbers("age", [1, 2])])
        let missing = #expect(throws: SamplesError.self) { try signature.drift(of: [numbers("ages", [1])]) }
        #expect(missing?.problem == "there is no column age, which the model learned from")
        let other = #expect(throws: SamplesError.self) { try signature.drift(of: [categories("age", ["old"])]) }
        #expect(other?.problem.contains("age has categories") == true)
        #expect(throws: SamplesError.self) { try DataSignature(of: []) }
        #expect(throws: SamplesError.self) { try DataSignature(of: [numbers("a", [1]), numbers("b", [1, 2])]) }
    }
}
