import Randomness
import SupervisedLearning
import Testing

struct FoldsTests {
    private func random(_ seed: UInt64 = 3) -> RandomStream { RandomStream(seed: seed, purpose: "folds") }

    /// Each row is tested on once, and learned from in the other folds.
    private func isCrossValidation(_ splits: ArraySlice<Split>, of count: Int) -> Bool {
        let all = Array(0..<Int32(count))
        return splits.flatMap(\.test).sorted() == all
            && splits.allSatisfy { ($0.training + $0.test).sorted() == all && !$0.test.isEmpty }
    }

    private func spread(_ counts: [Int]) -> Int { (counts.max() ?? 0) - (counts.min() ?? 0) }

    @Test(arguments: [2, 5, 7, 23]) func `each row is tested on once, in folds of nearly equal size`(count: Int) throws
    {
        var (first, again) = (random(), random())
        let folds = try Folds(.random(count: 23), count: count, using: &first)
        #expect(folds.splits.count == count)
        #expect(isCrossValidation(folds.splits[...], of: 23))
        #expect(spread(folds.splits.map(\.test.count)) <= 1)
        #expect(try folds == Folds(.random(count: 23), count: count, using: &again))
    }

    @Test(arguments: [2, 3, 5]) func `each class is spread evenly over stratified folds, and so are the rows`(
        count: Int
    ) throws {
        let labels = (0..<97).map { Int32($0 % 10 < 6 ? 0 : $0 % 10 < 9 ? 1 : 2) }
        for seed: UInt64 in 0..<5 {
            var random = random(seed)
            let folds = try Folds(.stratified(labels: labels), count: count, using: &random)
            #expect(isCrossValidation(folds.splits[...], of: 97))
            #expect(spread(folds.splits.map(\.test.count)) <= 1)
            for label: Int32 in 0..<3 {
                #expect(spread(folds.splits.map { $0.test.count { labels[Int($0)] == label } }) <= 1)
            }
        }
    }

    @Test func `a class with fewer rows than folds is named`() {
        var random = random()
        let labels: [Int32] = [0, 0, 0, 0, 0, 1, 1, 0]
        let named = #expect(throws: SplitError.self) {
            try Folds(.stratified(labels: labels), count: 3, classNames: ["no", "yes"], using: &random)
        }
        #expect(named?.problem.contains("class 'yes' has 2 rows") == true)
        #expect(named?.problem.contains("at most 2 folds") == true)
        let numbered = #expect(throws: SplitError.self) {
            try Folds(.stratified(labels: labels), count: 3, using: &random)
        }
        #expect(numbered?.problem.contains("class 1 has") == true)
    }

    @Test func `groups stay together, and folds of groups of one size are equal`() throws {
        let groups = (0..<60).map { Int32($0 / 4) }
        var random = random()
        let folds = try Folds(.grouped(groups), count: 5, using: &random)
        #expect(isCrossValidation(folds.splits[...], of: 60))
        #expect(folds.splits.allSatisfy { $0.test.count == 12 })
        for split in folds.splits {
            #expect(Set(split.test.map { groups[Int($0)] }).isDisjoint(with: split.training.map { groups[Int($0)] }))
        }
        #expect(throws: SplitError.self) { try Folds(.grouped([1, 2, 1]), count: 3, using: &random) }
    }

    @Test func `folds by time learn from all that came before`() throws {
        var random = random()
        // As scikit-learn's TimeSeriesSplit(3) of ten rows: tests of two, the first after four.
        let folds = try Folds(.byTime((0..<10).map { Double(9 - $0) }), count: 3, using: &random)
        #expect(folds.splits.map(\.test) == [[5, 4], [3, 2], [1, 0]])
        #expect(folds.splits.map(\.training.count) == [4, 6, 8])
        let ties = try Folds(.byTime([0, 0, 0, 1, 1, 1, 2, 2, 2]), count: 2, using: &random)
        #expect(
            ties.splits == [
                Split(training: [0, 1, 2], test: [3, 4, 5]), Split(training: [0, 1, 2, 3, 4, 5], test: [6, 7, 8]),
            ])
        #expect(throws: SplitError.self) { try Folds(.byTime([1, 1, 1, 1, 2]), count: 2, using: &random) }
    }

    @Test func `repetitions divide the rows anew`() throws {
        var random = random()
        let folds = try Folds(.random(count: 20), count: 4, repetitions: 3, using: &random)
        #expect(folds.splits.count == 12)
        for repetition in 0..<3 {
            #expect(isCrossValidation(folds.splits[(repetition * 4)..<(repetition * 4 + 4)], of: 20))
        }
        #expect(folds.splits[0] != folds.splits[4])
    }

    @Test func `too few rows or folds are refused`() {
        var random = random()
        #expect(throws: SplitError.self) { try Folds(.random(count: 3), count: 4, using: &random) }
        #expect(throws: SplitError.self) { try Folds(.random(count: 3), count: 1, using: &random) }
    }

    @Test func `inner folds divide what the outer fold learns from`() throws {
        let labels = (0..<40).map { Int32($0 % 2) }
        var random = random()
        let nested = try NestedFolds(.stratified(labels: labels), outer: 4, inner: 3, using: &random)
        #expect(isCrossValidation(nested.outer.splits[...], of: 40))
        #expect(nested.inner.count == 4)
        for (outer, inner) in zip(nested.outer.splits, nested.inner) {
            #expect(inner.splits.flatMap(\.test).sorted() == outer.training)
            #expect(inner.splits.allSatisfy { ($0.training + $0.test).sorted() == outer.training })
            #expect(
                inner.splits.allSatisfy { split in
                    spread(
                        [0, 1].map { label in
                            split.test.count { labels[Int($0)] == label }
                        }) <= 1
                })
        }
        let error = #expect(throws: SplitError.self) {
            try NestedFolds(.stratified(labels: [0, 0, 0, 1, 1, 1]), outer: 3, inner: 3, using: &random)
        }
        #expect(error?.problem.hasPrefix("inner folds of the outer fold 1: class 0 has 2 rows") == true)
    }
}
