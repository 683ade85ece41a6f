import Datasets
import Foundation
import LinearAlgebra
import SupervisedLearning
import Testing

struct PreprocessingTests {
    private static let table = Table(columns: [
        Column(name: "x", values: .numbers([1, 2, nil])),
        Column(name: "c", values: .categories(codes: [0, 1, 0], names: ["a", "b"])),
        Column(name: "d", values: .dates([CalendarTime("2000-01-03"), CalendarTime("2001-01-03"), nil])),
        Column(name: "t", values: .texts(["one two", "two three", nil])),
    ])
    private static let samples: [RawFeatures] = [
        .matrix(.floats(Matrix(rows: 3, columns: 2, [1, 2, 3, 4, 5, 9])), image: nil),
        .matrix(.bytes(Matrix(rows: 3, columns: 2, [0, 255, 51, 0, 0, 0])), image: .init(height: 1, width: 2)),
        .table(table), .texts(["a b", "a c", "b a"]), .ratings(users: ["u", "v", "u"], items: ["i", "i", "j"]),
    ]

    @Test(arguments: 0..<5, Preprocessing.Options.TextEncoding.allCases)
    func `every kind is encoded, and after JSON in the same way`(
        number: Int, texts: Preprocessing.Options.TextEncoding
    ) throws {
        var options = Preprocessing.Options()
        options.texts = texts
        let samples = Self.samples[number]
        let change = try Preprocessing(fitting: samples, rows: [0, 1, 2], options: options)
        let restored = try JSONDecoder().decode(Preprocessing.self, from: JSONEncoder().encode(change))
        #expect(restored == change && restored.kind == samples.kind)
        let (encoded, again) = (try change(samples), try restored(samples))
        #expect(encoded.rowCount == 3)
        switch (encoded, again) {
        case (.dense(let features), .dense(let others)):
            #expect(features.features == others.features && features.byteScale == others.byteScale)
            #expect(features.features.columnCount == change.width && change.featureNames.count == change.width)
        case (.tokens(let rows), .tokens(let others)):
            #expect(rows == others && rows.width == change.width && change.featureNames.count == rows.tokenCount)
        default: Issue.record("JSON changed the kind")
        }
    }

    @Test func `bytes stay bytes, numbers are standardized by the training rows`() throws {
        let change = try Preprocessing(fitting: Self.samples[0], rows: [0, 1])
        guard case .dense(let scaled) = try change(Self.samples[0]) else {
            Issue.record("features of another kind")
            return
        }
        #expect(scaled.features == .floats(Matrix(rows: 3, columns: 2, [-1, -1, 1, 1, 3, 6])))
        let pixels = try Preprocessing(fitting: Self.samples[1], rows: [0, 1])
        guard case .dense(let bytes) = try pixels(Self.samples[1]) else {
            Issue.record("features of another kind")
            return
        }
        #expect(bytes.byteScale == 1 / 255 && pixels.featureNames == ["pixel 0,0", "pixel 0,1"])
        #expect(bytes.features == .bytes(Matrix(rows: 3, columns: 2, [0, 255, 51, 0, 0, 0])))
    }

    @Test func `samples of another kind, shape or width are refused`() throws {
        for (number, samples) in Self.samples.enumerated() where number != 1 {
            let change = try Preprocessing(fitting: samples, rows: [0, 1, 2])
            let other = Self.samples[(number + 2) % 5]
            #expect(
                throws: PreprocessingError(
                    "the samples are \(other.kind), but the model was fitted to \(samples.kind)",
                    advice: "give samples of the same kind")
            ) { try change(other) }
        }
        let numbers = try Preprocessing(fitting: Self.samples[0], rows: [0, 1])
        #expect(throws: SamplesError.self) {
            try numbers(.matrix(.floats(Matrix(rows: 1, columns: 3, [1, 2, 3])), image: nil))
        }
        #expect(throws: SamplesError.self) {
            try numbers(.matrix(.floats(Matrix(rows: 1, columns: 2, [1, .nan])), image: nil))
        }
        let images = try Preprocessing(fitting: Self.samples[1], rows: [0, 1])
        #expect(throws: PreprocessingError.self) {
            try images(.matrix(.bytes(Matrix(rows: 1, columns: 2, [1, 2])), image: .init(height: 2, width: 1)))
        }
        #expect(throws: PreprocessingError.self) { try Preprocessing(fitting: Self.samples[0], rows: []) }
    }

    @Test(arguments: [
        "{}", #"{"kind": "magic"}"#, #"{"kind": "identifiers", "identifiers": {"users": ["a", "a"], "items": []}}"#,
        #"{"kind": "matrix", "matrix": {"scale": {"factor": {"_0": 1}}, "columnCount": -1}}"#,
    ])
    func `a description that was damaged is refused`(text: String) {
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(Preprocessing.self, from: Data(text.utf8)) }
    }

    @Test(arguments: [
        (#""width":256"#, #""width":0"#), (#""fill":"#, #""fill":1e999,"x":"#),
        (#""numbers":[{"#, #""numbers":[],"x":[{"#),
        (#""isBinary":true"#, #""isBinary":false"#),
    ])
    func `a description changed by hand is refused`(old: String, new: String) throws {
        let change = try Preprocessing(fitting: Self.samples[2], rows: [0, 1, 2])
        let text = String(decoding: try JSONEncoder().encode(change), as: UTF8.self)
        let damaged = text.replacingOccurrences(of: old, with: new)
        #expect(damaged != text)
        #expect(throws: (any Error).self) { try JSONDecoder().decode(Preprocessing.self, from: Data(damaged.utf8)) }
    }
}
