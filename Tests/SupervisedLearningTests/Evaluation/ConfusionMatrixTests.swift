import SupervisedLearning
import Testing

@Suite struct ConfusionMatrixTests {
    @Test func `counts, accuracy, recall and precision of a case worked by hand`() {
        let confusion = ConfusionMatrix(labels: [0, 0, 0, 1, 1, 2], predictions: [0, 1, 0, 1, 0, 0], classes: 3)
        #expect(confusion.counts == [2, 1, 0, 1, 1, 0, 1, 0, 0])
        #expect(confusion[1, 0] == 1)
        #expect(confusion.accuracy == 0.5)
        #expect((0..<3).map { confusion.recall($0) } == [2.0 / 3, 0.5, 0])
        #expect(confusion.precision(0) == 0.5 && confusion.precision(1) == 0.5 && confusion.precision(2).isNaN)
    }
}
