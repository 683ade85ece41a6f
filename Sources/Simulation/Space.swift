/// What the observations or actions of an environment can be.
public enum Space: Sendable, Equatable, Codable {
    /// One of `count` choices, 0 ..< count. As an observation it is written one-hot, as a row of `count` Floats.
    case discrete(_ count: Int)

    /// Several choices at once, the i-th of 0 ..< counts[i]. As an observation each is written one-hot, one after the
    /// other.
    case multiDiscrete(_ counts: [Int])

    /// Numbers that are 0 or 1, in an array of this shape, row by row: buttons, or a picture `[height, width, channels]`.
    case binary(shape: [Int])

    /// A vector whose element i lies in low[i] ... high[i]; bounds may be infinite.
    case box(low: [Float], high: [Float])

    /// The length of a row: all choices of a discrete or multi-discrete space, elements of a binary space or a box. It is
    /// the length of an observation, of an action mask, and of what a policy says about an action.
    @inlinable
    public var size: Int {
        switch self {
        case .discrete(let count): count
        case .multiDiscrete(let counts): counts.reduce(0, +)
        case .binary(let shape): shape.reduce(1, *)
        case .box(let low, _): low.count
        }
    }

    /// The shape of an observation: `[size]`, but for a binary space its own.
    public var shape: [Int] {
        if case .binary(let shape) = self { return shape }
        return [size]
    }

    /// How many numbers an action is: 1 for a discrete space.
    @inlinable
    public var componentCount: Int {
        switch self {
        case .discrete: 1
        case .multiDiscrete(let counts): counts.count
        case .binary, .box: size
        }
    }

    /// Whether actions are whole numbers, and not points in a box.
    @inlinable
    public var isDiscrete: Bool {
        if case .box = self { return false }
        return true
    }

    /// How many values each component of a whole-numbered action has: `[componentCount]`; empty for a box.
    public var choiceCounts: [Int] {
        switch self {
        case .discrete(let count): [count]
        case .multiDiscrete(let counts): counts
        case .binary: Array(repeating: 2, count: size)
        case .box: []
        }
    }

    /// Whether `row` is an observation of this space.
    public func contains(_ row: Span<Float>) -> Bool {
        guard row.count == size else { return false }
        switch self {
        case .discrete(let count): return Self.isOneHot(row, 0..<count)
        case .multiDiscrete(let counts):
            var start = 0
            for count in counts {
                guard Self.isOneHot(row, start..<start + count) else { return false }
                start += count
            }
            return true
        case .binary: return row.indices.allSatisfy { row[$0] == 0 || row[$0] == 1 }
        case .box(let low, let high):
            return row.indices.allSatisfy { low[$0] <= row[$0] && row[$0] <= high[$0] }
        }
    }

    private static func isOneHot(_ row: Span<Float>, _ range: Range<Int>) -> Bool {
        var ones = 0
        for index in range {
            guard row[index] == 0 || row[index] == 1 else { return false }
            ones += Int(row[index])
        }
        return ones == 1
    }

    /// - Throws: if there is no choice or no element, or a lower bound is not below or equal to its upper bound.
    public func validate() throws(EnvironmentError) {
        switch self {
        case .discrete(let count):
            guard count > 0 else { throw EnvironmentError("a discrete space of \(count) choices has none to take") }
        case .multiDiscrete(let counts):
            guard !counts.isEmpty, counts.allSatisfy({ $0 > 0 }) else {
                throw EnvironmentError("a multi-discrete space of \(counts) choices has none to take somewhere")
            }
        case .binary(let shape):
            guard !shape.isEmpty, shape.allSatisfy({ $0 > 0 }) else {
                throw EnvironmentError("a binary space of shape \(shape) has no element")
            }
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

extension Space: CustomStringConvertible {
    /// For lists and messages: "2 choices", "32 × 11 × 2 choices", "10 × 10 × 4 bits", "4 numbers".
    public var description: String {
        func words(_ counts: [Int], _ unit: String) -> String {
            counts.map(String.init).joined(separator: " × ") + " " + unit + (counts == [1] ? "" : "s")
        }
        return switch self {
        case .discrete(let count): words([count], "choice")
        case .multiDiscrete(let counts): words(counts, "choice")
        case .binary(let shape): words(shape, "bit")
        case .box(let low, _): words([low.count], "number")
        }
    }
}
