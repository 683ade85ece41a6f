import Foundation
import SupervisedLearning
import Testing

struct CrossValidationSummaryTests {
    private func metrics(_ accuracy: Double?, _ loss: Double) -> [Metric] {
        [
            Metric(name: "logLoss", value: loss, higherIsBetter: false),
            Metric(name: "accuracy", value: accuracy, higherIsBetter: true),
        ]
    }

    @Test func `mean and standard error over the folds`() throws {
        let summary = CrossValidationSummary(folds: [metrics(0.5, 1), metrics(0.7, 2), metrics(0.9, 6)])
        #expect(summary.entries.map(\.name) == ["logLoss", "accuracy"])
        #expect(isNear(summary["accuracy"]?.mean, 0.7))
        // The deviation is 0.2, of three folds.
        #expect(isNear(summary["accuracy"]?.standardError, 0.2 / 3.squareRoot()))
        #expect(summary["logLoss"]?.values == [1, 2, 6])
        #expect(summary["recall"] == nil)
    }

    @Test func `a fold that does not define a metric is left out, and one fold has no standard error`() {
        let summary = CrossValidationSummary(folds: [metrics(nil, 1), metrics(0.5, 3)])
        #expect(summary["accuracy"]?.values == [0.5])
        #expect(summary["accuracy"]?.standardError == nil)
        #expect(CrossValidationSummary(folds: [metrics(nil, 1)])["accuracy"] == nil)
        #expect(CrossValidationSummary(folds: []).entries.isEmpty)
    }

    @Test func `seeds are averaged within each fold`() {
        let summary = CrossValidationSummary(seeds: [
            [metrics(0.2, 1), metrics(0.6, 2)], [metrics(0.4, 3), metrics(0.8, 2)],
        ])
        #expect(summary["logLoss"]?.values == [2, 2])
        #expect(summary["logLoss"]?.standardError == 0)
        #expect(isNear(summary["accuracy"]?.mean, 0.5))
    }

    @Test func `it is coded by the metrics' names`() throws {
        let summary = CrossValidationSummary(folds: [metrics(0.5, 1), metrics(1, 2)])
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let data = try encoder.encode(summary)
        #expect(
            String(decoding: data, as: UTF8.self)
                == #"{"accuracy":{"mean":0.75,"standardError":0.25,"values":[0.5,1]},"#
                + #""logLoss":{"mean":1.5,"standardError":0.5,"values":[1,2]}}"#)
        let decoded = try JSONDecoder().decode(CrossValidationSummary.self, from: data)
        #expect(decoded.entries == summary.entries.sorted { $0.name < $1.name })
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(
                CrossValidationSummary.self, from: Data(#"{"accuracy":{"mean":0,"values":[]}}"#.utf8))
        }
    }
}
