import SupervisedLearning
import Testing

@Suite struct CalibrationTests {
    @Test func `bins are those of scikit-learn's calibration curve`() {
        let confidences: [Float] = [
            0.559, 0.359, 0.435, 0.45, 0.901, 0.389, 0.508, 0.645, 0.895, 0.976, 0.796, 0.45, 0.681, 0.794, 0.336,
            0.776,
            0.558, 0.713, 0.769, 0.768,
        ]
        let isCorrect = [0, 0, 0, 0, 1, 0, 0, 0, 1, 1, 1, 0, 0, 1, 0, 0, 0, 1, 1, 1].map { $0 == 1 }
        let calibration = Calibration(confidences: confidences, isCorrect: isCorrect, binCount: 5)
        #expect(calibration.bins.map(\.count) == [3, 6, 8, 3])
        #expect(calibration.bins.map(\.accuracy) == [0, 0, 0.625, 1])
        let expected = [0.36133333, 0.49333334, 0.74275, 0.924]
        #expect(zip(calibration.bins.map(\.confidence), expected).allSatisfy { abs($0 - $1) < 1e-6 })
        #expect(abs(calibration.expectedError - 0.2607) < 1e-6)
    }

    @Test func `a bin has its upper end, and what is sure lies in the last`() {
        let calibration = Calibration(
            confidences: [0.5, 0.50001, 1, 0], isCorrect: [true, true, true, false], binCount: 2)
        #expect(calibration.bins.map(\.count) == [2, 2])
        #expect(abs(calibration.expectedError - (0.5 * 0.25 + 0.5 * (1 - 0.750005))) < 1e-6)
    }
}
