import Foundation

/// Smoothing that does not lie: without bias towards the first value, over all measured values (thin out afterwards).
public enum Smoothing {
    /// The exponential moving average with the bias of its start removed (Kingma & Ba 2015, §3):
    /// sₜ = Σₖ wᵗ⁻ᵏ yₖ / Σₖ wᵗ⁻ᵏ over k ≤ t.
    ///
    /// - Parameter weight: The share of the past, 0 (no smoothing) ..< 1. What is not finite stays as it is and
    ///   leaves the average untouched.
    public static func exponential(_ values: [Double], weight: Double) -> [Double] {
        precondition((0..<1).contains(weight), "a smoothing weight lies in 0 ..< 1, not \(weight)")
        var sum = 0.0, total = 0.0
        return values.map { value in
            guard value.isFinite else { return value }
            sum = weight * sum + value
            total = weight * total + 1
            return sum / total
        }
    }

    /// The same with forgetting measured along x: a value counts half after a distance of `halfLife`. The result does
    /// not depend on how often the curve was sampled.
    public static func exponential(_ curve: Curve, halfLife: Double) -> Curve {
        precondition(halfLife > 0, "a half-life is positive, not \(halfLife)")
        var sum = 0.0, total = 0.0
        var last: Double?
        let smoothed = zip(curve.x, curve.y).map { x, y -> Double in
            guard x.isFinite, y.isFinite else { return y }
            let kept = last.map { exp2(-abs(x - $0) / halfLife) } ?? 0
            sum = kept * sum + y
            total = kept * total + 1
            last = x
            return sum / total
        }
        return Curve(x: curve.x, y: smoothed)
    }
}
