import CKernels
import LinearAlgebra

/// The sums over the batch: the gradients, and behind them all others.
private struct Sums {
    let gradients: FloatBuffer
    let others: FloatBuffer

    func address(_ offset: Int) -> UnsafeMutablePointer<Float> {
        offset < gradients.count ? gradients.base + offset : others.base + (offset - gradients.count)
    }
}

/// A traced computation, planned for one batch size: a flat list of kernel calls with resolved addresses.
///
/// Running it is a loop over that list; nothing is allocated and nothing is looked up. The rows of the batch are cut into
/// shards (their number depends on the batch size alone) that run on the worker pool, so that the result is the same for
/// any number of workers.
///
/// A program owns its inputs, outputs and scratch memory; it belongs to one task at a time.
public final class Program: @unchecked Sendable {
    /// The number of rows in the batch.
    public let batch: Int

    let plan: Plan
    private let graph: Graph
    let pool: WorkerPool
    private let sums: Sums
    private let partialSums: [FloatBuffer]
    private let commonArena: FloatBuffer
    private let shardArenas: [FloatBuffer]
    private let inputs: [(label: String, buffer: FloatBuffer)]
    private let outputs: [(name: String, node: Int, buffer: FloatBuffer)]
    private let once: [[ck_instruction]]
    private let shards: [[[ck_instruction]]]
    private let reductions: [[Range<Int>]]
    let kernels: UnsafePointer<ck_flat_kernels>

    init(
        _ trace: Trace, parameters: ParameterStore, gradients: FloatBuffer, batch: Int, pool: WorkerPool, level: Int32
    ) {
        precondition(batch > 0, "a batch of \(batch) rows")
        let graph = trace.graph
        let shardCount = Shards.count(rows: batch)
        let ranges = (0..<shardCount).map { Shards.range($0, of: shardCount, rows: batch) }
        let plan = Plan(
            graph: graph, outputs: trace.outputs.map(\.tensor.node), gradients: trace.gradients,
            parameterCount: trace.gradients.isEmpty ? 0 : trace.layout.count, rows: ranges.map(\.count).max() ?? batch)
        self.batch = batch
        self.plan = plan
        self.graph = graph
        self.pool = pool
        kernels = ck_flat(level)

        // The sums begin with the gradients, which stand in the caller's buffer.
        let sums = Sums(gradients: gradients, others: FloatBuffer(count: plan.sumsCount - gradients.count))
        self.sums = sums
        let partialSums = shardCount == 1 ? [] : ranges.map { _ in FloatBuffer(count: plan.sumsCount) }
        self.partialSums = partialSums
        commonArena = FloatBuffer(count: plan.commonArenaCount)
        shardArenas = ranges.map { _ in FloatBuffer(count: plan.shardArenaCount) }
        inputs = graph.nodes.compactMap { node in
            switch node.operation {
            case let input as Input: (input.label, FloatBuffer(count: node.shape.extents(batch: batch).count))
            case let input as IndexInput: (input.label, FloatBuffer(count: batch))
            case let input as ScalarInput: (input.label, FloatBuffer(count: 1))
            default: nil
            }
        }
        outputs = trace.outputs.map { output in
            let extents = output.tensor.shape.extents(batch: batch)
            let isScalar = !output.tensor.shape.isBatched
            return (output.name, output.tensor.node, FloatBuffer(count: isScalar ? 0 : extents.count))
        }
        for (offset, constant) in plan.constants { commonArena[offset] = constant.value(batch: batch) }

        let (inputs, outputs, commonArena, shardArenas) = (inputs, outputs, commonArena, shardArenas)
        func place(_ node: Int, shard: Int?, writes: Bool) -> Place {
            let shape = graph.nodes[node].shape
            let rows = shard.map { ranges[$0] } ?? 0..<batch
            func at(_ base: UnsafeMutablePointer<Float>) -> Place {
                Place(address: base, extents: shape.extents(batch: rows.count), isBatched: shape.isBatched)
            }
            switch plan.locations[node] ?? .leaf {
            case .shardArena(let offset): return at(shardArenas[shard ?? 0].base + offset)
            case .commonArena(let offset): return at(commonArena.base + offset)
            case .sums(let offset):
                guard let shard, writes, !partialSums.isEmpty else { return at(sums.address(offset)) }
                return at(partialSums[shard].base + offset)
            case .output(let index): return at(outputs[index].buffer.base + rows.lowerBound * shape.elementsPerRow)
            case .leaf:
                switch graph.nodes[graph.root(of: node)].operation {
                case let parameter as Parameter: return at(parameters.values.base + parameter.slice.offset)
                case let leaf:
                    guard let buffer = inputs.first(where: { $0.label == Self.label(of: leaf) }) else {
                        preconditionFailure("\(leaf.name) has no place")
                    }
                    let first = shape.isBatched ? rows.lowerBound * shape.elementsPerRow : 0
                    return at(buffer.buffer.base + first)
                }
            }
        }
        func instruction(_ step: Plan.Step, shard: Int?) -> ck_instruction {
            step.operation.instruction(
                Lowering(
                    output: place(step.node, shard: shard, writes: true),
                    inputs: step.inputs.map { place($0, shard: shard, writes: false) }, batch: batch, level: level))
        }
        once = plan.segments.map { $0.once.map { instruction($0, shard: nil) } }
        shards = plan.segments.map { segment in
            ranges.indices.map { shard in segment.shard.map { instruction($0, shard: shard) } }
        }
        reductions = plan.segments.map { Self.chunks(of: $0.reductions) }
    }

