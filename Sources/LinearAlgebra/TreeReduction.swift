/// Sums partial results in a fixed tree: neighbours first, then neighbours of neighbours. The shape depends on the
/// number of parts only, so the sum of a shard's results has the same bits for any number of threads, and the
/// rounding error grows with log₂ of the number of parts.
package enum TreeReduction {
    /// Adds `count` parts of `length` numbers each, part i beginning at `i · stride`; the sum replaces part 0, and
    /// the other parts are left with partial sums.
    package static func sum<Number: AdditiveArithmetic>(
        _ parts: UnsafeMutablePointer<Number>, count: Int, length: Int, stride partStride: Int
    ) {
        var distance = 1
        while distance < count {
            for part in stride(from: 0, to: count - distance, by: 2 * distance) {
                let left = parts + part * partStride
                let right = parts + (part + distance) * partStride
                for index in 0..<length { left[index] += right[index] }
            }
            distance *= 2
        }
    }

    /// The sum of an array in the same tree.
    package static func sum<Number: AdditiveArithmetic>(_ values: [Number]) -> Number {
        guard !values.isEmpty else { return .zero }
        var parts = values
        let count = parts.count
        parts.withUnsafeMutableBufferPointer { sum($0.baseAddress!, count: count, length: 1, stride: 1) }
        return parts[0]
    }
}
