extension RunComparison {
    /// Whether two sides differ, and whether chance explains it, in a sentence; nil where there are not two.
    public var verdict: String? {
        guard let sides, let metric, groups.count == 2 else { return nil }
        let (first, second) = (groups[0], groups[1])
        if max(first.seeds.count, second.seeds.count) == 1 { return "one seed a side says nothing about chance" }
        switch sides.verdict {
        case .firstIsBetter, .secondIsBetter:
            let better = sides.verdict == .firstIsBetter ? first : second
            return "\(better.name) is better: its interquartile \(metric.title) differs by more than chance explains"
        case .same: return "every seed of both came to the same \(metric.title)"
        case .cannotTell:
            let start = "\(first.seeds.count) and \(second.seeds.count) seeds do not tell them apart"
            guard let needed = sides.seedsNeeded else { return start }
            if needed > 1000 { return "\(start), and nor would 1,000: for most purposes they are equal" }
            let more = max(needed - min(first.seeds.count, second.seeds.count), 1)
            return
                "\(start); about \(more) more \(more == 1 ? "seed" : "seeds") each would, if the difference is as it seems"
        }
    }
}