    // MARK: Running

    /// Runs the program on what its inputs hold.
    public func run() {
        for segment in once.indices {
            once[segment].withUnsafeBufferPointer { ck_run($0.baseAddress, $0.count) }
            runShards(of: segment)
            reduce(segment)
        }
    }

    private func runShards(of segment: Int) {
        guard !plan.segments[segment].shard.isEmpty else { return }
        pool.run(shardArenas.count) { shard in
            shards[segment][shard].withUnsafeBufferPointer { ck_run($0.baseAddress, $0.count) }
        }
    }

    /// Adds the shards' partial sums in a fixed tree.
    private func reduce(_ segment: Int) {
        guard !partialSums.isEmpty else { return }
        let chunks = reductions[segment]
        if chunks.count == 1 {
            reduce(chunks[0])
        } else if chunks.count > 1 {
            pool.run(chunks.count) { reduce(chunks[$0]) }
        }
    }

    private func reduce(_ range: Range<Int>) {
        let (start, count) = (range.lowerBound, range.count)
        var width = 1
        while width < partialSums.count {
            let isLast = width * 2 >= partialSums.count
            for left in stride(from: 0, to: partialSums.count - width, by: 2 * width) {
                let target = isLast ? sums.address(start) : partialSums[left].base + start
                kernels.pointee.add(
                    target, partialSums[left].base + start, partialSums[left + width].base + start, count)
            }
            width *= 2
        }
    }

    /// The ranges in pieces that are worth a worker's while.
    private static func chunks(of ranges: [Range<Int>]) -> [Range<Int>] {
        let largest = 16_384
        return ranges.flatMap { range in
            stride(from: range.lowerBound, to: range.upperBound, by: largest).map {
                $0..<min($0 + largest, range.upperBound)
            }
        }
    }

    // MARK: Inputs and outputs

    private static func label(of leaf: any Operation) -> String? {
        switch leaf {
        case let input as Input: input.label
        case let input as IndexInput: input.label
        case let input as ScalarInput: input.label
        default: nil
        }
    }

    /// The rows of an input, `[batch, …]`, to be filled before a run.
    public func input(_ label: String) -> FloatBuffer {
        for index in inputs.indices where inputs[index].label == label { return inputs[index].buffer }
        preconditionFailure("no input is called \(label); there are \(inputs.map(\.label).joined(separator: ", "))")
    }

    /// Fills an input of whole numbers, `[batch]`.
    public func setIndices(_ label: String, _ indices: [Int32]) {
        precondition(indices.count == batch, "\(indices.count) indices for a batch of \(batch)")
        indices.withUnsafeBufferPointer { indexInput(label).update(from: $0.baseAddress!, count: batch) }
    }

