import SupervisedLearning
import Testing

/// Twelve rows, some of equal score. The expected values are those of scikit-learn 1.9.1.
private let scores: [Float] = [0.1, 0.4, 0.35, 0.8, 0.4, 0.9, 0.2, 0.4, 0.6, 0.7, 0.05, 0.55]
private let isPositive = [0, 0, 1, 1, 0, 1, 0, 1, 1, 0, 0, 1].map { $0 == 1 }

private func agree(_ values: [Double], _ expected: [Double]) -> Bool {
    values.count == expected.count && zip(values, expected).allSatisfy { abs($0 - $1) < 1e-12 }
}

@Suite struct ThresholdCurveTests {
    @Test func `the receiver operating characteristic is scikit-learn's`() {
        let characteristic = ReceiverOperatingCharacteristic(scores: scores, isPositive: isPositive)
        let sixths = { (counts: [Double]) in counts.map { $0 / 6 } }
        #expect(agree(characteristic.curve.x, sixths([0, 0, 0, 1, 1, 1, 3, 3, 4, 5, 6])))
        #expect(agree(characteristic.curve.y, sixths([0, 1, 2, 2, 3, 4, 5, 6, 6, 6, 6])))
        #expect(abs(characteristic.area - 0.8055555555555556) < 1e-12)
    }

    @Test func `the area is the share of pairs in the right order, ties counting half`() {
        var right = 0.0
        for positive in scores.indices where isPositive[positive] {
            for negative in scores.indices where !isPositive[negative] {
                right += scores[positive] > scores[negative] ? 1 : scores[positive] == scores[negative] ? 0.5 : 0
            }
        }
        let area = ReceiverOperatingCharacteristic(scores: scores, isPositive: isPositive).area
        #expect(abs(area - right / 36) < 1e-12)
    }

    @Test func `precision and recall are scikit-learn's`() {
        let precisionRecall = PrecisionRecall(scores: scores, isPositive: isPositive)
        #expect(agree(precisionRecall.curve.x, [0, 1, 2, 2, 3, 4, 5, 6, 6, 6, 6].map { $0 / 6 }))
        #expect(
            agree(
                precisionRecall.curve.y,
                [1, 1, 1, 2.0 / 3, 0.75, 0.8, 0.625, 2.0 / 3, 0.6, 6.0 / 11, 0.5]))
        #expect(abs(precisionRecall.averagePrecision - 0.8069444444444444) < 1e-12)
    }

    @Test func `rows of one kind have no area`() {
        let all = ReceiverOperatingCharacteristic(scores: [0.1, 0.2], isPositive: [true, true])
        #expect(all.area.isNaN)
        #expect(PrecisionRecall(scores: [0.1, 0.2], isPositive: [false, false]).averagePrecision.isNaN)
    }

    @Test func `a thinned curve keeps its ends and a point near each that it lost`() {
        let x = (0...1000).map { Double($0) / 1000 }
        let curve = ThresholdCurve(x: x, y: x.map { $0.squareRoot() })
        let thin = curve.thinned(to: 0.02)
        #expect(thin.x.count < 100 && thin.x.first == 0 && thin.x.last == 1)
        for (x, y) in zip(curve.x, curve.y) {
            #expect(zip(thin.x, thin.y).contains { abs($0 - x) <= 0.02 && abs($1 - y) <= 0.02 })
        }
    }
}
