public import FileFormats

/// Brings observations to mean 0 and variance 1 by what has been seen so far, (x − μ) / √(σ² + 10⁻⁸), clipped to ±10, as
/// Stable-Baselines3's `VecNormalize`. It is a part of the policy: saved, exported and frozen with it.
public struct ObservationNormalizer: Sendable, Equatable {
    static let epsilon = 1e-8
    static let bound = 10.0

    public private(set) var moments: RunningMoments
    /// A frozen normalizer, as in evaluation, does not learn.
    public var isFrozen = false

    /// - Parameter size: d, the length of an observation.
    public init(size: Int) {
        moments = RunningMoments(columns: size)
    }

    /// Learns from the rows `rows` of `observations`, [any, d], unless it is frozen.
    public mutating func update(with observations: [Float], rows: Range<Int>) {
        if !isFrozen { moments.merge(observations, rows: rows) }
    }

    /// Normalizes the rows `rows` of `observations`, [any, d], in place.
    public func normalize(_ observations: inout [Float], rows: Range<Int>) {
        let size = moments.mean.count
        for column in 0..<size {
            let mean = moments.mean[column]
            let scale = 1 / (moments.variance[column] + Self.epsilon).squareRoot()
            for row in rows {
                let value = (Double(observations[row * size + column]) - mean) * scale
                observations[row * size + column] = Float(min(max(value, -Self.bound), Self.bound))
            }
        }
    }

    public func save(into archive: inout Archive) {
        moments.save(into: &archive)
    }

    /// - Throws: if the archive lacks the moments, or has them for observations of another size.
    public mutating func restore(from archive: Archive) throws {
        try moments.restore(from: archive)
    }
}
