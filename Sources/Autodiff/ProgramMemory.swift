import LinearAlgebra

/// The memory of a program, and where in it each value of its plan stands.
struct ProgramMemory {
    let plan: Plan
    let batch: Int
    /// The rows of each shard.
    let shards: [Range<Int>]
    let parameters: FloatBuffer
    /// The sums over the batch, gradients first.
    let sums: FloatBuffer
    /// What each shard adds to the sums; the sums themselves where there is one shard.
    let partialSums: [FloatBuffer]
    let commonArena: FloatBuffer
    let shardArenas: [FloatBuffer]
    /// What kernels need while they run: one for each shard, and one for what runs once.
    let shardScratch: [FloatBuffer]
    let commonScratch: FloatBuffer
    let inputs: [(label: String, buffer: FloatBuffer)]
    /// The results with a row for each row of the batch, by their place among the results.
    let outputs: [Int: FloatBuffer]

    init(_ plan: Plan, outputs nodes: [Int], parameters: FloatBuffer, sums: FloatBuffer, batch: Int) {
        self.plan = plan
        self.batch = batch
        self.parameters = parameters
        self.sums = sums
        let count = plan.shardCount(rows: batch)
        shards = (0..<count).map { Shards.range($0, of: count, rows: batch) }
        partialSums = count == 1 ? [sums] : shards.map { _ in FloatBuffer(count: plan.sumsCount) }
        commonArena = FloatBuffer(count: plan.commonArenaCount)
        shardArenas = shards.map { _ in FloatBuffer(count: plan.shardArenaCount) }
        shardScratch = shards.map { _ in FloatBuffer(count: plan.shardScratchCount) }
        commonScratch = FloatBuffer(count: plan.commonScratchCount)
        inputs = plan.graph.nodes.compactMap { node in
            guard let label = Self.label(of: node.operation) else { return nil }
            return (label, FloatBuffer(count: node.shape.extents(batch: batch).count))
        }
        var outputs: [Int: FloatBuffer] = [:]
        for (index, node) in nodes.enumerated() where plan.graph.nodes[node].shape.isBatched {
            outputs[index] = FloatBuffer(count: plan.graph.nodes[node].shape.extents(batch: batch).count)
        }
        self.outputs = outputs
        for (offset, constant) in plan.constants { commonArena[offset] = constant.value(batch: batch) }
    }

    /// Where `node` stands for a shard, or for what runs once.
    ///
    /// - Parameter writes: whether it is about to be computed: a shard writes its part of a sum, and reads the whole.
    func place(_ node: Int, shard: Int?, writes: Bool) -> Place {
        let shape = plan.graph.nodes[node].shape
        let root = plan.graph.root(of: node)
        let rows = shard.map { shards[$0] } ?? 0..<batch
        let firstElement = shape.isBatched ? rows.lowerBound * shape.elementsPerRow : 0
        let base: UnsafeMutablePointer<Float>
        switch plan.locations[root] ?? .leaf {
        case .shardArena(let offset): base = shardArenas[shard ?? 0].base + offset
        case .commonArena(let offset): base = commonArena.base + offset
        case .sums(let offset): base = (shard.map { writes ? partialSums[$0] : sums } ?? sums).base + offset
        case .output(let index):
            guard let output = outputs[index] else { preconditionFailure("result \(index) has no rows") }
            base = output.base + firstElement
        case .leaf:
            let operation = plan.graph.nodes[root].operation
            if let parameter = operation as? Parameter {
                base = parameters.base + parameter.slice.offset
            } else if let label = Self.label(of: operation), let buffer = inputs.first(where: { $0.label == label }) {
                base = buffer.buffer.base + firstElement
            } else {
                preconditionFailure("\(operation.name) has no place")
            }
        }
        return Place(address: base, shape: shape, extents: shape.extents(batch: rows.count))
    }

    /// The label of what the caller provides.
    private static func label(of operation: any Operation) -> String? {
        switch operation {
        case let input as Input: input.label
        case let input as IndexInput: input.label
        case let input as ScalarInput: input.label
        case is RandomKey: RandomKey.label
        default: nil
        }
    }

    /// In bytes, without parameters.
    var size: Int {
        let buffers =
            [sums, commonArena, commonScratch] + shardArenas + shardScratch + (partialSums.count > 1 ? partialSums : [])
            + inputs.map(\.buffer)
            + outputs.values
        return buffers.reduce(0) { $0 + $1.count } * MemoryLayout<Float>.stride
    }
}
