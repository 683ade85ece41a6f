/// Which nodes of a trace have to be computed for its results, by whom, and in which order.
///
/// The batch is cut into shards. Within a segment every shard runs through the batch's nodes on its own; a sum over the
/// batch ends the segment: the shards' partial sums meet, and what depends on the result belongs to the next segment.
/// Nodes that do not depend on the batch run once, before the shards of their segment.
struct Schedule {
    enum Role {
        case leaf
        /// Computed once.
        case once
        /// Computed by every shard for its rows.
        case shard
        /// Computed by every shard in part, then summed over the shards.
        case reduction
    }

    struct Step {
        var node: Int
        var operation: any Operation
        var inputs: [Int]
        var role = Role.leaf
        var segment = 0
    }

    /// In the order of execution.
    private(set) var steps: [Step]
    /// For each node the node whose place it shares: itself but for aliases.
    let roots: [Int]
    /// The step in which a node's place is read for the last time.
    private(set) var lastUses: [Int: Int] = [:]

    var segmentCount: Int { (steps.map(\.segment).max() ?? 0) + 1 }

    init(_ graph: Graph, results: [Int]) {
        roots = graph.nodes.indices.map(graph.root)
        steps = Self.needed(graph, for: results)

        var placeOf: [Int: Int] = [:]
        for place in steps.indices {
            let inputs = steps[place].inputs.map { roots[$0] }.compactMap { placeOf[$0] }.map { steps[$0] }
            steps[place].role = Self.role(of: steps[place], in: graph)
            steps[place].segment = inputs.map { $0.segment + ($0.role == .reduction ? 1 : 0) }.max() ?? 0
            placeOf[steps[place].node] = place
        }

        // Segment by segment, in each what runs once before what the shards run; else as traced.
        steps.sort { first, second in
            (first.segment, first.role == .once ? 0 : 1, first.node)
                < (second.segment, second.role == .once ? 0 : 1, second.node)
        }
        for (time, step) in steps.enumerated() {
            for input in step.inputs { lastUses[roots[input]] = time }
        }
    }

    private static func role(of step: Step, in graph: Graph) -> Role {
        let node = graph.nodes[step.node]
        if node.operation is any Leaf { return .leaf }
        if node.operation.sumsOverBatch(node.inputs.map { graph.nodes[$0].shape }) { return .reduction }
        return node.shape.isBatched ? .shard : .once
    }

    /// The nodes that the results need, in the order of tracing; an activation takes over the addition that only it uses.
    private static func needed(_ graph: Graph, for results: [Int]) -> [Step] {
        var uses = [Int](repeating: 0, count: graph.nodes.count)
        for result in results { uses[result] += 1 }
        for index in graph.nodes.indices.reversed() where uses[index] > 0 {
            for input in graph.nodes[index].inputs { uses[input] += 1 }
        }
        var steps: [Step] = []
        var absorbed: Set<Int> = []
        for index in graph.nodes.indices.reversed() where uses[index] > 0 && !absorbed.contains(index) {
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
            if let rectifier = node.operation as? ElementwiseFunction, rectifier.function == .relu,
                uses[node.inputs[0]] == 1,
                let convolution = graph.nodes[node.inputs[0]].operation as? Convolution
            {
                step.operation = Convolution(window: convolution.window, rectifies: true)
                step.inputs = graph.nodes[node.inputs[0]].inputs
                absorbed.insert(node.inputs[0])
            }
            steps.append(step)
        }
        return steps.reversed()
    }
}
