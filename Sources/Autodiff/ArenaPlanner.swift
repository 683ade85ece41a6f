/// Gives out places in one arena so that values whose lives do not overlap share memory. Offsets count floats and are
/// multiples of a cache line.
struct ArenaPlanner {
    private(set) var count = 0
    private var taken: [Int: Range<Int>] = [:]
    private var free: [Range<Int>] = []

    func offset(of node: Int) -> Int? { taken[node]?.lowerBound }

    /// A place that is never given back.
    mutating func allocate(_ size: Int) -> Int {
        let offset = count
        count += ParameterLayout.aligned(size)
        return offset
    }

    /// The place of `inherited`, which is used for the last time, or the smallest free place that is large enough.
    mutating func allocate(_ size: Int, for node: Int, inheriting inherited: Int?) -> Int {
        if let inherited, let place = taken.removeValue(forKey: inherited) {
            taken[node] = place
            return place.lowerBound
        }
        let size = ParameterLayout.aligned(size)
        if let best = free.indices.filter({ free[$0].count >= size }).min(by: { free[$0].count < free[$1].count }) {
            let place = free.remove(at: best)
            if place.count > size { free.append(place.lowerBound + size..<place.upperBound) }
            taken[node] = place.lowerBound..<place.lowerBound + size
        } else {
            taken[node] = count..<count + size
            count += size
        }
        return taken[node]!.lowerBound
    }

    /// Gives a place back; adjoining free places become one.
    mutating func free(_ node: Int) {
        guard var place = taken.removeValue(forKey: node) else { return }
        while let neighbour = free.firstIndex(where: {
            $0.upperBound == place.lowerBound || place.upperBound == $0.lowerBound
        }) {
            let other = free.remove(at: neighbour)
            place = min(place.lowerBound, other.lowerBound)..<max(place.upperBound, other.upperBound)
        }
        free.append(place)
    }
}
