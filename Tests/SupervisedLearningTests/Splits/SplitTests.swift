import Randomness
import SupervisedLearning
import Testing

struct SplitTests {
    /// Seven of class 0, thirty of class 3, one of class 5, twelve of class 9, mixed.
    private static let labels: [Int32] = (0..<50).map { row in
        row % 7 == 0 && row < 49 ? 0 : row == 49 ? 5 : row % 7 < 5 ? 3 : 9
    }

    private func random(_ seed: UInt64 = 3) -> RandomStream { RandomStream(seed: seed, purpose: "split") }

    /// Each row on exactly one side.
    private func isPartition(_ split: Split, of count: Int) -> Bool {
        (split.training + split.test).sorted() == Array(0..<Int32(count))
    }

    @Test func `a random split holds back the fraction, and another seed other rows`() throws {
        var (first, again, other) = (random(), random(), random(4))
        let split = try Split(.random(count: 50), testFraction: 0.3, using: &first)
        #expect(split.test.count == 15)
        #expect(isPartition(split, of: 50))
        #expect(split.test == split.test.sorted() && split.training == split.training.sorted())
        #expect(try split == Split(.random(count: 50), testFraction: 0.3, using: &again))
        #expect(try split != Split(.random(count: 50), testFraction: 0.3, using: &other))
    }

    @Test(arguments: [0.02, 0.1, 0.2, 0.5, 0.9]) func `a stratified split has each class's share to within one row`(
        fraction: Double
    ) throws {
        var random = random()
        let split = try Split(.stratified(labels: Self.labels), testFraction: fraction, using: &random)
        #expect(isPartition(split, of: 50))
        #expect(split.test.count == Int((fraction * 50).rounded()))
        for label: Int32 in [0, 3, 5, 9] {
            let all = Self.labels.count { $0 == label }
            let held = split.test.count { Self.labels[Int($0)] == label }
            #expect(abs(Double(held) - fraction * Double(all)) <= 1)
            #expect(held < all, "a class of \(all) rows cannot be learned")
        }
    }

    @Test func `no group is on both sides`() throws {
        for seed: UInt64 in 0..<20 {
            var random = random(seed)
            let groups = (0..<60).map { Int32($0 * $0 % 23) }
            let split = try Split(.grouped(groups), testFraction: 0.25, using: &random)
            #expect(isPartition(split, of: 60))
            #expect(!split.test.isEmpty && !split.training.isEmpty)
            #expect(Set(split.test.map { groups[Int($0)] }).isDisjoint(with: split.training.map { groups[Int($0)] }))
            #expect(abs(split.test.count - 15) <= 6)
        }
    }

    @Test func `of groups that are all too large the smallest is held back`() throws {
        var random = random()
        let split = try Split(.grouped([1, 1, 1, 1, 2, 2, 2, 1, 2, 1]), testFraction: 0.1, using: &random)
        #expect(split.test == [4, 5, 6, 8])
    }

    @Test func `the last rows in time are the test, and a time is not divided`() throws {
        var random = random()
        let split = try Split(.byTime([5, 1, 4, 2, 3]), testFraction: 0.4, using: &random)
        #expect(split == Split(training: [1, 3, 4], test: [2, 0]))
        let ties = try Split(.byTime([1, 1, 2, 2, 2, 3]), testFraction: 0.34, using: &random)
        #expect(ties == Split(training: [0, 1, 2, 3, 4], test: [5]))
    }

    @Test func `what cannot be divided is refused with what to do`() {
        var random = random()
        #expect(throws: SplitError.self) { try Split(.random(count: 1), testFraction: 0.5, using: &random) }
        #expect(throws: SplitError.self) { try Split(.random(count: 9), testFraction: 1, using: &random) }
        #expect(throws: SplitError.self) { try Split(.random(count: 9), testFraction: .nan, using: &random) }
        #expect(throws: SplitError.self) { try Split(.grouped([4, 4, 4]), testFraction: 0.5, using: &random) }
        #expect(throws: SplitError.self) { try Split(.byTime([2, 2]), testFraction: 0.5, using: &random) }
        let error = #expect(throws: SplitError.self) {
            try Split(.byTime([2, .nan]), testFraction: 0.5, using: &random)
        }
        #expect(error?.problem.contains("row 1") == true)
    }
}
