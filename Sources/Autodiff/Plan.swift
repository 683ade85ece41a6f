import CKernels

/// Which nodes of a trace have to be computed for its results, in which order, and where each value stands: the part of
/// planning that does not need addresses.
///
/// The batch is cut into shards. Within a segment every shard runs through the batch's nodes on its own; a sum over the
/// batch ends the segment: the shards' partial sums meet, and what depends on the result belongs to the next segment.
/// Nodes that do not depend on the batch run once, before the shards of their segment.
struct Plan {
    enum Role {
        case leaf
        /// Computed by every shard for its rows.
        case shard
        /// Computed by every shard in part, then summed over the shards.
        case reduction
        /// Computed once.
        case once
    }

    /// Where a value stands; offsets count floats.
    enum Location: Equatable {
        case shardArena(offset: Int)
        case commonArena(offset: Int)
        /// In the sums over the batch; the model's gradients come first there.
        case sums(offset: Int)
        case output(index: Int)
        case leaf
    }

    struct Step {
        var node: Int
        var operation: any Operation
        var inputs: [Int]
    }

    struct Segment {
        var once: [Step] = []
        var shard: [Step] = []
        /// What the shards' partial sums fill, as ranges of the sums.
        var reductions: [Range<Int>] = []
    }

    let graph: Graph
    private(set) var segments: [Segment] = []
    private(set) var locations: [Int: Location] = [:]
    private(set) var shardArenaCount = 0
    private(set) var commonArenaCount = 0
    private(set) var sumsCount: Int
    /// The constants that kernels read, and where they stand in the common arena.
    private(set) var constants: [(offset: Int, constant: Constant)] = []

    /// - Parameter rows: the rows of the largest shard.
    init(_ trace: Trace, rows: Int) {
        let graph = trace.graph
        let outputs = trace.outputs.map(\.tensor.node)
        let gradients = trace.gradients
        self.graph = graph
        sumsCount = gradients.isEmpty ? 0 : trace.layout.count
        var order = Self.schedule(graph, results: outputs + gradients.map(\.node))
        let roots = graph.nodes.indices.map(graph.root)

        // Results stand where the caller looks for them.
        for (index, node) in outputs.enumerated() where locations[roots[node]] == nil {
            if graph.nodes[roots[node]].shape.isBatched { locations[roots[node]] = .output(index: index) }
        }
        for (slice, node) in gradients { locations[roots[node]] = .sums(offset: slice.offset) }

        let roles = order.reduce(into: [Int: Role]()) { roles, step in
            let node = graph.nodes[step.node]
            let inputs = node.inputs.map { graph.nodes[$0].shape }
            roles[step.node] =
                node.operation is any Leaf
                ? .leaf : node.operation.sumsOverBatch(inputs) ? .reduction : node.shape.isBatched ? .shard : .once
        }

        var segmentOf: [Int: Int] = [:]
        for step in order {
            let ready = step.inputs.map { roots[$0] }.map { (segmentOf[$0] ?? 0) + (roles[$0] == .reduction ? 1 : 0) }
            segmentOf[step.node] = ready.max() ?? 0
        }
        segments = Array(repeating: Segment(), count: (segmentOf.values.max() ?? 0) + 1)

        // Execution order: segment by segment, in each what runs once before what the shards run.
        order = order.enumerated().sorted { first, second in
            let key = { (place: Int, step: Step) in
                (segmentOf[step.node] ?? 0, roles[step.node] == .once ? 0 : 1, place)
            }
            return key(first.offset, first.element) < key(second.offset, second.element)
        }.map(\.element)
        let lastUses = Self.lastUses(order, roots: roots)

        var shardArena = ArenaPlanner()
        var commonArena = ArenaPlanner()
        for (time, step) in order.enumerated() {
            let node = graph.nodes[step.node]
            let segment = segmentOf[step.node] ?? 0
            let role = roles[step.node] ?? .leaf
            guard role != .leaf else {
                if let constant = node.operation as? Constant {
                    let offset = commonArena.allocate(1)
                    constants.append((offset, constant))
                    locations[step.node] = .commonArena(offset: offset)
                } else {
                    locations[step.node] = .leaf
                }
                continue
            }
            guard !node.operation.isAlias else { continue }
            if locations[step.node] == nil {
                let count = node.shape.extents(batch: rows).count
                switch role {
                case .reduction:
                    locations[step.node] = .sums(offset: sumsCount)
                    sumsCount += ParameterLayout.aligned(count)
                case .once: locations[step.node] = .commonArena(offset: commonArena.allocate(count))
                default:
                    let reusable = step.operation.worksInPlace ? step.inputs.map { roots[$0] } : []
                    let inherited = reusable.first { input in
                        lastUses[input] == time && graph.nodes[input].shape == node.shape
                            && shardArena.offset(of: input) != nil
                    }
                    let offset = shardArena.allocate(count, for: step.node, inheriting: inherited)
                    locations[step.node] = .shardArena(offset: offset)
                }
            }
            switch role {
            case .once: segments[segment].once.append(step)
            default: segments[segment].shard.append(step)
            }
            if role == .reduction, case .sums(let offset)? = locations[step.node] {
                segments[segment].reductions.append(offset..<offset + node.shape.elementsPerRow)
            }
            for input in step.inputs.map({ roots[$0] }) where lastUses[input] == time { shardArena.free(input) }
        }
        for (alias, root) in roots.enumerated() where alias != root { locations[alias] = locations[root] }
        shardArenaCount = shardArena.count
        commonArenaCount = commonArena.count
        for index in segments.indices {
            segments[index].reductions = Self.merged(segments[index].reductions)
        }
    }

    // MARK: The order of the work

    /// The nodes that the results need, in the order of tracing; an activation takes over the addition that only it uses.
    private static func schedule(_ graph: Graph, results: [Int]) -> [Step] {
        var uses = [Int](repeating: 0, count: graph.nodes.count)
        var needed = [Bool](repeating: false, count: graph.nodes.count)
        for result in results {
            needed[result] = true
            uses[result] += 1
        }
        for index in graph.nodes.indices.reversed() where needed[index] {
            for input in graph.nodes[index].inputs {
                needed[input] = true
                uses[input] += 1
            }
        }
        var steps: [Step] = []
        var absorbed: Set<Int> = []
        for index in graph.nodes.indices.reversed() where needed[index] && !absorbed.contains(index) {
            let node = graph.nodes[index]
            var step = Step(node: index, operation: node.operation, inputs: node.inputs)
            if let activation = node.operation as? ElementwiseFunction,
                AddActivation.kernel(activation.function) != nil, uses[node.inputs[0]] == 1,
                let sum = graph.nodes[node.inputs[0]].operation as? ElementwisePair, sum.function == .add
            {
                step.operation = AddActivation(activation: activation.function)
                step.inputs = graph.nodes[node.inputs[0]].inputs
                absorbed.insert(node.inputs[0])
            }
            steps.append(step)
        }
        return steps.reversed()
    }

    private static func lastUses(_ order: [Step], roots: [Int]) -> [Int: Int] {
        var last: [Int: Int] = [:]
        for (time, step) in order.enumerated() {
            for input in step.inputs { last[roots[input]] = time }
        }
        return last
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
