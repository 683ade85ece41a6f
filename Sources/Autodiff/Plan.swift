import LinearAlgebra

/// The work of a trace's schedule, segment by segment, and where each value stands: what of planning does not need
/// addresses.
struct Plan {
    typealias Step = Schedule.Step

    /// Where a value stands; offsets count floats.
    enum Location: Equatable {
        case shardArena(offset: Int)
        case commonArena(offset: Int)
        /// In the sums over the batch; the model's gradients come first there.
        case sums(offset: Int)
        case output(index: Int)
        case leaf
    }

    struct Segment {
        var once: [Step] = []
        var shard: [Step] = []
        /// What the shards' partial sums fill, as ranges of the sums.
        var reductions: [Range<Int>] = []
    }

    let graph: Graph
    private(set) var segments: [Segment]
    private(set) var locations: [Int: Location] = [:]
    /// The constants that kernels read, and where they stand in the common arena.
    private(set) var constants: [(offset: Int, constant: any BatchConstant)] = []
    private(set) var sumsCount: Int
    private(set) var shardScratchCount = 0
    private(set) var commonScratchCount = 0
    /// The multiply-adds of one row of the batch.
    let multiplyAddsPerRow: Int
    private let parameterCount: Int
    private var shardArena = ArenaPlanner()
    private var commonArena = ArenaPlanner()

    var shardArenaCount: Int { shardArena.count }
    var commonArenaCount: Int { commonArena.count }

    /// - Parameter batch: the rows of all shards.
    init(_ trace: Trace, batch: Int) {
        graph = trace.graph
        let outputs = trace.outputs.map(\.tensor.node)
        let schedule = Schedule(graph, results: outputs + trace.gradients.map(\.node) + trace.updates.map(\.node))
        parameterCount = trace.layout.count
        multiplyAddsPerRow = schedule.steps.reduce(0) { sum, step in
            guard step.role == .shard || step.role == .reduction else { return sum }
            let shapes = step.inputs.map { trace.graph.nodes[$0].shape }
            return sum + step.operation.multiplyAdds(shapes, output: trace.graph.nodes[step.node].shape)
        }
        segments = Array(repeating: Segment(), count: schedule.segmentCount)
        sumsCount = trace.gradients.isEmpty ? 0 : trace.layout.count

        // Results stand where the caller looks for them.
        for (index, node) in outputs.enumerated() where graph.nodes[node].shape.isBatched {
            let root = schedule.roots[node]
            if locations[root] == nil { locations[root] = .output(index: index) }
        }
        let rows = (batch + shardCount(rows: batch) - 1) / shardCount(rows: batch)
        for (slice, node) in trace.gradients { locations[schedule.roots[node]] = .sums(offset: slice.offset) }

        for (time, step) in schedule.steps.enumerated() where !graph.nodes[step.node].operation.isAlias {
            place(step, at: time, of: schedule, rows: rows)
            switch step.role {
            case .leaf: break
            case .once: segments[step.segment].once.append(step)
            case .shard, .reduction: segments[step.segment].shard.append(step)
            }
            for input in step.inputs.map({ schedule.roots[$0] }) where schedule.lastUses[input] == time {
                shardArena.free(input)
            }
        }
        for (alias, root) in schedule.roots.enumerated() where alias != root { locations[alias] = locations[root] }
        for index in segments.indices { segments[index].reductions = Self.merged(segments[index].reductions) }
    }

    /// How many shards a batch of so many rows is cut into: the data decides and never the number of threads.
    ///
    /// By default as `Shards` does. Where a row takes much work for few parameters, as in convolutions and recurrent
    /// layers, fewer rows are worth a worker's while: each shard has 32 million multiply-adds at the least, sixteen rows
    /// to fill the kernels' tiles, and work enough to outweigh the sum of its gradients.
    func shardCount(rows: Int) -> Int {
        let work = rows * multiplyAddsPerRow
        let worthwhile = min(8, rows / 16, work / 32_000_000, work / (200 * max(parameterCount, 1)))
        return max(Shards.count(rows: rows), worthwhile)
    }

    /// Gives the step's value a place, if it has none yet.
    private mutating func place(_ step: Step, at time: Int, of schedule: Schedule, rows: Int) {
        let node = graph.nodes[step.node]
        let count = node.shape.extents(batch: rows).count
        let scratch = step.operation.scratchCount(
            step.inputs.map { graph.nodes[$0].shape }, output: node.shape, rows: rows)
        if step.role == .once {
            commonScratchCount = max(commonScratchCount, scratch)
        } else {
            shardScratchCount = max(shardScratchCount, scratch)
        }
        switch step.role {
        case .leaf:
            guard let constant = node.operation as? any BatchConstant else {
                locations[step.node] = .leaf
                return
            }
            let offset = commonArena.allocate(1)
            constants.append((offset, constant))
            locations[step.node] = .commonArena(offset: offset)
        case .once:
            if locations[step.node] == nil {
                locations[step.node] = .commonArena(offset: commonArena.allocate(count))
            }
        case .shard:
            guard locations[step.node] == nil else { return }
            // An input of the same shape that nobody reads later may be overwritten.
            let reusable = step.operation.worksInPlace ? step.inputs.map { schedule.roots[$0] } : []
            let inherited = reusable.first { input in
                schedule.lastUses[input] == time && graph.nodes[input].shape == node.shape
                    && shardArena.offset(of: input) != nil
            }
            locations[step.node] = .shardArena(
                offset: shardArena.allocate(count, for: step.node, inheriting: inherited))
        case .reduction:
            if locations[step.node] == nil {
                locations[step.node] = .sums(offset: sumsCount)
                sumsCount += ParameterLayout.aligned(count)
            }
            guard case .sums(let offset)? = locations[step.node] else { return }
            segments[step.segment].reductions.append(offset..<offset + count)
        }
    }

    /// Neighbouring ranges made one.
    private static func merged(_ ranges: [Range<Int>]) -> [Range<Int>] {
        var result: [Range<Int>] = []
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            // Slices are aligned; the gap between two neighbours is zero in every partial sum and may be summed along.
            if let last = result.last, ParameterLayout.aligned(last.upperBound) >= range.lowerBound {
                result[result.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
            } else {
                result.append(range)
            }
        }
        return result
    }
}
