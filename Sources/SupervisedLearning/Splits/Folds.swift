public import Randomness

/// Rows divided into parts of which each is the test once, while the others are learned from: k-fold cross-validation
/// (Stone, 1974).
public struct Folds: Sendable, Equatable, Codable {
    /// One for each fold; of repeated folds, one repetition after the other.
    public let splits: [Split]

    public init(splits: [Split]) { self.splits = splits }

    /// Divides the rows into `count` folds:
    /// - random: sizes differ by at most one;
    /// - stratified: so do the counts of each class;
    /// - grouped: each group, the largest first, goes to the smallest fold so far;
    /// - by time: the rows after the first part are `count` tests of n / (count + 1) rows, each learned from all that
    ///   came before it (an expanding window). Rows of one time stay together.
    ///
    /// - Parameter repetitions: how often all of it is done, each time with another order of the rows.
    /// - Throws: `SplitError` if there are too few rows, groups, times, or rows of a class; `classNames` are what it
    ///   calls the classes.
    public init(
        _ strategy: SplitStrategy, count: Int, repetitions: Int = 1, classNames: [String]? = nil,
        using random: inout RandomStream
    ) throws(SplitError) {
        guard count >= 2 else { throw SplitError(problem: "\(count) folds: have at least 2, or hold out a test part") }
        guard repetitions >= 1 else {
            throw SplitError(problem: "\(repetitions) repetitions of folds: have at least 1")
        }
        guard strategy.rowCount >= count else {
            throw SplitError(problem: "\(strategy.rowCount) rows in \(count) folds: have fewer folds, or more rows")
        }
        var splits: [Split] = []
        for _ in 0..<repetitions {
            switch strategy {
            case .random(let rows):
                splits += Self.splits(ofParts: Self.random(rows, count, using: &random), rows: rows)
            case .stratified(let labels):
                let parts = try Self.stratified(labels, count, classNames, using: &random)
                splits += Self.splits(ofParts: parts, rows: labels.count)
            case .grouped(let groups):
                splits += Self.splits(ofParts: try Self.grouped(groups, count, using: &random), rows: groups.count)
            case .byTime(let order):
                guard repetitions == 1 else {
                    throw SplitError(problem: "folds by time are the same each time: have 1 repetition")
                }
                splits = try Self.byTime(order, count)
            }
        }
        self.splits = splits
    }

    private static func splits(ofParts parts: [[Int32]], rows: Int) -> [Split] {
        parts.map { Split(test: $0, of: rows) }
    }

    /// Deals the rows out like cards.
    private static func random(_ rows: Int, _ count: Int, using random: inout RandomStream) -> [[Int32]] {
        var order = Array(0..<Int32(rows))
        random.shuffle(&order)
        var parts = [[Int32]](repeating: [], count: count)
        for (place, row) in order.enumerated() { parts[place % count].append(row) }
        return parts
    }

    /// Deals class after class, each going on where the last ended: so the sizes of folds differ by at most one too.
    private static func stratified(
        _ labels: [Int32], _ count: Int, _ classNames: [String]?, using random: inout RandomStream
    ) throws(SplitError) -> [[Int32]] {
        var parts = [[Int32]](repeating: [], count: count)
        var place = 0
        for (label, rows) in SplitStrategy.rows(byValue: labels) {
            guard rows.count >= count else {
                let name =
                    classNames.flatMap { $0.indices.contains(Int(label)) ? "'\($0[Int(label)])'" : nil } ?? "\(label)"
                throw SplitError(
                    problem:
                        "class \(name) has \(rows.count) row\(rows.count == 1 ? "" : "s"), too few for \(count) folds "
                        + "with one in each: have at most \(rows.count) folds, more rows of it, or leave the class out")
            }
            var order = rows
            random.shuffle(&order)
            for row in order {
                parts[place % count].append(row)
                place += 1
            }
        }
        return parts
    }

    private static func grouped(
        _ groups: [Int32], _ count: Int, using random: inout RandomStream
    ) throws(SplitError) -> [[Int32]] {
        let members = SplitStrategy.rows(byValue: groups).map(\.rows)
        guard members.count >= count else {
            throw SplitError(problem: "\(members.count) groups in \(count) folds: have at most \(members.count) folds")
        }
        var order = Array(0..<Int32(members.count))
        random.shuffle(&order)
        // Which of equally large groups comes first is left to chance.
        let bySize = order.indices.sorted {
            (members[Int(order[$1])].count, $0) < (members[Int(order[$0])].count, $1)
        }
        var parts = [[Int32]](repeating: [], count: count)
        for place in bySize {
            let smallest = parts.indices.min { (parts[$0].count, $0) < (parts[$1].count, $1) } ?? 0
            parts[smallest] += members[Int(order[place])]
        }
        return parts
    }

    private static func byTime(_ order: [Double], _ count: Int) throws(SplitError) -> [Split] {
        let rows = try SplitStrategy.rows(byTime: order)
        let size = rows.count / (count + 1)
        // Each test begins with the first row of a time.
        var starts = (0..<count).map { rows.count - (count - $0) * size } + [rows.count]
        for index in 0..<count {
            while starts[index] > 0, starts[index] < rows.count,
                order[Int(rows[starts[index]])] == order[Int(rows[starts[index] - 1])]
            {
                starts[index] -= 1
            }
        }
        guard size > 0, starts[0] > 0, zip(starts, starts.dropFirst()).allSatisfy({ $0 < $1 }) else {
            throw SplitError(
                problem:
                    "\(rows.count) rows have too few different times for \(count) folds, each tested on what comes "
                    + "after: have fewer folds")
        }
        return (0..<count).map {
            Split(training: Array(rows[..<starts[$0]]), test: Array(rows[starts[$0]..<starts[$0 + 1]]))
        }
    }
}
