import Glibc

extension RandomStream {
    /// Uniform on [0, 1), a multiple of 2⁻⁵³; draws two words.
    @inlinable
    public mutating func uniform() -> Double {
        Double(next() >> 11) * 0x1p-53
    }

    /// Uniform on `range`; draws two words.
    @inlinable
    public mutating func uniform(in range: ClosedRange<Double>) -> Double {
        range.lowerBound + (range.upperBound - range.lowerBound) * uniform()
    }

    /// Uniform on [0, 1), a multiple of 2⁻²⁴; draws one word.
    @inlinable
    public mutating func uniformFloat() -> Float {
        Float(nextWord() >> 8) * 0x1p-24
    }

    /// Normal with mean 0 and variance 1, by Box and Muller (1958). Always draws four words: the sine that would be
    /// a second sample is not kept, so that the position alone is the stream's state.
    public mutating func normal() -> Double {
        // 1 − u lies in (0, 1], where the logarithm is finite.
        let radius = (-2 * log(1 - uniform())).squareRoot()
        return radius * cos(2 * Double.pi * uniform())
    }

    /// A number from the gamma distribution of this shape and scale 1: Marsaglia and Tsang (2000); below a shape of 1, from
    /// that of the next shape times a power of a uniform number.
    public mutating func gamma(shape: Double) -> Double {
        precondition(shape > 0, "a gamma distribution of shape \(shape)")
        if shape < 1 { return gamma(shape: shape + 1) * pow(1 - uniform(), 1 / shape) }
        let d = shape - 1.0 / 3
        let c = 1 / (9 * d).squareRoot()
        while true {
            let x = normal()
            let v = (1 + c * x) * (1 + c * x) * (1 + c * x)
            guard v > 0 else { continue }
            let u = 1 - uniform()
            if log(u) < 0.5 * x * x + d - d * v + d * log(v) { return d * v }
        }
    }

    /// A number from 0 to 1 from the beta distribution.
    public mutating func beta(_ a: Double, _ b: Double) -> Double {
        let (x, y) = (gamma(shape: a), gamma(shape: b))
        // Both can be too small to be told from 0, for tiny shapes: then either end is as likely.
        return x + y > 0 ? x / (x + y) : Double(index(below: 2))
    }

    /// Uniform on 0 ..< `bound`, without bias: Lemire, "Fast random integer generation in an interval" (2019).
    /// Draws one word (two where `bound` exceeds 32 bits), and again with a probability below bound / 2³² (2⁶⁴).
    @inlinable
    public mutating func index(below bound: Int) -> Int {
        precondition(bound > 0, "no index lies below \(bound)")
        if let narrow = UInt32(exactly: bound) {
            var product = nextWord().multipliedFullWidth(by: narrow)
            if product.low < narrow {
                let rejected = (0 &- narrow) % narrow
                while product.low < rejected { product = nextWord().multipliedFullWidth(by: narrow) }
            }
            return Int(product.high)
        }
        let wide = UInt64(bound)
        var product = next().multipliedFullWidth(by: wide)
        if product.low < wide {
            let rejected = (0 &- wide) % wide
            while product.low < rejected { product = next().multipliedFullWidth(by: wide) }
        }
        return Int(product.high)
    }

    /// Puts `indices` in a random order, each order equally likely: Fisher and Yates, from the last place down.
    public mutating func shuffle(_ indices: inout [Int32]) {
        var place = indices.count - 1
        while place > 0 {
            // Not `swapAt`, which allocates where it is not specialised (debug builds).
            let other = index(below: place + 1)
            (indices[place], indices[other]) = (indices[other], indices[place])
            place -= 1
        }
    }

    /// An index drawn with probability `weights[index]` / Σ weights; draws two words.
    ///
    /// - Parameter weights: finite, none negative, at least one positive. An index of weight 0 is never drawn.
    public mutating func categorical(weights: Span<Float>) -> Int {
        var total = 0.0
        for index in weights.indices { total += Double(weights[index]) }
        precondition(total > 0 && total.isFinite, "the weights of a categorical distribution sum to \(total)")
        let threshold = uniform() * total
        var sum = 0.0
        var chosen = 0
        for index in weights.indices where weights[index] > 0 {
            sum += Double(weights[index])
            chosen = index
            if sum > threshold { break }
        }
        return chosen
    }

    /// An index drawn with probability softmax(`logits`)[index]; draws two words.
    ///
    /// - Parameter logits: unnormalised log-probabilities, at least one finite, none NaN or +∞.
    public mutating func categorical(logits: Span<Float>) -> Int {
        var largest = -Float.infinity
        for index in logits.indices { largest = max(largest, logits[index]) }
        precondition(largest.isFinite, "the largest logit of a categorical distribution is \(largest)")
        var total = 0.0
        for index in logits.indices { total += exp(Double(logits[index] - largest)) }
        let threshold = uniform() * total
        var sum = 0.0
        var chosen = 0
        for index in logits.indices where logits[index] > -.infinity {
            sum += exp(Double(logits[index] - largest))
            chosen = index
            if sum > threshold { break }
        }
        return chosen
    }
}
