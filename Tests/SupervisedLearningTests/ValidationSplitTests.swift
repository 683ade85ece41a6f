import SupervisedLearning
import Testing

@Suite struct ValidationSplitTests {
    @Test func `the same share of every class is held back, and every row is on one side`() throws {
        // 100 of class 0, 40 of class 1, 7 of class 2
        let labels = (0..<147).map { Int32($0 < 100 ? 0 : $0 < 140 ? 1 : 2) }
        let split = try ValidationSplit(
            count: 147, fraction: 0.25, targets: .classes(labels, count: 3), seed: 1)
        let held = (0..<3).map { label in split.validation.count { labels[Int($0)] == Int32(label) } }
        #expect(held == [25, 10, 2])
        #expect((split.training + split.validation).sorted() == Array(0..<147))
        #expect(split.training == split.training.sorted() && split.validation == split.validation.sorted())
    }

    @Test func `a seed decides the rows`() throws {
        func split(seed: UInt64) throws -> ValidationSplit {
            try ValidationSplit(count: 1000, fraction: 0.1, targets: nil, seed: seed)
        }
        #expect(try split(seed: 1) == split(seed: 1))
        #expect(try split(seed: 1) != split(seed: 2))
        #expect(try split(seed: 1).validation.count == 100)
    }

    @Test func `a share that leaves no row on one side is refused`() {
        for fraction in [0.01, 0.99] {
            #expect(throws: InvalidSetting.self) {
                _ = try ValidationSplit(count: 10, fraction: fraction, targets: nil, seed: 1)
            }
        }
    }
}
