import Randomness

/// Rows to learn from, and rows held back to validate on; both in ascending order.
package struct ValidationSplit: Sendable, Equatable {
    package let training: [Int32]
    package let validation: [Int32]

    /// Holds back a random `fraction` of `count` rows; where they have class labels, that fraction of every class, as
    /// nearly as whole rows allow: of each its share rounded down, and one more of those that lost most by that.
    ///
    /// - Throws: `InvalidSetting` if no row is left on either side.
    package init(count: Int, fraction: Double, targets: Targets?, seed: UInt64) throws {
        var random = RandomStream(seed: seed, purpose: "validation")
        var groups: [[Int32]]
        if case .classes(let labels, let classes)? = targets {
            groups = Array(repeating: [], count: classes)
            for (row, label) in labels.enumerated() { groups[Int(label)].append(Int32(row)) }
        } else {
            groups = [Array(0..<Int32(count))]
        }
        var training: [Int32] = []
        var validation: [Int32] = []
        let shares = groups.map { fraction * Double($0.count) }
        var held = shares.map { Int($0) }
        let byLoss = groups.indices.sorted {
            let (first, second) = (shares[$0] - Double(held[$0]), shares[$1] - Double(held[$1]))
            return (second, $0) < (first, $1)
        }
        let missing = Int((fraction * Double(count)).rounded()) - held.reduce(0, +)
        for group in byLoss.prefix(max(missing, 0)) where shares[group] > Double(held[group]) { held[group] += 1 }
        for group in groups.indices {
            random.shuffle(&groups[group])
            validation += groups[group].prefix(held[group])
            training += groups[group].dropFirst(held[group])
        }
        guard !training.isEmpty, !validation.isEmpty || fraction == 0 else {
            throw InvalidSetting(
                "validationFraction", fraction,
                "leaves \(training.count) of \(count) samples to learn from and \(validation.count) to validate on: "
                    + "have more samples, or validate on none of them with 0")
        }
        self.training = training.sorted()
        self.validation = validation.sorted()
    }
}
