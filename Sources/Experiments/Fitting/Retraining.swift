internal import SupervisedLearning

/// A retrained model beside the one that it began from, on rows that neither has learned from now: the old one is kept
/// unless the new one is better.
struct Retraining {
    let record: FittingResult.Retraining
    let isBetter: Bool

    /// - Parameters:
    ///   - old: what the earlier model reaches, by the metric that models are chosen by.
    ///   - new: what the new one does.
    init(old: Metric, new: Metric) {
        let (before, after) = (old.value ?? -.infinity, new.value ?? -.infinity)
        isBetter = after > before
        record = FittingResult.Retraining(
            metric: new.name, old: before, new: after, kept: isBetter ? "new" : "old")
    }
}