    /// Fills a scalar input.
    public func setScalar(_ label: String, _ value: Float) { input(label)[0] = value }

    /// Where an input of whole numbers stands.
    package func indexInput(_ label: String) -> UnsafeMutablePointer<Int32> {
        UnsafeMutableRawPointer(input(label).base).assumingMemoryBound(to: Int32.self)
    }

    /// Whether the computation uses an input of this name.
    public func hasInput(_ label: String) -> Bool { inputs.contains { $0.label == label } }

    /// A scalar result of the latest run.
    public func scalar(_ name: String) -> Float {
        let node = self.node(ofOutput: name)
        precondition(!graph.nodes[node].shape.isBatched, "\(name) has a row for each row of the batch")
        switch plan.locations[node] ?? .leaf {
        case .sums(let offset): return sums.address(offset).pointee
        case .commonArena(let offset): return commonArena.base[offset]
        default: preconditionFailure("\(name) is no scalar result")
        }
    }

    /// A result with a row for each row of the batch, of the latest run.
    public func rows(_ name: String) -> FloatBuffer {
        let node = self.node(ofOutput: name)
        for index in outputs.indices where outputs[index].node == node && outputs[index].buffer.count > 0 {
            return outputs[index].buffer
        }
        preconditionFailure("\(name) is a scalar")
    }

    private func node(ofOutput name: String) -> Int {
        for index in outputs.indices where outputs[index].name == name { return outputs[index].node }
        preconditionFailure("no result is called \(name); there are \(outputs.map(\.name).joined(separator: ", "))")
    }

    // MARK: Looking inside

    /// The bytes that the program holds besides parameters and gradients.
    public var memory: Int {
        let buffers =
            [sums.others, commonArena] + shardArenas + partialSums
            + inputs.map(\.buffer) + outputs.map(\.buffer)
        return buffers.reduce(0) { $0 + $1.count } * MemoryLayout<Float>.stride
    }

    /// Runs the program again, looking at every value as it is made.
    ///
    /// - Returns: the first operation whose result is not finite though its inputs were, and the line that traced it.
    public func firstNonFinite() -> String? {
        for segment in once.indices {
            for (step, instruction) in zip(plan.segments[segment].once, once[segment]) {
                if let found = runChecked(step, instruction) { return found }
            }
            for shard in shards[segment] {
                for (step, instruction) in zip(plan.segments[segment].shard, shard) {
                    if let found = runChecked(step, instruction) { return found }
                }
            }
            reduce(segment)
        }
        return nil
    }

    private func runChecked(_ step: Plan.Step, _ instruction: ck_instruction) -> String? {
        withUnsafePointer(to: instruction) { ck_run($0, 1) }
        let shape = graph.nodes[step.node].shape
        let count = shape.isBatched ? instruction.operands.rows * shape.elementsPerRow : shape.elementsPerRow
        for index in 0..<count where !instruction.operands.out[index].isFinite {
            let line = graph.source(of: step.node).map { ", traced at \($0)" } ?? ""
            return "\(step.operation.name) \(shape) gave \(instruction.operands.out[index])\(line)"
        }
        return nil
    }

    /// The program as a listing: each instruction with its operation, shape, inputs and place.
    public func listing() -> String {
        var lines = ["batch \(batch), \(shardArenas.count) shards, \(memory) bytes"]
        func line(_ step: Plan.Step) -> String {
            let inputs = step.inputs.map { "%\($0)" }.joined(separator: ", ")
            let place = plan.locations[step.node].map { "\($0)" } ?? ""
            return "  %\(step.node) \(graph.nodes[step.node].shape) = \(step.operation.name)(\(inputs)) → \(place)"
        }
        for (index, segment) in plan.segments.enumerated() {
            lines.append("segment \(index), once:")
            lines += segment.once.map(line)
            lines.append("segment \(index), each shard:")
            lines += segment.shard.map(line)
        }
        return lines.joined(separator: "\n")
    }
}
