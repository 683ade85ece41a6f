import Datasets
import LinearAlgebra
import Testing

struct DigitsTests {
    @Test func `digits holds what scikit-learn's load_digits holds`() throws {
        let digits = try Dataset.named("digits")
        let training = digits.training
        guard case .bytes(let pixels) = training.features else {
            Issue.record("the pixels are not kept as bytes")
            return
        }
        #expect(pixels.rowCount == 1797 && pixels.columnCount == 64)
        #expect(pixels.array.reduce(0) { $0 + Int($1) } == 561_718)
        #expect(pixels.array.max() == 16)
        #expect(pixels.row(0).prefix(16) == [0, 0, 5, 13, 9, 1, 0, 0, 0, 0, 13, 15, 10, 15, 5, 0])
        let labels = try #require(training.labels)
        #expect(labels.prefix(12) == [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1])
        #expect(
            (0..<10).map { digit in labels.count { $0 == Int32(digit) } }
                == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180])
        #expect(digits.imageShape == .init(height: 8, width: 8) && digits.valueRange == 0...16)
        #expect(digits.columnNames[9] == "pixel 1,1")
        #expect(digits.classNames?[7] == "7")
    }
}
