/// What must be minded when rows are divided into those learned from and those tested on.
public enum SplitStrategy: Sendable, Equatable {
    /// Nothing: any row may lie on either side.
    case random(count: Int)
    /// Each class has its share on both sides: `labels` is the class of each row, `[n]`.
    case stratified(labels: [Int32])
    /// Rows of one group (a patient, a user, a recording) are never on both sides: `groups` is that of each row, `[n]`.
    case grouped([Int32])
    /// The future is not learned from: `order` is the time of each row, `[n]`, and the test is what comes last.
    case byTime([Double])

    public var rowCount: Int {
        switch self {
        case .random(let count): count
        case .stratified(let labels): labels.count
        case .grouped(let groups): groups.count
        case .byTime(let order): order.count
        }
    }

    /// The same for a part of the rows, numbered anew in the order given.
    public func restricted(to rows: [Int32]) -> SplitStrategy {
        switch self {
        case .random: .random(count: rows.count)
        case .stratified(let labels): .stratified(labels: rows.map { labels[Int($0)] })
        case .grouped(let groups): .grouped(rows.map { groups[Int($0)] })
        case .byTime(let order): .byTime(rows.map { order[Int($0)] })
        }
    }

    /// The rows of each different value, ascending by value.
    static func rows(byValue values: [Int32]) -> [(value: Int32, rows: [Int32])] {
        let order = (0..<Int32(values.count)).sorted { (values[Int($0)], $0) < (values[Int($1)], $1) }
        var groups: [(value: Int32, rows: [Int32])] = []
        for row in order {
            if groups.last?.value == values[Int(row)] {
                groups[groups.count - 1].rows.append(row)
            } else {
                groups.append((values[Int(row)], [row]))
            }
        }
        return groups
    }

    /// The rows from the earliest to the latest; of one time, in the order given.
    ///
    /// - Throws: `SplitError` if a time is not a number.
    static func rows(byTime order: [Double]) throws(SplitError) -> [Int32] {
        if let row = order.firstIndex(where: \.isNaN) {
            throw SplitError(problem: "the time of row \(row) is not a number: give it one, or take the row out")
        }
        return (0..<Int32(order.count)).sorted { (order[Int($0)], $0) < (order[Int($1)], $1) }
    }
}

/// Rows that cannot be divided as asked; the problem says what to do.
public struct SplitError: Error, Equatable, CustomStringConvertible {
    public let problem: String

    public init(problem: String) { self.problem = problem }

    public var description: String { problem }
}
