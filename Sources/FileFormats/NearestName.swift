/// The name among `candidates` that `name` was most likely meant to be; nil if none is near.
///
/// Near is an edit distance (insertions, deletions, replacements and swaps of neighbours; case does not count) of at
/// most a third of the longer name's length, or being the beginning of a candidate. Among equals the first wins.
public func nearestName(to name: String, among candidates: [String]) -> String? {
    let folded = name.lowercased()
    // Of equally near ones that with the most letters as they are, large or small.
    var best: (name: String, distance: Int, exact: Int)?
    for candidate in candidates {
        let other = candidate.lowercased()
        let isBeginning = folded.count >= 2 && other.hasPrefix(folded)
        let distance = isBeginning ? 1 : editDistance(folded, other)
        let limit = max(1, max(folded.count, other.count) / 3)
        guard distance <= limit else { continue }
        let exact = editDistance(name, candidate)
        if let best, (best.distance, best.exact) <= (distance, exact) { continue }
        best = (candidate, distance, exact)
    }
    return best?.name
}

/// How many insertions, deletions, replacements and swaps of neighbours turn `a` into `b` (optimal string alignment,
/// Damerau 1964).
package func editDistance(_ a: String, _ b: String) -> Int {
    let (a, b) = (Array(a), Array(b))
    var twoAbove = [Int](repeating: 0, count: b.count + 1)
    var above = Array(0...b.count)
    for i in a.indices {
        var row = [i + 1]
        for j in b.indices {
            var distance = min(above[j] + (a[i] == b[j] ? 0 : 1), above[j + 1] + 1, row[j] + 1)
            if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { distance = min(distance, twoAbove[j - 1] + 1) }
            row.append(distance)
        }
        (twoAbove, above) = (above, row)
    }
    return above[b.count]
}
