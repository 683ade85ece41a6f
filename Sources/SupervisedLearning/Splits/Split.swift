public import Randomness

/// Rows to learn from, and others to be tested on; both in ascending order, or by time where that divides them.
public struct Split: Sendable, Equatable, Codable {
    public let training: [Int32]
    public let test: [Int32]

    public init(training: [Int32], test: [Int32]) {
        self.training = training
        self.test = test
    }

    /// Holds back about `testFraction` of the rows, at least one. A time or a group is not divided, so that the test
    /// can be smaller or larger than asked.
    ///
    /// - Throws: `SplitError` if the fraction is not between 0 and 1, or one of the sides would be empty.
    public init(
        _ strategy: SplitStrategy, testFraction: Double, using random: inout RandomStream
    ) throws(SplitError) {
        let count = strategy.rowCount
        guard testFraction > 0, testFraction < 1 else {
            throw SplitError(
                problem: "a test of \(testFraction) of the rows: take a fraction between 0 and 1, such as 0.2")
        }
        guard count >= 2 else {
            throw SplitError(problem: "\(count) rows cannot be divided: have at least 2")
        }
        let held = min(max(Int((testFraction * Double(count)).rounded()), 1), count - 1)
        switch strategy {
        case .random:
            var order = Array(0..<Int32(count))
            random.shuffle(&order)
            self.init(test: Array(order.prefix(held)), of: count)
        case .stratified(let labels):
            self.init(test: Self.stratified(labels, held: held, using: &random), of: count)
        case .grouped(let groups):
            self.init(test: try Self.grouped(groups, held: held, using: &random), of: count)
        case .byTime(let order):
            let rows = try SplitStrategy.rows(byTime: order)
            let start = try Self.change(near: count - held, in: rows.map { order[Int($0)] })
            self.init(training: Array(rows.prefix(start)), test: Array(rows.dropFirst(start)))
        }
    }

    /// The split whose training rows are all others of `count`.
    init(test: [Int32], of count: Int) {
        var isTest = [Bool](repeating: false, count: count)
        for row in test { isTest[Int(row)] = true }
        training = (0..<Int32(count)).filter { !isTest[Int($0)] }
        self.test = test.sorted()
    }

    /// Of each class its share rounded down, and one more of those that lost most by that; at least one row of each
    /// class is left to learn from.
    private static func stratified(_ labels: [Int32], held: Int, using random: inout RandomStream) -> [Int32] {
        var classes = SplitStrategy.rows(byValue: labels).map(\.rows)
        let shares = classes.map { Double($0.count) * Double(held) / Double(labels.count) }
        var quotas = zip(shares, classes).map { min(Int($0), $1.count - 1) }
        let byLoss = classes.indices.sorted {
            let (first, second) = (shares[$0] - Double(quotas[$0]), shares[$1] - Double(quotas[$1]))
            return (second, $0) < (first, $1)
        }
        for index in byLoss where quotas.reduce(0, +) < held && quotas[index] < classes[index].count - 1 {
            quotas[index] += 1
        }
        // As many classes as rows: one of them cannot be learned then.
        if quotas.allSatisfy({ $0 == 0 }) { quotas[byLoss[0]] = 1 }
        var test: [Int32] = []
        for index in classes.indices {
            random.shuffle(&classes[index])
            test += classes[index].prefix(quotas[index])
        }
        return test
    }

    /// Groups in random order, each taken if that brings the test nearer to the size asked for.
    private static func grouped(
        _ groups: [Int32], held: Int, using random: inout RandomStream
    ) throws(SplitError) -> [Int32] {
        let members = SplitStrategy.rows(byValue: groups)
        guard members.count >= 2 else {
            throw SplitError(problem: "all rows are of the group \(members[0].value): have at least 2 groups")
        }
        var order = Array(0..<Int32(members.count))
        random.shuffle(&order)
        var test: [Int32] = []
        for index in order {
            let rows = members[Int(index)].rows
            let size = test.count + rows.count
            if abs(size - held) < abs(test.count - held), size < groups.count { test += rows }
        }
        if test.isEmpty {
            // Every group is more than twice what was asked for.
            let smallest = order.min { members[Int($0)].rows.count < members[Int($1)].rows.count } ?? 0
            test = members[Int(smallest)].rows
        }
        return test
    }

    /// The place nearest to `place` where the time changes, so that no time lies on both sides.
    private static func change(near place: Int, in times: [Double]) throws(SplitError) -> Int {
        let changes = (1..<times.count).filter { times[$0] != times[$0 - 1] }
        guard let nearest = changes.min(by: { abs($0 - place) < abs($1 - place) }) else {
            throw SplitError(problem: "all rows have the time \(times[0]): there is no later part to test on")
        }
        return nearest
    }
}
