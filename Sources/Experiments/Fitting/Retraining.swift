internal import SupervisedLearning

/// A retrained model beside the one that it began from, on rows that neither has learned from now: the old one is kept
/// unless the new one is better.
struct Retraining {
    let record: FittingResult.Retraining
    let kept: FittedNetwork

    /// - Throws: what predicting throws.
    init(old: FittedNetwork, new: FittedNetwork, test: Samples) throws {
        let (before, after) = (try old.evaluate(on: test).scores.primary, try new.evaluate(on: test).scores.primary)
        let (first, second) = (before.value ?? -.infinity, after.value ?? -.infinity)
        let isBetter = second > first
        kept = isBetter ? new : old
        record = FittingResult.Retraining(
            metric: after.name, old: first, new: second, kept: isBetter ? "new" : "old")
    }
}
