/// What the observations or actions of an environment can be.
public enum Space: Sendable, Equatable, Codable {
    /// One of `count` choices, 0 ..< count. As an observation it is written one-hot, as a row of `count` Floats.
    case discrete(_ count: Int)

    /// A vector whose element i lies in low[i] ... high[i]; bounds may be infinite.
    case box(low: [Float], high: [Float])

    /// The length of a row: choices of a discrete space, elements of a box.
    public var size: Int {
        switch self {
        case .discrete(let count): count
        case .box(let low, _): low.count
        }
    }

    /// Whether `row` is an observation of this space.
    public func contains(_ row: Span<Float>) -> Bool {
        guard row.count == size else { return false }
        switch self {
        case .discrete:
            var ones = 0
            for index in row.indices {
                guard row[index] == 0 || row[index] == 1 else { return false }
                ones += Int(row[index])
            }
            return ones == 1
        case .box(let low, let high):
            return row.indices.allSatisfy { low[$0] <= row[$0] && row[$0] <= high[$0] }
        }
    }

    /// - Throws: if there is no choice or no element, or a lower bound is not below or equal to its upper bound.
    public func validate() throws(EnvironmentError) {
        switch self {
        case .discrete(let count):
            guard count > 0 else { throw EnvironmentError("a discrete space of \(count) choices has none to take") }
        case .box(let low, let high):
            guard low.count == high.count, !low.isEmpty else {
                throw EnvironmentError(
                    "a box has \(low.count) lower and \(high.count) upper bounds; give one pair or more")
            }
            for index in low.indices where !(low[index] <= high[index]) {
                throw EnvironmentError("element \(index) of a box has the bounds \(low[index]) ... \(high[index])")
            }
        }
    }
}
