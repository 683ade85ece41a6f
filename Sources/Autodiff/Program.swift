import CKernels
import LinearAlgebra

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
    let memory: ProgramMemory
    let pool: WorkerPool
    let kernels: UnsafePointer<ck_flat_kernels>
    let outputs: [(name: String, node: Int)]
    /// The instructions of each segment that run once.
    let once: [[ck_instruction]]
    /// The instructions of each segment, for each shard.
    let shards: [[[ck_instruction]]]
    /// The parts of the sums that each segment ends with.
    private let reductions: [[Range<Int>]]

    init(
        _ trace: Trace, parameters: ParameterStore, sums: FloatBuffer, batch: Int, pool: WorkerPool, level: Int32
    ) {
        precondition(batch > 0, "a batch of \(batch) rows")
        let largestShard = Shards.range(0, of: Shards.count(rows: batch), rows: batch).count + 1
        let plan = Plan(trace, rows: largestShard)
        outputs = trace.outputs.map { ($0.name, $0.tensor.node) }
        let memory = ProgramMemory(
            plan, outputs: outputs.map(\.node), parameters: parameters.values, sums: sums, batch: batch)
        self.batch = batch
        self.plan = plan
        self.memory = memory
        self.pool = pool
        kernels = ck_flat(level)

        func instruction(_ step: Plan.Step, shard: Int?) -> ck_instruction {
            step.operation.instruction(
                Lowering(
                    output: memory.place(step.node, shard: shard, writes: true),
                    inputs: step.inputs.map { memory.place($0, shard: shard, writes: false) }, batch: batch,
                    level: level))
        }
        once = plan.segments.map { $0.once.map { instruction($0, shard: nil) } }
        shards = plan.segments.map { segment in
            memory.shards.indices.map { shard in segment.shard.map { instruction($0, shard: shard) } }
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
        pool.run(memory.shards.count) { shard in
            shards[segment][shard].withUnsafeBufferPointer { ck_run($0.baseAddress, $0.count) }
        }
    }

    /// Adds the shards' parts of the sums that end a segment.
    func reduce(_ segment: Int) {
        guard memory.shards.count > 1 else { return }
        let chunks = reductions[segment]
        if chunks.count == 1 {
            reduce(chunks[0])
        } else if chunks.count > 1 {
            pool.run(chunks.count) { reduce(chunks[$0]) }
        }
    }

    /// Adds a part of the shards' sums in a fixed tree: neighbours first, then neighbours of neighbours.
    private func reduce(_ range: Range<Int>) {
        let (start, parts) = (range.lowerBound, memory.partialSums)
        var width = 1
        while width < parts.count {
            let isLast = width * 2 >= parts.count
            for left in stride(from: 0, to: parts.count - width, by: 2 * width) {
                let target = isLast ? memory.sums : parts[left]
                kernels.pointee.add(
                    target.base + start, parts[left].base + start, parts[left + width].base + start, range.count)
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

    /// The rows of an input, `[batch, …]`, to be filled before a run.
    public func input(_ label: String) -> FloatBuffer {
        for index in memory.inputs.indices where memory.inputs[index].label == label {
            return memory.inputs[index].buffer
        }
        let known = memory.inputs.map(\.label).joined(separator: ", ")
        preconditionFailure("no input is called \(label); there are \(known)")
    }

    /// Whether the computation uses an input of this name.
    public func hasInput(_ label: String) -> Bool { memory.inputs.contains { $0.label == label } }

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

    /// A scalar result of the latest run.
    public func scalar(_ name: String) -> Float {
        let node = outputs[index(ofOutput: name)].node
        switch plan.locations[node] ?? .leaf {
        case .sums(let offset): return memory.sums.base[offset]
        case .commonArena(let offset): return memory.commonArena.base[offset]
        default: preconditionFailure("\(name) has a row for each row of the batch")
        }
    }

    /// A result with a row for each row of the batch, of the latest run.
    public func rows(_ name: String) -> FloatBuffer {
        guard let buffer = memory.outputs[index(ofOutput: name)] else { preconditionFailure("\(name) is a scalar") }
        return buffer
    }

    private func index(ofOutput name: String) -> Int {
        for index in outputs.indices where outputs[index].name == name { return index }
        preconditionFailure("no result is called \(name); there are \(outputs.map(\.name).joined(separator: ", "))")
    }
}
