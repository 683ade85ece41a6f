public import Randomness

/// Folds within folds: settings are chosen by the inner folds, made of the rows that an outer fold learns from, and the
/// choice is judged on the rows that the outer fold is tested on, which had no part in it (Varma and Simon, 2006).
public struct NestedFolds: Sendable, Equatable, Codable {
    public let outer: Folds
    /// For each outer split, folds of its training rows, in the numbers of all rows.
    public let inner: [Folds]

    /// - Throws: `SplitError` if the rows do not suffice for the outer folds or, a fold being taken away, for the
    ///   inner.
    public init(
        _ strategy: SplitStrategy, outer outerCount: Int, inner innerCount: Int, classNames: [String]? = nil,
        using random: inout RandomStream
    ) throws(SplitError) {
        outer = try Folds(strategy, count: outerCount, classNames: classNames, using: &random)
        var inner: [Folds] = []
        for split in outer.splits {
            let rows = split.training
            let folds: Folds
            do throws(SplitError) {
                folds = try Folds(
                    strategy.restricted(to: rows), count: innerCount, classNames: classNames, using: &random)
            } catch {
                throw SplitError(problem: "inner folds of the outer fold \(inner.count + 1): \(error.problem)")
            }
            inner.append(
                Folds(
                    splits: folds.splits.map { fold in
                        Split(
                            training: fold.training.map { rows[Int($0)] }, test: fold.test.map { rows[Int($0)] })
                    }))
        }
        self.inner = inner
    }
}
