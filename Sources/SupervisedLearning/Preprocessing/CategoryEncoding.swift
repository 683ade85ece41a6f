internal import Datasets

/// A column of categories made ready for a network: a feature of 0 and 1 for each category.
///
/// Two categories, none of them merged, need one feature. A missing value has a feature of its own if one was missing in
/// training; otherwise all features are 0.
public struct CategoryEncoding: Sendable, Codable, Equatable {
    /// All categories of the table; others are unknown.
    public let known: [String]
    /// The categories that have a feature: those of the training rows that are not rare.
    public let encoded: NameIndex
    /// Whether rare categories, and with them unknown ones, share a feature.
    public let hasOther: Bool
    public let hasIndicator: Bool
    /// Whether only the second of two categories has a feature.
    public let isBinary: Bool

    /// - Parameters:
    ///   - codes: the training rows' categories, indices of `names`.
    ///   - rareBelow: categories of fewer training rows are merged.
    init(fitting codes: [Int32?], names: [String], rareBelow: Int, indicatesMissing: Bool) {
        var counts = [Int](repeating: 0, count: names.count)
        for code in codes.compactMap(\.self) { counts[Int(code)] += 1 }
        let frequent = names.indices.filter { counts[$0] >= max(1, rareBelow) }
        let present = counts.count { $0 > 0 }
        known = names
        encoded = NameIndex(frequent.map { names[$0] })
        hasOther = frequent.count < present
        hasIndicator = indicatesMissing && present > 0 && codes.contains(nil)
        isBinary = frequent.count == 2 && !hasOther && !hasIndicator && names.count == 2
    }

    /// A single category says nothing, unless it is sometimes another or missing.
    var width: Int {
        let features = encoded.count + (hasOther ? 1 : 0) + (hasIndicator ? 1 : 0)
        return isBinary ? 1 : features > 1 ? features : 0
    }

    func names(_ name: String) -> [String] {
        guard width > 0 else { return [] }
        return (isBinary ? [encoded.names[1]] : encoded.names).map { "\(name)=\($0)" }
            + (hasOther ? [name + " other"] : []) + (hasIndicator ? [name + " missing"] : [])
    }

    /// Writes the features of a category into `row`, whose places from `start` on are 0.
    func encode(_ category: String?, into row: inout MutableSpan<Float>, at start: Int) {
        guard width > 0 else { return }
        guard let category else {
            if hasIndicator { row[start + width - 1] = 1 }
            return
        }
        if let place = encoded[category] {
            if !isBinary { row[start + Int(place)] = 1 } else if place == 1 { row[start] = 1 }
        } else if hasOther {
            row[start + encoded.count] = 1
        }
    }
}
