#if canImport(Glibc)
    import Glibc
#endif

/// How a setting such as the learning rate changes over training.
public enum Schedule: String, Sendable, Codable, CaseIterable {
    /// It stays.
    case constant
    /// It falls evenly to zero at the end.
    case linear
    /// It falls at once, some times, and stays in between.
    case step
    /// It falls by the same factor in equal times.
    case exponential
    /// It falls along half a cosine to zero at the end: Loshchilov and Hutter (2017), without restarts.
    case cosine
    /// It rises from a 25th to its peak, then falls to a 250,000th, both along half a cosine: Smith and Topin (2018), as in
    /// PyTorch (which by default moves the momentum too; here it stays).
    case oneCycle
    /// It falls when the validation loss no longer does: see `PlateauSchedule`, whose factor comes on top.
    case plateau

    /// What shapes a schedule.
    public struct Shape: Sendable, Codable, Equatable {
        /// The share of the training in which the setting first rises evenly from a hundredth of itself; the schedule takes
        /// the rest. One-cycle rises in its own way, over 0.3 of the training where this is 0.
        public var warmup = 0.0
        /// How many times `step` falls, at even distances.
        public var drops = 2
        /// What `step` and `plateau` multiply the setting by at each fall.
        public var dropFactor = 0.1
        /// What `exponential` has multiplied the setting by at the end.
        public var finalFactor = 0.01

        public init() {}
    }

    /// What the setting is multiplied by when `progress`, from 0 to 1, of the training is done.
    public func factor(progress: Double, shape: Shape = Shape()) -> Double {
        let progress = min(max(progress, 0), 1)
        if self == .oneCycle { return oneCycle(progress, rise: shape.warmup > 0 ? shape.warmup : 0.3) }
        if progress < shape.warmup { return 0.01 + 0.99 * progress / shape.warmup }
        let rest = shape.warmup < 1 ? (progress - shape.warmup) / (1 - shape.warmup) : 1
        switch self {
        case .constant, .plateau, .oneCycle: return 1
        case .linear: return 1 - rest
        case .step:
            // What is a whole number but for rounding counts as whole.
            let fallen = min((rest * Double(shape.drops + 1) + 1e-9).rounded(.down), Double(shape.drops))
            return pow(shape.dropFactor, fallen)
        case .exponential: return pow(shape.finalFactor, rest)
        case .cosine: return cosine(from: 1, to: 0, rest)
        }
    }

    private func oneCycle(_ progress: Double, rise: Double) -> Double {
        let (start, end) = (1.0 / 25, 1.0 / 250_000)
        if progress < rise { return cosine(from: start, to: 1, progress / rise) }
        return cosine(from: 1, to: end, rise < 1 ? (progress - rise) / (1 - rise) : 1)
    }

    /// Along half a cosine, `share` of the way.
    private func cosine(from first: Double, to last: Double, _ share: Double) -> Double {
        last + (first - last) * (1 + cos(.pi * share)) / 2
    }
}
