/// A hierarchical clustering laid out: leaves in an order without crossings, and the bridges above them.
struct DendrogramTree {
    struct Leaf: Equatable {
        /// The row, or the cluster that stands for its rows.
        let node: Int
        let rowCount: Int
    }

    /// The upper end of a subtree.
    struct End: Equatable {
        /// Counted in leaves from the left; the first leaf lies at 0.5.
        let place: Double
        let distance: Double
    }

    struct Bridge: Equatable {
        let left: End
        let right: End
        let distance: Double
        /// The cluster that it lies in, counted from the left; nil above the cut.
        let cluster: Int?
    }

    private(set) var leaves: [Leaf] = []
    private(set) var bridges: [Bridge] = []

    /// - Parameters:
    ///   - cut: Merges at this distance or above separate clusters.
    ///   - mostLeaves: The last merges are kept, so that so many leaves remain.
    init(_ merges: [Dendrogram.Merge], cut: Double?, mostLeaves: Int) {
        let count = merges.count + 1
        var rowCounts = Array(repeating: 1, count: count)
        for merge in merges { rowCounts.append(rowCounts[merge.first] + rowCounts[merge.second]) }
        // Nodes below this one are leaves, whatever they hold.
        let firstInner = count + max(0, merges.count - (mostLeaves - 1))
        var clusterOfNode: [Int: Int] = [:]
        var ends: [Int: End] = [:]
        // Depth first without recursion: a chain of thousands of merges must not exhaust the stack.
        var stack: [(node: Int, isDone: Bool)] = [(count + merges.count - 1, false)]
        var clusterCount = 0
        while let (node, isDone) = stack.popLast() {
            let isBelowCut = node >= count && cut.map { merges[node - count].distance < $0 } ?? false
            if !isDone, clusterOfNode[node] == nil, isBelowCut || node < count {
                clusterOfNode[node] = clusterCount
                clusterCount += 1
            }
            guard node >= count, node >= firstInner else {
                ends[node] = End(place: Double(leaves.count) + 0.5, distance: 0)
                leaves.append(Leaf(node: node, rowCount: rowCounts[node]))
                continue
            }
            let merge = merges[node - count]
            guard isDone else {
                let cluster = clusterOfNode[node]
                for child in [merge.first, merge.second] { clusterOfNode[child] = cluster }
                stack += [(node, true), (merge.second, false), (merge.first, false)]
                continue
            }
            guard let left = ends[merge.first], let right = ends[merge.second] else { continue }
            bridges.append(
                Bridge(
                    left: left, right: right, distance: merge.distance,
                    cluster: isBelowCut ? clusterOfNode[node] : nil))
            ends[node] = End(place: (left.place + right.place) / 2, distance: merge.distance)
        }
    }
}
